"""Walk through the wizard's forms as a clinician's browser does, without JavaScript."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from patients.models import Patient
from treatment.forms.answers import field_name
from treatment.models import Draft
from treatment.wizard.steps import FROM_IDENTITY, STEPS

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" (?:value="([^"]*)"|id="[^"]*" value="([^"]*)")')


class Wizard:
    """One clinician's browser on one patient's draft."""

    def __init__(self, client: Client, patient: Patient) -> None:
        self.client = client
        self.patient = patient
        client.post(f"/patients/{patient.pk}/plans/start/")
        self.draft = Draft.objects.get(patient=patient, state="open")

    def url(self, step: str) -> str:
        return f"/patients/{self.patient.pk}/plans/drafts/{self.draft.pk}/{step}/"

    def page(self, step: str) -> str:
        return unescape(self.client.get(self.url(step)).content.decode())

    def versions(self, step: str) -> dict[str, str]:
        """The hidden fields of a page: versions of answers, and what it shows."""
        return hidden_fields(self.page(step))

    def post(self, step: str, data: Mapping[str, Any], go: str = "next") -> HttpResponse:
        """Post a step with the versions its page shows now."""
        button = {"go": go} if go else {}
        return self.client.post(self.url(step), self.versions(step) | dict(data) | button)

    def answer(self, step: str, question: str, fields: Mapping[str, str], version: int = 0) -> HttpResponse:
        """Post one answer at once, as htmx does."""
        data = dict(fields) | {"question": question, f"version-{field_name(question)}": str(version)}
        return self.client.post(f"{self.url(step)}answer/", data, headers={"HX-Request": "true"})

    def enter(self, case: Mapping[str, Any]) -> None:
        """Give every fact of a case through the forms; what it does not hold stays unanswered."""
        values = flat(case)
        for step in STEPS:
            typed = {}
            for question in step.questions:
                if values.get(question) is not None and question not in FROM_IDENTITY:
                    typed |= as_typed(question, values[question])
            if step.page == "questions":
                assert self.post(step.key, typed).status_code == 302

    def choose(self, option: str, **reason: str) -> HttpResponse:
        """Choose an option and confirm it; ``reason`` holds the fields of the second form."""
        self.post("options", {"choose": option}, go="")
        return self.post("options", {"reason": "as_recommended"} | reason | {"confirm": "1"}, go="")

    def settle_dates(self, **days: str) -> HttpResponse:
        """Give the days to count from with the schedules as proposed, and keep every date."""
        chosen = re.findall(r'name="schedules" value="([^"]+)"[^>]* checked', self.page("follow-up"))
        self.post("follow-up", {"schedules": chosen, **days}, go="dates")
        page = self.page("follow-up")
        rows = dict.fromkeys(re.findall(r'name="(keep-[^"]+)"', page), "on")
        due = dict(re.findall(r'type="date"[^>]* name="(due-[^"]+)"[^>]* value="([^"]*)"', page))
        return self.post("follow-up", {"schedules": chosen, **days, **rows, **due})

    def sign(self, secret: str, **more: str) -> HttpResponse:
        data = self.versions("sign") | {"secret": secret} | more
        return self.client.post(f"/patients/{self.patient.pk}/plans/drafts/{self.draft.pk}/signature/", data)


def hidden_fields(page: str) -> dict[str, str]:
    return {name: first or second for name, first, second in HIDDEN.findall(page)}


def flat(case: Mapping[str, Any]) -> dict[str, Any]:
    """Facts by path."""
    values = {"line": case["line"]}
    for group, facts in case.items():
        if isinstance(facts, Mapping):
            values |= {f"{group}.{name}": value for name, value in facts.items()}
    return values


def as_typed(question: str, value: Any) -> dict[str, str]:
    """The form fields that say ``value``."""
    name = field_name(question)
    if question == "extent.bone_lesion_count" and value == 0:
        return {f"{name}-none": "on"}
    if isinstance(value, bool):
        return {name: "true" if value else "false"}
    return {name: str(value)}
