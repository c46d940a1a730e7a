"""The spans of each line in which an axis is too early to judge, or not yet final, for a picture to shade.

The same clocks as the verdicts ask (``imaging.anchor_on``, the nerve's months), drawn out in time, so that a
chart can shade what the reading does not judge. A span ends early where the next line starts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from guideline.course.clocks import months_after
from guideline.course.definitions import Definitions
from guideline.course.imaging import EARLY, MATURING, anchor_on
from guideline.course.lines import Line
from guideline.course.nerve import LAG, MAXIMUM_EXPECTED


@dataclass(frozen=True, slots=True)
class Wait:
    """From ``start`` to the day before ``until``; the axis's own clock would end on ``clock_until``."""

    axis: str
    phase: str
    start: date
    until: date
    clock_until: date


def waits_of(lines: Sequence[Line], as_of: date, rules: Definitions) -> tuple[Wait, ...]:
    """The spans of all lines, oldest first; the clocks of the current line run on beyond ``as_of``."""
    found: list[Wait] = []
    for line, following in zip_longest(lines, lines[1:]):
        end = None if following is None else following.start
        found += [wait for wait in _of_line(line, end, as_of, rules) if wait.start < wait.until]
    return tuple(found)


def _of_line(line: Line, end: date | None, as_of: date, rules: Definitions) -> Iterator[Wait]:
    anchor = anchor_on(as_of if end is None else min(end, as_of), line, rules)
    early = months_after(anchor, rules.whole("pet_early_months"))
    mature = months_after(anchor, rules.whole("pet_mature_months"))
    yield _wait("pet", EARLY, line.start, early, end)
    yield _wait("pet", MATURING, early, mature, end)
    lag = months_after(line.start, rules.whole("neuro_lag_months"))
    late = months_after(line.start, rules.whole("neuro_late_months"))
    yield _wait("neuro", LAG, line.start, lag, end)
    yield _wait("neuro", MAXIMUM_EXPECTED, lag, late, end)


def _wait(axis: str, phase: str, start: date, until: date, end: date | None) -> Wait:
    return Wait(axis, phase, start, until if end is None else min(until, end), until)
