"""When an item is coming up, due and overdue: each boundary and the day before it."""

from datetime import date, timedelta

import pytest

from monitoring.follow_ups.models import FollowUp, State
from monitoring.follow_ups.queries import due_on
from monitoring.follow_ups.stages import Stage, stage_on
from tests.monitoring.follow_ups.builders import DUE, LATEST, item, planned
from tests.personas import House

ONE_DAY = timedelta(days=1)


def an_item(**changes: object) -> FollowUp:
    fields = {"due": DUE, "latest": LATEST, "state": State.PLANNED}
    return FollowUp(**fields | changes)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 5, 17), None),
        (date(2026, 5, 18), Stage.SOON),
        (date(2026, 5, 31), Stage.SOON),
        (date(2026, 6, 1), Stage.DUE),
        (date(2026, 7, 1), Stage.DUE),
        (date(2026, 7, 7), Stage.DUE),
        (date(2026, 7, 8), Stage.OVERDUE),
        (date(2036, 7, 8), Stage.OVERDUE),
    ],
)
def test_an_item_passes_through_its_stages(day: date, stage: Stage | None) -> None:
    assert stage_on(an_item(), day) == stage


def test_what_must_not_wait_is_overdue_the_day_after_its_window() -> None:
    stability = an_item(overdue_at_once=True)
    assert stage_on(stability, LATEST) == Stage.DUE
    assert stage_on(stability, LATEST + ONE_DAY) == Stage.OVERDUE


@pytest.mark.parametrize("state", [state for state in State if state != State.PLANNED])
def test_an_item_that_ended_is_never_due(state: State) -> None:
    assert stage_on(an_item(state=state), DUE) is None


def test_29_february_is_a_day_like_any_other() -> None:
    leap = an_item(due=date(2028, 2, 29), latest=date(2028, 2, 29))
    assert stage_on(leap, date(2028, 2, 15)) == Stage.SOON
    assert stage_on(leap, date(2028, 2, 29)) == Stage.DUE


def test_the_hospital_is_asked_only_for_items_with_a_stage(house: House) -> None:
    planned(house.alice, item(), item(due=date(2026, 6, 15)), item(due=date(2026, 6, 16)))
    found = due_on(house.a.pk, DUE)
    assert [(row.stage, row.counted_from) for row in found] == [
        (Stage.DUE, DUE),
        (Stage.SOON, date(2026, 6, 15)),
    ]


def test_an_overdue_item_counts_from_the_end_of_its_window(house: House) -> None:
    planned(house.alice)
    assert [row.counted_from for row in due_on(house.a.pk, date(2026, 7, 8))] == [LATEST]


def test_another_hospitals_items_are_not_due_here(house: House) -> None:
    planned(house.carlos)
    planned(house.alice)
    assert len(due_on(house.a.pk, DUE)) == 1
