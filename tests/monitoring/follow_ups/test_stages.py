"""When an item is coming up, due and overdue: each boundary and the day before it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Hospital
from monitoring.follow_ups.models import FollowUp, State
from monitoring.follow_ups.queries import due_on
from monitoring.follow_ups.stages import Stage, Timing, stage_on, stages_on, timing_of
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


@pytest.mark.parametrize(
    ("day", "stages"),
    [
        (date(2026, 7, 7), (Stage.DUE,)),
        (date(2026, 7, 8), (Stage.OVERDUE,)),
        (date(2026, 7, 21), (Stage.OVERDUE,)),
        (date(2026, 7, 22), (Stage.OVERDUE, Stage.DEPUTY)),
        (date(2026, 8, 11), (Stage.OVERDUE, Stage.DEPUTY)),
        (date(2026, 8, 12), (Stage.OVERDUE, Stage.DEPUTY, Stage.LEAD)),
    ],
)
def test_an_overdue_item_goes_to_the_deputy_and_then_to_the_lead(
    day: date, stages: tuple[Stage, ...]
) -> None:
    assert stages_on(an_item(), day) == stages


def test_a_hospital_says_when_its_people_are_told(house: House) -> None:
    house.a.remind_soon_days, house.a.remind_overdue_days = 3, 1
    house.a.remind_deputy_days, house.a.remind_lead_days = 2, 5
    assert timing_of(house.a) == Timing(*(timedelta(days) for days in (3, 1, 2, 5)))


@pytest.mark.parametrize(
    "days",
    [
        {"remind_overdue_days": 0},
        {"remind_deputy_days": 7},
        {"remind_lead_days": 21},
        {"remind_lead_days": 366},
        {"remind_soon_days": 91},
    ],
)
def test_the_stages_of_a_hospital_come_in_order(house: House, days: dict[str, int]) -> None:
    with pytest.raises(IntegrityError, match="hospital_reminders_come_in_order"), transaction.atomic():
        Hospital.objects.filter(pk=house.a.pk).update(**days)


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
    found = due_on(house.a, DUE)
    assert [(row.stage, row.counted_from) for row in found] == [
        (Stage.DUE, DUE),
        (Stage.SOON, date(2026, 6, 15)),
    ]


def test_an_overdue_item_counts_from_the_end_of_its_window(house: House) -> None:
    planned(house.alice)
    assert [row.counted_from for row in due_on(house.a, date(2026, 7, 8))] == [LATEST]


def test_another_hospitals_items_are_not_due_here(house: House) -> None:
    planned(house.carlos)
    planned(house.alice)
    assert len(due_on(house.a, DUE)) == 1
