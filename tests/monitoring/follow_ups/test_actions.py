"""Scheduling, moving, finishing and closing follow-ups."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.models import FollowUp, FollowUpStatus, Reason, State
from monitoring.follow_ups.schedule import WindowError
from patients.models import Patient
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import NOW, House, registered


def test_a_plan_signed_twice_schedules_its_items_once(house: House) -> None:
    patient, origin = registered(house.alice), uuid4()
    given = {"patient": patient, "items": [item()], "origin": origin, "responsible": house.alice.user}
    first = follow_ups.schedule(**given, by=house.alice, now=NOW)
    again = follow_ups.schedule(**given, by=house.alice, now=NOW)
    assert (first, FollowUp.objects.count()) == (again, 1)


def test_an_item_whose_window_closed_before_the_plan_is_not_expected(house: House) -> None:
    old = item(earliest=date(2026, 1, 1), due=date(2026, 2, 1), latest=date(2026, 4, 30))
    assert planned(house.alice, old).state == State.NOT_EXPECTED


def test_an_item_whose_window_closes_today_is_still_expected(house: House) -> None:
    last_day = item(earliest=date(2026, 1, 1), due=date(2026, 2, 1), latest=date(2026, 5, 1))
    assert planned(house.alice, last_day).state == State.PLANNED


def test_a_due_day_outside_its_window_is_refused() -> None:
    with pytest.raises(WindowError, match="outside its window"):
        item(due=date(2030, 1, 1))


def test_moving_keeps_the_earlier_window_in_the_history(house: House) -> None:
    follow_up = planned(house.alice)
    moved = _move(follow_up, house, due=date(2026, 6, 20))
    steps = FollowUpStatus.objects.filter(follow_up=follow_up).order_by("id")
    assert moved.due == date(2026, 6, 20)
    assert [step.due for step in steps] == [date(2026, 6, 1), date(2026, 6, 20)]


def test_a_double_click_moves_once(house: House) -> None:
    follow_up, submission = planned(house.alice), uuid4()
    _move(follow_up, house, due=date(2026, 6, 20), submission=submission)
    again = _move(follow_up, house, due=date(2026, 6, 20), submission=submission)
    assert (again.version, FollowUpStatus.objects.count()) == (2, 2)


def test_a_stale_form_changes_nothing(house: House) -> None:
    follow_up = planned(house.alice)
    _move(follow_up, house, due=date(2026, 6, 20))
    with pytest.raises(follow_ups.StaleFollowUpError):
        _move(follow_up, house, due=date(2026, 6, 25))
    assert FollowUp.objects.get().due == date(2026, 6, 20)


def test_a_closed_item_cannot_be_moved(house: House) -> None:
    closed = _close(planned(house.alice), house)
    with pytest.raises(follow_ups.NotOpenError):
        _move(closed, house, due=date(2026, 6, 20), expected_version=closed.version)


def test_closing_keeps_its_reason(house: House) -> None:
    closed = _close(planned(house.alice), house)
    assert closed.state == State.CLOSED
    assert FollowUpStatus.objects.latest("id").reason == Reason.DECLINED


def test_a_withdrawn_plan_cancels_only_what_is_open(house: House) -> None:
    done = planned(house.alice)
    _close(done, house)
    other = planned(house.alice, patient=done.patient, origin=uuid4())
    cancelled = follow_ups.cancel_plan(
        origin=done.origin, note="Superseded by plan 1, version 2", by=house.alice, now=NOW
    )
    other.refresh_from_db()
    assert (cancelled, other.state) == (0, State.PLANNED)


def test_when_care_ends_everything_planned_is_closed_with_the_reason(house: House) -> None:
    follow_up = planned(house.alice)
    patient = Patient.objects.get()
    assert follow_ups.close_all(patient=patient, reason=Reason.DIED, by=house.alice, now=NOW) == 1
    follow_up.refresh_from_db()
    assert (follow_up.state, FollowUpStatus.objects.latest("id").reason) == (State.CLOSED, Reason.DIED)


def test_the_state_of_an_item_is_that_of_its_newest_step(house: House) -> None:
    follow_up = _close(_move(planned(house.alice), house, due=date(2026, 6, 20)), house)
    newest = FollowUpStatus.objects.filter(follow_up=follow_up).latest("id")
    assert (follow_up.state, follow_up.earliest, follow_up.due, follow_up.latest) == (
        newest.state,
        newest.earliest,
        newest.due,
        newest.latest,
    )


def test_the_application_cannot_rewrite_a_step(house: House) -> None:
    planned(house.alice)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        FollowUpStatus.objects.update(note="never happened")


def _move(follow_up: FollowUp, house: House, **changes: object) -> FollowUp:
    given = {
        "earliest": follow_up.earliest,
        "latest": follow_up.latest,
        "submission": uuid4(),
        "expected_version": follow_up.version,
    }
    return follow_ups.reschedule(follow_up=follow_up, by=house.alice, now=NOW, **given | changes)


def _close(follow_up: FollowUp, house: House) -> FollowUp:
    return follow_ups.close(
        follow_up=follow_up,
        reason=Reason.DECLINED,
        submission=uuid4(),
        expected_version=follow_up.version,
        by=house.alice,
        now=NOW,
    )
