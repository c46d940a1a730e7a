"""What can be judged from which day on."""

from guideline.course import interpret, parse_history
from guideline.course.coming import coming_of
from guideline.course.definitions import Definitions
from tests.guideline.course.histories import EDITION, drugs, history, radiation


def coming(as_of: str, *treatments: dict) -> list[tuple[str, str, str]]:
    read = interpret(parse_history(history(as_of, list(treatments)), EDITION), EDITION)
    return [(one.axis, one.what, one.on.isoformat()) for one in coming_of(read.axes, Definitions(EDITION))]


def test_without_treatment_nothing_is_awaited():
    assert coming("2026-05-01") == []


def test_every_clock_that_still_runs_is_told_soonest_first():
    assert coming("2025-02-20", radiation("2025-01-10", "2025-02-14")) == [
        ("clone", "judged", "2025-04-10"),
        ("vegf", "judged", "2025-04-10"),
        ("radiation", "judged", "2025-05-14"),
        ("pet", "judged", "2025-08-14"),
        ("radiation", "final", "2025-08-14"),
        ("pet", "final", "2026-02-14"),
        ("neuro", "judged", "2027-01-10"),
        ("neuro", "final", "2028-01-10"),
    ]


def test_the_day_itself_is_no_longer_awaited():
    assert ("neuro", "judged", "2027-01-10") not in coming("2027-01-10", drugs("2025-01-10"))


def test_radiation_without_a_last_fraction_has_no_clock_of_its_own():
    assert all(axis != "radiation" for axis, _, _ in coming("2025-02-01", radiation("2025-01-10")))


def test_drugs_have_no_clock_of_radiation():
    assert all(axis != "radiation" for axis, _, _ in coming("2025-02-01", drugs("2025-01-10")))
