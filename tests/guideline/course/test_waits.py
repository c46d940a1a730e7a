"""When a picture shades an axis: the spans in which it is too early to judge, or not yet final."""

from datetime import date

from guideline.course import parse_history
from guideline.course.definitions import Definitions
from guideline.course.interpret import interpret
from guideline.course.waits import Wait, waits_of
from tests.guideline.course.histories import EDITION, drugs, history, radiation


def spans(*treatments: dict, as_of: str = "2026-05-01") -> list[Wait]:
    read = interpret(parse_history(history(as_of, list(treatments)), EDITION), EDITION)
    return list(waits_of(read.lines, read.as_of, Definitions(EDITION)))


def test_without_a_line_nothing_waits():
    assert spans() == []


def test_imaging_waits_from_the_start_of_the_line_until_six_months_after_radiation():
    early, maturing, lag, best = spans(radiation("2025-01-10", "2025-02-14"))
    assert (early.axis, early.phase, early.start, early.until) == (
        "pet",
        "early",
        date(2025, 1, 10),
        date(2025, 8, 14),
    )
    assert (maturing.phase, maturing.start, maturing.until) == (
        "maturing",
        date(2025, 8, 14),
        date(2026, 2, 14),
    )
    assert (lag.axis, lag.phase, lag.until) == ("neuro", "lag", date(2027, 1, 10))
    assert (best.phase, best.start, best.until) == ("maximum_expected", date(2027, 1, 10), date(2028, 1, 10))


def test_a_new_line_ends_the_spans_of_the_one_before_and_drops_those_not_begun():
    found = spans(
        radiation("2025-01-10", "2025-02-14"),
        drugs("2025-06-01", None, continues=False),
    )
    first = [wait for wait in found if wait.start < date(2025, 6, 1)]
    assert [(wait.phase, wait.until) for wait in first] == [
        ("early", date(2025, 6, 1)),
        ("lag", date(2025, 6, 1)),
    ]
    assert first[0].clock_until == date(2025, 8, 14)


def test_the_clock_of_an_old_line_stands_as_it_stood_when_the_next_began():
    found = spans(
        drugs("2024-01-01", "2024-03-01"),
        drugs("2025-06-01", None, continues=False),
    )
    assert found[0].until == date(2024, 9, 1)
