"""A result closes its follow-up, and the follow-up is expected again when the result goes."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.models import Cause, FollowUp, FollowUpStatus, Reason, State
from monitoring.matching.actions import matches
from monitoring.matching.models import Match, MatchState
from monitoring.results.actions import moves, pet, results
from monitoring.results.models import MovedKind, Result, State as ResultState
from patients.models import PatientSummary
from tests.monitoring.entries import entry, recorded
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import NOW, House, registered

IN_WINDOW = "2026-06-03"


@pytest.fixture
def follow_up(house: House) -> FollowUp:
    """VEGF, due on 1 June 2026."""
    return planned(house.alice)


def state(follow_up: FollowUp) -> str:
    return FollowUp.objects.get(pk=follow_up.pk).state


def vegf(follow_up: FollowUp, house: House, on: str = IN_WINDOW, **changes: object) -> Result:
    return recorded(follow_up.patient, house.alice, entry(on=on, **changes))[0]


def test_a_result_in_the_window_closes_the_item_on_its_day(house: House, follow_up: FollowUp) -> None:
    vegf(follow_up, house)
    step = FollowUpStatus.objects.latest("id")
    assert (state(follow_up), step.cause, step.happened_on) == (State.DONE, Cause.RESULT, date(2026, 6, 3))
    assert PatientSummary.objects.get().overdue_from is None


@pytest.mark.parametrize(
    "changes",
    [
        {"on": "2026-05-14"},
        {"analyte": "creatinine"},
        {"state": ResultState.PRELIMINARY},
        {"on": "2026-06-01", "collected_precision": "month", "collected_at": None},
    ],
)
def test_what_does_not_answer_it_leaves_it_open(house: House, follow_up: FollowUp, changes: dict) -> None:
    vegf(follow_up, house, **changes)
    assert state(follow_up) == State.PLANNED


def test_a_result_entered_in_error_opens_it_again_and_taken_back_closes_it(
    house: House, follow_up: FollowUp
) -> None:
    result = vegf(follow_up, house)
    struck = results.mark_error(result=result, expected_version=1, by=house.alice)
    assert state(follow_up) == State.PLANNED
    assert FollowUpStatus.objects.latest("id").cause == Cause.RESULT_GONE
    results.take_back_error(result=struck, expected_version=2, by=house.alice)
    assert (state(follow_up), Match.objects.get().state) == (State.DONE, MatchState.STANDS)


def test_a_result_corrected_to_another_day_opens_it_again(house: House, follow_up: FollowUp) -> None:
    result = vegf(follow_up, house)
    results.correct(result=result, entry=entry(on="2026-05-01"), expected_version=1, by=house.alice)
    assert state(follow_up) == State.PLANNED


def test_a_corrected_number_leaves_it_done(house: House, follow_up: FollowUp) -> None:
    result = vegf(follow_up, house)
    results.correct(result=result, entry=entry("95", on=IN_WINDOW), expected_version=1, by=house.alice)
    assert (state(follow_up), FollowUpStatus.objects.count()) == (State.DONE, 2)


def test_a_second_result_of_the_window_takes_over_when_the_first_goes(
    house: House, follow_up: FollowUp
) -> None:
    first = vegf(follow_up, house)
    vegf(follow_up, house, on="2026-06-09")
    results.mark_error(result=first, expected_version=1, by=house.alice)
    assert state(follow_up) == State.DONE
    assert FollowUpStatus.objects.latest("id").happened_on == date(2026, 6, 9)


def test_a_result_moved_to_another_patient_opens_the_one_and_closes_the_other(
    house: House, follow_up: FollowUp
) -> None:
    result, other = vegf(follow_up, house), planned(house.alice)
    moves.move(
        kind=MovedKind.RESULT,
        row_id=result.pk,
        patient=follow_up.patient,
        to=other.patient,
        reason="Mixed up",
        expected_version=1,
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )
    assert (state(follow_up), state(other)) == (State.PLANNED, State.DONE)


def test_a_scan_closes_its_item_and_struck_opens_it(house: House) -> None:
    follow_up = planned(house.alice, item(kind="pet", title="FDG-PET"))
    scan = pet.record(
        patient=follow_up.patient,
        entry={
            "scanned_on": date(2026, 6, 3), "scanned_precision": "day", "tracer": "fdg", "sum_suv_max": None,
            "avid_lesions": 0, "new_lesion": None, "lesions": [], "laboratory": "", "report": "",
        },
        submission=uuid4(), by=house.alice, now=NOW,
    )  # fmt: skip
    assert state(follow_up) == State.DONE
    pet.mark_error(scan=scan, expected_version=1, by=house.alice, now=NOW)
    assert state(follow_up) == State.PLANNED


def test_what_a_person_closed_stays_closed(house: House, follow_up: FollowUp) -> None:
    follow_ups.close(
        follow_up=follow_up, reason=Reason.DECLINED, submission=uuid4(), expected_version=1,
        by=house.alice, now=NOW,
    )  # fmt: skip
    vegf(follow_up, house)
    assert (state(follow_up), Match.objects.count()) == (State.CLOSED, 0)


def test_a_person_may_say_that_it_was_another_examination(house: House, follow_up: FollowUp) -> None:
    vegf(follow_up, house)
    matches.refuse(follow_up=follow_up, expected_version=2, by=house.alice)
    matches.settle([follow_up.patient_id], by=house.alice)
    assert (state(follow_up), Match.objects.get().state) == (State.PLANNED, MatchState.REFUSED)
    vegf(follow_up, house, on="2026-06-04")
    assert state(follow_up) == State.DONE


def test_settling_again_changes_nothing(house: House, follow_up: FollowUp) -> None:
    vegf(follow_up, house)
    matches.settle([follow_up.patient_id], by=house.alice)
    assert (FollowUpStatus.objects.count(), Match.objects.count()) == (2, 1)


def test_results_of_a_patient_without_items_cost_one_question(
    house: House, django_assert_max_num_queries
) -> None:
    patient = registered(house.alice)
    with django_assert_max_num_queries(1):
        matches.settle([patient.pk], by=house.alice)


def test_the_item_shows_the_result_and_the_result_the_item(
    house: House, follow_up: FollowUp, alice: Client
) -> None:
    result = vegf(follow_up, house)
    where = f"/patients/{follow_up.patient_id}/follow-ups/"
    assert "as the record says" in alice.get(where).content.decode()
    assert f"/results/{result.pk}/" in alice.get(f"{where}{follow_up.pk}/results/").content.decode()
    page = alice.get(f"/patients/{follow_up.patient_id}/results/{result.pk}/").content.decode()
    assert "Closed the follow-up VEGF and blood, due 1 Jun 2026." in page


def test_undoing_on_the_page_opens_the_item_and_a_stale_page_is_told(
    house: House, follow_up: FollowUp, alice: Client
) -> None:
    vegf(follow_up, house)
    where = f"/patients/{follow_up.patient_id}/follow-ups/{follow_up.pk}/results/"
    assert alice.post(where, {"version": "1"}).status_code == 422
    assert alice.post(where, {"version": "2"}).status_code == 302
    assert state(follow_up) == State.PLANNED
    assert alice.post(where, {"version": "3"}).status_code == 422
