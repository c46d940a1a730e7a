"""A history and an edition in, a reading out. No clock, no database: the same input gives the same answer."""

from datetime import date
from decimal import localcontext

from guideline.course import bases
from guideline.course.alerts import alerts_of
from guideline.course.axes import are_discordant, classes_of
from guideline.course.change import EXACT
from guideline.course.clocks import has_been_months
from guideline.course.clone import read_clone
from guideline.course.definitions import Definitions
from guideline.course.history import History
from guideline.course.imaging import read_imaging
from guideline.course.lines import Line, lines_of
from guideline.course.nerve import read_nerve
from guideline.course.radiation import read_radiation
from guideline.course.reading import Axes, Basis, Part, Reading
from guideline.course.vegf import primary_of, read_series, strongest_rise
from guideline.edition import Edition


def interpret(history: History, edition: Edition) -> Reading:
    """How the course reads on ``history.as_of``, by the definitions of this edition.

    Items dated after that day play no part. Raises ``ContentError`` if the edition lacks a
    threshold or a statement that a rule asks for.
    """
    rules = Definitions(edition)
    with localcontext(EXACT):
        seen = history.seen_on(history.as_of)
        lines = lines_of(seen, rules)
        axes = read_axes(seen, lines[-1] if lines else None, rules)
        return Reading(
            axes=axes,
            lines=lines,
            parts=_parts(axes, rules),
            radiation=bases.basis_of_radiation(axes, rules),
            discordant=are_discordant(axes),
            alerts=alerts_of(axes, seen, rules),
        )


def read_axes(history: History, line: Line | None, rules: Definitions) -> Axes:
    """Each axis by itself."""
    series = read_series(history, line, rules)
    return Axes(
        as_of=history.as_of,
        line=line,
        vegf=primary_of(series),
        series=series,
        rising=strongest_rise(series),
        pet=read_imaging(history, line, rules),
        neuro=read_nerve(history, line, rules),
        clone=read_clone(history, line, rules),
        radiation=read_radiation(line, history.as_of, rules),
    )


def _parts(axes: Axes, rules: Definitions) -> dict[str, Part]:
    vegf_on = None if axes.vegf is None or axes.vegf.latest is None else axes.vegf.latest.on
    scan_on = None if axes.pet.latest is None else axes.pet.latest.scan.on
    kinds = classes_of(axes)

    def part(axis: str, rests_on: date | None, months: str, basis: Basis) -> Part:
        old = rests_on is not None and has_been_months(rules.whole(months), since=rests_on, on=axes.as_of)
        return Part(rests_on, old, kinds.get(axis), basis)

    return {
        "vegf": part("vegf", vegf_on, "stale_months", bases.basis_of_vegf(axes, rules)),
        "pet": part("pet", scan_on, "pet_stale_months", bases.basis_of_imaging(axes, rules)),
        "neuro": part("neuro", axes.neuro.latest_on, "stale_months", bases.basis_of_nerve(axes, rules)),
        "clone": part("clone", axes.clone.latest_on, "stale_months", bases.basis_of_clone(axes, rules)),
    }
