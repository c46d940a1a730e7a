"""What is typed into the forms of the record, as little as each needs."""

from typing import Any

from django.test import Client

from patients.models import Criterion, Patient

DIAGNOSIS = dict.fromkeys(Criterion.values, "unknown") | {
    "assessed_on": "2026-04-01",
    "treat_as_poems": "unknown",
}
EXTENT = {
    "assessed_on": "2026-04-01",
    "diffuse_bone_lesions": "unknown",
    "whole_body_imaging": "unknown",
    "clonal_marrow_plasma_cells": "unknown",
}
RADIATION = {
    "kind": "radiation",
    "name": "T9",
    "started": "2026-01-05",
    "ended": "2026-02-10",
    "stop_reason": "completed",
    "intent": "definitive",
    "stabilized": "unknown",
    "dose_gy": "50",
}
SYSTEMIC = {
    "kind": "systemic",
    "regimen": "lenalidomide_dex",
    "started": "2025-06-01",
    "neurotoxic": "unknown",
    "continues": "unknown",
}
TRANSPLANT = {"kind": "asct", "started": "2025-10-01", "continues": "unknown"}
MOBILIZATION = {
    "kind": "mobilization",
    "name": "G-CSF",
    "started": "2025-09-01",
    "ended": "2025-09-08",
    "cells_collected": "yes",
}
SUPPORTIVE = {"kind": "supportive", "support": "anticoagulant", "name": "Apixaban", "started": "2026-03-01"}


def lesions(*rows: dict[str, str]) -> dict[str, str]:
    """The rows of the list of lesions as the form posts them."""
    posted = {"lesion-count": str(len(rows))}
    for place, row in enumerate(rows):
        whole = {"fdg_avid": "unknown", "biopsied": "unknown"} | row
        posted |= {f"lesion-{place}-{name}": value for name, value in whole.items()}
    return posted


def posted(client: Client, patient: Patient, page: str, form: dict[str, Any], **headers: str) -> str:
    """The text of the answer, with apostrophes as they are read."""
    answer = client.post(f"/patients/{patient.pk}/{page}/", form, headers=headers)
    return answer.content.decode().replace("&#x27;", "'").replace("&amp;", "&")
