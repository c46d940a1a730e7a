"""The values and dates that each axis rests on, for its own sentence and for its alerts."""

from guideline.course import facts
from guideline.course.definitions import Definitions
from guideline.course.history import Observation, Scan
from guideline.course.lines import Line
from guideline.course.nerve import ScaleReading
from guideline.course.reading import Axes, Fact
from guideline.course.vegf import VegfSeries
from guideline.course.verdicts import LOST, PROGRESSION


def line_start(line: Line) -> Fact:
    """The start of the line, where there is no value to point to."""
    return facts.of_treatment("start of the line", line.treatments[0], line.start, "started")


def vegf_facts(series: VegfSeries) -> tuple[Fact, ...]:
    """Baseline and latest of a series, or its newest value where neither counts."""
    named = (("baseline", series.baseline), ("latest", series.latest))
    known = tuple(facts.of_vegf(role, value, series) for role, value in named if value is not None)
    return known or (facts.of_vegf("newest", series.newest, series),)


def imaging_facts(axes: Axes) -> tuple[Fact, ...]:
    """Baseline, the last scan that showed progression and the best before it, and the latest scan."""
    pet = axes.pet
    named = [("baseline", pet.baseline)]
    progressed = next((r for r in reversed(pet.scans) if r.judged.word == PROGRESSION), None)
    if progressed is not None:
        named += [("fewest lesions before", progressed.fewest_lesions)]
        named += [("lowest sum before", progressed.lowest_sum)]
        named += [("progression", progressed.scan)]
    if pet.latest is not None:
        named += [("latest", pet.latest.scan)]
    # A scan may play several parts; it is listed once, as the first of them.
    roles: dict[int, tuple[str, Scan]] = {}
    for role, scan in named:
        if scan is not None:
            roles.setdefault(scan.position, (role, scan))
    return tuple(facts.of_scan(role, scan) for role, scan in roles.values())


def scale_facts(scale: ScaleReading, rules: Definitions) -> tuple[Fact, ...]:
    """Baseline and latest of a scale; for a gain that was lost, also the best and the value before."""
    named: list[tuple[str, Observation | None]] = [("baseline", scale.baseline)]
    if scale.judged.word == LOST:
        best = scale.best_before
        named += [("best", best)] if best is not scale.baseline else []
        named += [("value before", scale.later[:-1][-1])]
    named += [("latest", scale.latest)]
    return tuple(facts.of_result(role, value, rules.edition) for role, value in named if value is not None)


def nerve_facts(axes: Axes, rules: Definitions) -> tuple[Fact, ...]:
    """What every scale that can be judged rests on."""
    return tuple(fact for scale in axes.neuro.evaluable for fact in scale_facts(scale, rules))


def clone_facts(axes: Axes, rules: Definitions) -> tuple[Fact, ...]:
    """The results that settled the clone's word."""
    return tuple(facts.of_result("rests on", value, rules.edition) for value in axes.clone.rests_on)


def radiation_facts(axes: Axes) -> tuple[Fact, ...]:
    """The last fraction or the start without one, and the answer that was recorded."""
    clock, line = axes.radiation, axes.line
    if line is None:
        return ()
    found = []
    for radiation in line.radiations:
        if radiation.end is not None and radiation.end == clock.ended_on:
            found.append(facts.of_treatment("last fraction", radiation, radiation.end, "ended"))
        if radiation.end is None and radiation.start == clock.open_since:
            found.append(facts.of_treatment("start without an end", radiation, radiation.start, "started"))
    if clock.state is not None and clock.answered_on is not None and clock.answer is not None:
        answer = "judged stable" if clock.answer else "judged not stable"
        found.append(facts.of_treatment("answer", line.treatments[-1], clock.answered_on, answer))
    return tuple(found)
