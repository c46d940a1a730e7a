"""The sheet for the patient: the plan in plain words, from what was frozen when it was signed."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from guideline.edition import Edition
from patients.models import Patient
from treatment.documents.compile import compile_pdf
from treatment.documents.plan import Person
from treatment.models import Paper, Plan
from treatment.presenters.plan import plan_shown
from treatment.presenters.sheet import sheet_said


@dataclass(frozen=True)
class SheetDocument:
    """``said`` is a ``SheetSaid`` as plain data; ``phone`` is empty where the hospital has given none."""

    number: int
    version: int
    person: Person
    hospital: str
    phone: str
    signed_by: str
    at: datetime
    stripe: str
    said: dict[str, Any]

    @property
    def title(self) -> str:
        """Names no person: titles stand in windows and file lists."""
        return f"Information for the patient, plan {self.number}, version {self.version}"


def sheet_pdf(document: SheetDocument, paper: str = Paper.A4) -> bytes:
    """The PDF of a sheet; the same document gives the same bytes."""
    data = asdict(document) | {
        "title": document.title,
        "label": f"Plan {document.number}, version {document.version}",
        "foot": f"{document.hospital} · {document.phone or 'ask the clinic for its phone number'}",
        "signed_on": date_format(localtime(document.at), "j F Y"),
    }
    del data["at"]
    return compile_pdf("sheet.typ", data, paper=paper, at=document.at)


def sheet_document(plan: Plan, patient: Patient, edition: Edition) -> SheetDocument:
    """The sheet of a signed plan.

    ``edition`` lends its words only to a plan that was signed before sheets were frozen.
    """
    return SheetDocument(
        number=plan.number,
        version=plan.version,
        person=Person(patient.full_name, str(patient.born), patient.record_number),
        hospital=plan.hospital.name,
        phone=plan.hospital.phone,
        signed_by=plan.signed_by.full_name,
        at=plan.signed_at,
        stripe=_stripe(plan),
        said=said_of(plan, edition),
    )


def said_of(plan: Plan, edition: Edition) -> dict[str, Any]:
    """What the sheet of the plan says: frozen, or for an older plan from the words of ``edition``."""
    frozen = plan.shown.get("sheet")
    if frozen is not None:
        return dict(frozen)
    chosen = [(option["id"], option["label"]) for option in plan_shown(plan).chosen]
    return asdict(sheet_said(chosen, plan.follow_ups, edition, adjunct_radiation=plan.adjunct_radiation))


def _stripe(plan: Plan) -> str:
    if plan.shown["decision"]["approved"]:
        return ""
    return f"Not yet approved: this text is from version {plan.content_version} and still under review."
