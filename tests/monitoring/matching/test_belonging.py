"""Which result belongs to which item: windows, neighbours, late ones, and those asking for several things."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from guideline.edition import load_edition
from monitoring.matching.belonging import (
    ASKS_FOR,
    CT,
    MARROW_BIOPSY,
    PET,
    STABILITY,
    Reading,
    Window,
    belongings,
)

FIRST, SECOND = UUID(int=1), UUID(int=2)
MONTH = timedelta(days=30)
DUE = date(2026, 6, 1)
OF_RECORD = {PET, CT, MARROW_BIOPSY, STABILITY}


def window(key: UUID = FIRST, kind: str = "vegf", due: date = DUE, days: int = 10) -> Window:
    return Window(key, kind, due - timedelta(days=days), due, due + timedelta(days=days))


def reading(on: date = DUE, analyte: str = "vegf", key: int = 1) -> Reading:
    return Reading(("result", key), analyte, on)


@pytest.mark.parametrize(
    ("days", "answered"), [(-11, False), (-10, True), (0, True), (10, True), (11, True), (400, True)]
)
def test_a_result_belongs_from_the_first_day_of_the_window_on(days: int, answered: bool) -> None:
    found = belongings([window()], [reading(DUE + timedelta(days=days))])
    assert found[FIRST].is_answered is answered


def test_a_result_in_the_next_window_does_not_answer_the_missed_one() -> None:
    found = belongings([window(), window(SECOND, due=DUE + MONTH)], [reading(DUE + MONTH)])
    assert (found[FIRST].is_answered, found[SECOND].is_answered) == (False, True)


def test_where_windows_overlap_the_nearest_due_day_gets_the_result() -> None:
    found = belongings(
        [window(days=40), window(SECOND, due=DUE + MONTH, days=40)], [reading(DUE + MONTH / 3)]
    )
    assert (found[FIRST].is_answered, found[SECOND].is_answered) == (True, False)


def test_one_result_never_answers_two_items_of_a_kind() -> None:
    found = belongings([window(), window(SECOND)], [reading()])
    assert [found[key].is_answered for key in (FIRST, SECOND)].count(True) == 1


def test_another_kind_is_not_answered() -> None:
    assert not belongings([window(kind="pet")], [reading()])[FIRST].is_answered
    assert belongings([window(kind="pet")], [reading(analyte=PET)])[FIRST].is_answered


def test_an_item_that_asks_for_several_examinations_waits_for_each() -> None:
    readings = [reading(analyte="m_protein", key=1), reading(analyte="immunofixation", key=2)]
    assert belongings([window(kind="clone")], readings)[FIRST].missing == ("free light chains",)
    readings.append(reading(DUE + timedelta(days=3), analyte="flc_ratio", key=3))
    found = belongings([window(kind="clone")], readings)[FIRST]
    assert (found.is_answered, found.done_on) == (True, DUE + timedelta(days=3))


def test_the_first_reading_in_the_window_counts() -> None:
    found = belongings([window()], [reading(DUE, key=2), reading(DUE - timedelta(days=1), key=1)])
    assert found[FIRST].done_on == DUE - timedelta(days=1)


def test_a_refused_reading_may_answer_the_next_item() -> None:
    windows = [window(days=40), window(SECOND, due=DUE + MONTH, days=40)]
    found = belongings(windows, [reading()], refused={(FIRST, ("result", 1))})
    assert (found[FIRST].is_answered, found[SECOND].is_answered) == (False, True)


def test_every_kind_and_analyte_of_the_table_is_one_of_the_content() -> None:
    edition = load_edition()
    kinds = {item.kind for schedule in edition.schedules.values() for item in schedule.items}
    analytes = {name for kind in ASKS_FOR.values() for names in kind.values() for name in names} - OF_RECORD
    assert ASKS_FOR.keys() <= kinds
    assert analytes <= edition.analytes.keys() | edition.instruments.keys()
    assert kinds - ASKS_FOR.keys() == {"eyes"}


@given(
    dues=st.lists(st.integers(0, 60), min_size=1, max_size=6),
    days=st.lists(st.integers(-40, 120), max_size=6),
)
def test_each_reading_belongs_to_one_item_at_most_and_never_before_its_window(
    dues: list[int], days: list[int]
) -> None:
    windows = [window(UUID(int=n), due=DUE + timedelta(days=due)) for n, due in enumerate(dues)]
    readings = [reading(DUE + timedelta(days=day), key=n) for n, day in enumerate(days)]
    found = belongings(windows, readings)
    used = [one for each in found.values() for one in each.readings]
    assert len(used) == len(set(used))
    assert all(one.on >= each.earliest for each in windows for one in found[each.key].readings)
