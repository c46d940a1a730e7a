"""The next version of a plan: what it takes over, what it ends, and that one plan holds at a time."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.utils import timezone

from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.models import FollowUp, FollowUpStatus, State
from tests.personas import NOW, PASSWORD, House
from tests.treatment.cases import DISSEMINATED
from tests.treatment.conftest import patient_of
from tests.treatment.signed import amended, amending, make_ready, next_wizard, signed
from tests.treatment.wizard_driver import Wizard
from treatment.models import Answer, Draft, Plan, PlanStanding
from treatment.sequence import Treatment

TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
FORMSET = {"treatment-TOTAL_FORMS": "1", "treatment-INITIAL_FORMS": "0"}


@pytest.fixture
def ready(wizard: Wizard) -> Wizard:
    return make_ready(wizard)


@pytest.fixture
def plan(ready: Wizard) -> Plan:
    return signed(ready)


def answers_of(wizard: Wizard) -> dict[str, Answer]:
    return {answer.question: answer for answer in wizard.draft.answers.all()}


def open_items(origin: Plan) -> list[FollowUp]:
    return list(FollowUp.objects.filter(origin=origin.pk, state="planned").order_by("position"))


def execute(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_amendment_takes_over_what_still_holds(ready: Wizard, plan: Plan) -> None:
    answer = answers_of(amending(ready, plan))["extent.clonal_marrow_plasma_cells"]
    assert (answer.value, answer.source, answer.source_on) == (
        True,
        "plan 1, version 1",
        plan.signed_at.date(),
    )


def test_position_and_pregnancy_are_asked_anew(ready: Wizard, plan: Plan) -> None:
    assert {"line", "patient.pregnancy"}.isdisjoint(answers_of(amending(ready, plan)))


def test_a_time_that_has_passed_since_is_not_taken_over(ready: Wizard, plan: Plan) -> None:
    months = Answer.objects.get(question="neuropathy.severity")
    months.question, months.value = "radiation.months_since_last_fraction", 4
    months.save()
    assert months.question not in answers_of(amending(ready, plan))


def test_the_choice_comes_along_to_be_confirmed_anew(ready: Wizard, plan: Plan) -> None:
    choice = answers_of(amending(ready, plan))["choice"].value
    assert (choice["options"], choice["confirmed"]) == (["lenalidomide_dex", "asct"], False)


def test_what_was_decided_beside_the_choice_comes_along(wizard: Wizard) -> None:
    make_ready(wizard)
    treatment = {"treatment-0-kind": "systemic", "treatment-0-start": TOMORROW, "treatment-0-dose": "25 mg"}
    wizard.post("treatments", FORMSET | treatment)
    answer = {
        "answer-test-adrenal": "accept",
        "reason-test-adrenal": "as agreed",
        "due-test-adrenal": TOMORROW,
    }
    wizard.post("supportive", answer)
    before = answers_of(wizard)
    assert before["supportive"].value["test-adrenal"]["due"] == TOMORROW
    after = answers_of(amending(wizard, signed(wizard)))
    for question in ("sequence", "supportive"):
        assert after[question].value == before[question].value


def test_the_day_of_a_test_that_has_passed_stays_the_calendars_matter(wizard: Wizard) -> None:
    make_ready(wizard)
    wizard.post("supportive", {"answer-test-adrenal": "accept", "due-test-adrenal": TOMORROW})
    plan = signed(wizard)
    answer = Answer.objects.get(question="supportive")
    answer.value["test-adrenal"]["due"] = "2026-01-01"
    answer.save()
    again = answers_of(amending(wizard, plan))["supportive"].value["test-adrenal"]
    assert again == {"accepted": True, "reason": "", "due": None}


def test_a_treatment_that_began_under_the_plan_may_lie_in_the_past_in_the_next_version(
    ready: Wizard, plan: Plan
) -> None:
    answer = Answer.objects.get(question="choice")
    answer.pk, answer.question = None, "sequence"
    answer.value = [Treatment("systemic", "Lenalidomide", date(2026, 1, 5)).as_plain()]
    answer.save()
    again = amending(ready, plan)
    again.post("course", {"line": "first"})
    typed = {"treatment-0-kind": "systemic", "treatment-0-name": "Lenalidomide"}
    began = again.post("treatments", FORMSET | typed | {"treatment-0-start": "2026-01-05"})
    other = again.post("treatments", FORMSET | typed | {"treatment-0-start": "2026-01-06"})
    assert (began.status_code, other.status_code) == (302, 422)


@pytest.mark.parametrize(("age", "is_taken_over"), [(90, True), (91, False)])
def test_a_value_ages_from_the_day_it_was_given(
    ready: Wizard, plan: Plan, age: int, is_taken_over: bool
) -> None:
    answer = Answer.objects.get(question="neuropathy.severity")
    answer.recorded_at -= timedelta(days=age)
    answer.save()
    assert ("neuropathy.severity" in answers_of(amending(ready, plan))) is is_taken_over


def test_an_amendment_is_the_next_version_and_the_one_that_holds(ready: Wizard, plan: Plan) -> None:
    second = signed(amended(ready, plan))
    assert (second.number, second.version, second.supersedes) == (1, 2, plan)
    states = PlanStanding.objects.order_by("plan__version").values_list("state", "superseded_by")
    assert list(states) == [("superseded", second.pk), ("current", None)]


def test_a_double_click_opens_one_draft(ready: Wizard, plan: Plan) -> None:
    first, second = amending(ready, plan), amending(ready, plan)
    assert first.draft == second.draft
    assert len(answers_of(first)) == len(answers_of(second))


def test_an_open_draft_of_another_plan_is_not_touched(ready: Wizard, plan: Plan) -> None:
    other = Wizard(ready.client, ready.patient)
    response = ready.client.post(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/amend/", follow=True)
    assert "A plan is being made already." in response.content.decode()
    assert Draft.objects.get(state="open") == other.draft
    assert not other.draft.answers.exists()


def test_a_version_that_was_superseded_is_not_amended(ready: Wizard, plan: Plan) -> None:
    signed(amended(ready, plan))
    response = ready.client.post(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/amend/", follow=True)
    assert "amend the plan that holds now" in response.content.decode()
    assert not Draft.objects.filter(state="open").exists()


def test_nothing_is_expected_twice(ready: Wizard, plan: Plan) -> None:
    before = open_items(plan)
    second = signed(amended(ready, plan))
    assert [item.pk for item in open_items(second)] == [item.pk for item in before]
    assert open_items(plan) == []


def test_a_day_that_was_moved_and_an_item_that_is_done_stay_so(
    ready: Wizard, plan: Plan, house: House
) -> None:
    moved, done = open_items(plan)[:2]
    window = {"earliest": moved.earliest, "due": moved.due + timedelta(days=1), "latest": moved.latest}
    step: dict[str, Any] = {"submission": uuid4(), "expected_version": 1, "by": house.alice, "now": NOW}
    follow_ups.reschedule(follow_up=moved, **window, **step)
    follow_ups.done(follow_up=done, done_on=done.due, **step | {"submission": uuid4()})
    third = signed(amended(ready, signed(amended(ready, plan))))
    items = {item.pk: item for item in FollowUp.objects.filter(origin=third.pk)}
    assert items[moved.pk].due == window["due"]
    assert items[done.pk].state == State.DONE
    assert len(items) == len(third.follow_ups) == FollowUp.objects.count()


def test_what_is_late_stays_open_under_every_next_version(ready: Wizard, plan: Plan) -> None:
    late = next(item for item in open_items(plan) if item.kind == "vegf")
    past = timezone.localdate() - timedelta(days=1)
    FollowUp.objects.filter(pk=late.pk).update(earliest=past, due=past, latest=past)
    current = plan
    for _ in range(2):
        again = amended(ready, current)
        dates = Answer.objects.get(draft=again.draft, question="follow_up")
        dates.value["left_out"] = ["systemic.vegf-1.1"]  # as if its time were over
        dates.save()
        assert f"Past their window and not done or closed: {late.title}" in again.page("sign")
        current = signed(again)
        late.refresh_from_db()
        assert (late.origin, late.state) == (current.pk, State.PLANNED)


def test_what_a_new_plan_does_not_have_is_cancelled_with_the_reason(ready: Wizard, plan: Plan) -> None:
    again = amended(ready, plan)
    assert again.settle_dates(line_start="2026-12-15").status_code == 302
    second = signed(again)
    assert set(FollowUp.objects.filter(origin=plan.pk).values_list("state", flat=True)) == {State.CANCELLED}
    assert len(open_items(second)) == len(second.follow_ups)
    assert set(FollowUpStatus.objects.filter(state="cancelled").values_list("note", flat=True)) == {
        "Superseded by plan 1, version 2"
    }


def test_a_new_plan_takes_the_place_of_the_one_that_holds(ready: Wizard, plan: Plan) -> None:
    again = next_wizard(ready)
    assert again.sign(PASSWORD, replaces="on").status_code == 302
    holding = PlanStanding.objects.get(state="current")
    assert (holding.plan.number, holding.plan.supersedes) == (2, plan)


def changes_page(wizard: Wizard, plan: Plan) -> HttpResponse:
    return wizard.client.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/changes/")


def test_what_changed_is_shown_before_and_after_signing(ready: Wizard, plan: Plan) -> None:
    again = amended(ready, plan)
    again.answer("fitness", "neuropathy.severity", {"neuropathy-severity": "mild"}, version=1)
    before = again.page("sign").partition("What changes")[2].partition("Decision</h2>")[0]
    after = unescape(changes_page(ready, signed(again)).content.decode())
    for page in (before, after):
        assert re.search(r'>Severe</td>\s*<td data-label="[^"]*"><strong>Mild</strong>', page)


def test_a_first_version_has_no_page_of_changes(ready: Wizard, plan: Plan) -> None:
    assert changes_page(ready, plan).status_code == 404


def test_the_database_refuses_two_plans_that_hold(ready: Wizard, plan: Plan, house: House) -> None:
    other = patient_of(house, DISSEMINATED, record_number="A-1002")
    signed(make_ready(Wizard(ready.client, other)))
    with pytest.raises(IntegrityError, match="plan_is_one_current_per_patient"):
        execute("UPDATE treatment_planstanding SET patient_id = %s", plan.patient_id)


def test_the_database_lets_no_plan_hold_again(ready: Wizard, plan: Plan) -> None:
    signed(amended(ready, plan))
    with pytest.raises(ProgrammingError, match="Invalid transition"):
        execute(
            "UPDATE treatment_planstanding SET state = 'current', ended_at = NULL, ended_by_id = NULL, "
            "superseded_by_id = NULL WHERE state = 'superseded'"
        )


def test_the_database_refuses_to_forget_that_a_plan_ended(plan: Plan) -> None:
    with pytest.raises(ProgrammingError, match="Cannot delete"):
        execute("DELETE FROM treatment_planstanding")


def test_the_database_refuses_a_signature_without_a_signer(plan: Plan) -> None:
    columns = [field.column for field in Plan._meta.concrete_fields]
    changes = {"id": "gen_random_uuid()", "version": "version + 1", "signed_by_id": "NULL"}
    values = ", ".join(changes.get(column, column) for column in columns)
    with pytest.raises(IntegrityError, match='null value in column "signed_by_id"'):
        execute(
            f"INSERT INTO treatment_plan ({', '.join(columns)}) SELECT {values} FROM treatment_plan"  # noqa: S608
        )
