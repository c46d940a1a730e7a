"""What can be judged from which day on: the ends of the clocks that still run, soonest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guideline.course.clocks import months_after
from guideline.course.definitions import Definitions
from guideline.course.lines import Line
from guideline.course.reading import Axes

JUDGED, FINAL = "judged", "final"


@dataclass(frozen=True, slots=True)
class Coming:
    """The day from which an axis can be judged, or (``what`` final) from which its last word is expected."""

    axis: str
    what: str
    on: date


def coming_of(axes: Axes, rules: Definitions) -> tuple[Coming, ...]:
    """The days after the day of reading on which a clock ends; none without a line of treatment."""
    if axes.line is None:
        return ()
    found = [coming for coming in _clocks(axes, axes.line, rules) if coming.on > axes.as_of]
    return tuple(sorted(found, key=lambda coming: (coming.on, coming.axis)))


def _clocks(axes: Axes, line: Line, rules: Definitions) -> Iterator[Coming]:
    def after(start: date, months: str) -> date:
        return months_after(start, rules.whole(months))

    yield Coming("vegf", JUDGED, after(line.start, "vegf_early_months"))
    yield Coming("clone", JUDGED, after(line.start, "clone_early_months"))
    yield Coming("neuro", JUDGED, after(line.start, "neuro_lag_months"))
    yield Coming("neuro", FINAL, after(line.start, "neuro_late_months"))
    scanned_from = axes.pet.anchor or line.start  # only without a line a scan counts from nothing
    yield Coming("pet", JUDGED, after(scanned_from, "pet_early_months"))
    yield Coming("pet", FINAL, after(scanned_from, "pet_mature_months"))
    if axes.radiation.state is not None and axes.radiation.ended_on is not None:
        yield Coming("radiation", JUDGED, after(axes.radiation.ended_on, "stability_from_months"))
        yield Coming("radiation", FINAL, after(axes.radiation.ended_on, "stability_until_months"))
