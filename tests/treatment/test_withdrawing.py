"""A plan is withdrawn with a reason: marked wherever it is seen, its open follow-ups cancelled."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client

from monitoring.follow_ups.models import FollowUp, FollowUpStatus, State
from tests.personas import PASSWORD, House, member, signed_in
from tests.treatment.signed import amended, make_ready, signed
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan, PlanStanding


@pytest.fixture
def ready(wizard: Wizard) -> Wizard:
    return make_ready(wizard)


@pytest.fixture
def plan(ready: Wizard) -> Plan:
    return signed(ready)


def address(plan: Plan, end: str = "") -> str:
    return f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/{end}"


def withdraw(client: Client, plan: Plan, **changes: Any) -> HttpResponse:
    form = {"reason": "toxicity", "text": "Neutropenia", "secret": PASSWORD} | changes
    return client.post(address(plan, "withdraw/"), form)


def test_a_withdrawn_plan_says_who_when_and_why(alice: Client, plan: Plan) -> None:
    assert withdraw(alice, plan).status_code == 302
    page = alice.get(address(plan)).content.decode()
    assert "This plan is withdrawn" in page
    assert "Withdrawn by Alice Amann on " in page
    assert "Toxicity: Neutropenia." in page


def test_the_list_marks_it(alice: Client, plan: Plan) -> None:
    withdraw(alice, plan)
    page = alice.get(f"/patients/{plan.patient_id}/plans/").content.decode()
    assert "Withdrawn" in page
    assert "Current" not in page


def test_its_open_follow_ups_are_cancelled_with_the_reason(alice: Client, plan: Plan) -> None:
    withdraw(alice, plan)
    assert set(FollowUp.objects.values_list("state", flat=True)) == {State.CANCELLED}
    notes = FollowUpStatus.objects.filter(state=State.CANCELLED).values_list("note", flat=True)
    assert set(notes) == {"Plan 1, version 1 was withdrawn: toxicity"}
    page = alice.get(f"/patients/{plan.patient_id}/follow-ups/").content.decode()
    assert "No longer planned. Plan 1, version 1 was withdrawn: toxicity." in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"secret": "wrong horse"}, "neither your password nor a current code"),
        ({"secret": ""}, "Enter your password or a code"),
        ({"reason": ""}, "Choose why the plan is withdrawn."),
        ({"reason": "other", "text": " "}, "Say in a few words which other reason it is."),
    ],
)
def test_without_proof_or_reason_nothing_is_withdrawn(
    alice: Client, plan: Plan, changes: dict[str, str], sentence: str
) -> None:
    response = withdraw(alice, plan, **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert PlanStanding.objects.get().state == "current"
    assert not FollowUp.objects.filter(state=State.CANCELLED).exists()


def test_what_was_typed_is_kept_and_the_secret_is_not(alice: Client, plan: Plan) -> None:
    page = withdraw(alice, plan, secret="wrong horse").content.decode()
    assert "Neutropenia" in page
    assert "wrong horse" not in page


def test_a_double_click_withdraws_once(alice: Client, plan: Plan) -> None:
    assert [withdraw(alice, plan).status_code for _ in range(2)] == [302, 302]
    assert FollowUpStatus.objects.filter(state=State.CANCELLED).count() == FollowUp.objects.count()


def test_a_plan_that_was_superseded_is_not_withdrawn(ready: Wizard, plan: Plan) -> None:
    signed(amended(ready, plan))
    assert withdraw(ready.client, plan).headers["Location"] == address(plan)
    assert not PlanStanding.objects.filter(state="withdrawn").exists()


def test_its_documents_stay_as_they_were(alice: Client, plan: Plan) -> None:
    before = alice.get(address(plan, "print/plan-a4/")).content
    withdraw(alice, plan)
    assert alice.get(address(plan, "print/plan-a4/")).content == before


def test_a_withdrawn_plan_is_amended_as_its_next_version(ready: Wizard, plan: Plan) -> None:
    withdraw(ready.client, plan)
    second = signed(amended(ready, plan))
    assert (second.version, second.supersedes) == (2, plan)
    assert PlanStanding.objects.get(plan=plan).state == "withdrawn"
    assert FollowUp.objects.filter(origin=second.pk, state="planned").count() == len(second.follow_ups)


def test_a_plan_withdrawn_while_it_is_amended_is_signed_anew(ready: Wizard, plan: Plan) -> None:
    again = amended(ready, plan)
    seen = again.versions("sign")["seen"]
    withdraw(ready.client, plan)
    assert again.sign(PASSWORD, seen=seen).status_code == 422
    assert signed(again).version == 2


def test_only_who_may_plan_withdraws(house: House, plan: Plan) -> None:
    coordinator = signed_in(member("Cora Cohn", house.a, ["coordinator"]))
    assert withdraw(coordinator, plan).status_code == 403
    assert address(plan, "withdraw/") not in coordinator.get(address(plan)).content.decode()


def test_the_database_refuses_a_withdrawal_without_a_reason(plan: Plan) -> None:
    with (
        pytest.raises(IntegrityError, match="plan_standing_says_how_it_ended"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE treatment_planstanding SET state = 'withdrawn', ended_at = now(), "
            "ended_by_id = recorded_by_id"
        )
