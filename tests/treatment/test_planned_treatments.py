"""Signing puts the planned treatments into the record; they are recorded as given, or end with the plan."""

import re
from typing import Any

import pytest
from django.test import Client

from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.models import FollowUp
from patients.models import PlannedTreatment, Treatment
from tests.personas import PASSWORD
from tests.treatment.signed import amended, make_ready, signed
from tests.treatment.wizard_driver import Wizard
from treatment.models import Answer, Plan, PlanStanding

SEQUENCE: list[dict[str, Any]] = [
    {
        "kind": "systemic",
        "name": "Lenalidomide-dexamethasone",
        "start": "2026-01-05",
        "dose": "25 mg, days 1 to 21",
        "note": "",
    },
    {"kind": "asct", "name": "Transplantation", "start": None, "dose": "", "note": "After collection"},
    {"kind": "watch", "name": "Observation", "start": None, "dose": "", "note": ""},
]


@pytest.fixture
def ready(wizard: Wizard) -> Wizard:
    make_ready(wizard)
    row = Answer.objects.get(draft=wizard.draft, question="choice")
    sequence = Answer.objects.filter(draft=wizard.draft, question="sequence").first() or row
    sequence.pk = None if sequence is row else sequence.pk
    sequence.question, sequence.value = "sequence", SEQUENCE
    sequence.save()
    return wizard


@pytest.fixture
def plan(ready: Wizard) -> Plan:
    return signed(ready)


def states() -> list[tuple[str, str]]:
    return list(PlannedTreatment.objects.order_by("recorded_at", "position").values_list("name", "state"))


def treatments_page(client: Client, plan: Plan) -> str:
    return client.get(f"/patients/{plan.patient_id}/treatments/").content.decode()


def record_first(client: Client, plan: Plan) -> str:
    """Record the first planned treatment as its form proposes it; the form as it was shown."""
    planned = PlannedTreatment.objects.get(origin=plan.pk, position=0)
    where = f"/patients/{plan.patient_id}/treatments/add/?kind=systemic&planned={planned.pk}"
    form = client.get(where).content.decode()
    typed = dict(re.findall(r'name="(submission|version)" value="([^"]*)"', form))
    values = {
        "kind": "systemic",
        "regimen": "lenalidomide_dex",
        "started": "2026-01-05",
        "dose_notes": "25 mg",
        "neurotoxic": "no",
    }
    client.post(where, typed | values)
    return form


def test_signing_plans_what_will_be_given(alice: Client, plan: Plan) -> None:
    assert states() == [("Lenalidomide-dexamethasone", "planned"), ("Transplantation", "planned")]
    page = treatments_page(alice, plan)
    assert "25 mg, days 1 to 21" in page
    assert "Record as given" in page


def test_the_form_of_what_was_given_starts_from_the_plan(alice: Client, plan: Plan) -> None:
    form = record_first(alice, plan)
    assert 'value="25 mg, days 1 to 21"' in form
    assert '<option value="lenalidomide_dex" selected>' in form
    planned = PlannedTreatment.objects.get(position=0)
    assert (planned.state, planned.given_as) == ("given", Treatment.objects.get())


def test_a_new_version_plans_what_was_not_given(ready: Wizard, plan: Plan) -> None:
    record_first(ready.client, plan)
    second = signed(amended(ready, plan))
    assert states() == [
        ("Lenalidomide-dexamethasone", "given"),
        ("Transplantation", "cancelled"),
        ("Transplantation", "planned"),
    ]
    assert PlannedTreatment.objects.get(state="planned").origin == second.pk


def test_a_withdrawn_plan_plans_nothing(alice: Client, plan: Plan) -> None:
    form = {"reason": "toxicity", "text": "", "secret": PASSWORD}
    alice.post(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/withdraw/", form)
    assert {state for _, state in states()} == {"cancelled"}
    assert "Record as given" not in treatments_page(alice, plan)


def test_a_failing_follow_up_rolls_everything_back(ready: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("the calendar is full")

    monkeypatch.setattr(follow_ups, "schedule", fail)
    ready.client.raise_request_exception = False
    assert ready.sign(PASSWORD).status_code == 500
    for model in (Plan, PlanStanding, PlannedTreatment, FollowUp):
        assert not model.objects.exists()
    ready.draft.refresh_from_db()
    assert ready.draft.is_open
