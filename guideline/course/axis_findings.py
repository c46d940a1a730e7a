"""What imaging, nerve and clone give reason to point out."""

from guideline.course import facts
from guideline.course.axes import another_is_poor, another_worsens
from guideline.course.based_on import clone_facts, imaging_facts, line_start, nerve_facts, scale_facts
from guideline.course.clocks import days_after, months_after, touches
from guideline.course.definitions import Definitions
from guideline.course.history import History
from guideline.course.imaging import DUE, OVERDUE
from guideline.course.lines import Line
from guideline.course.nerve import ScaleReading
from guideline.course.reading import Axes, Fact, Finding, Severity
from guideline.course.verdicts import (
    MAY_STILL_MATURE,
    NO_IMPROVEMENT,
    NONE,
    NOT_MEASURED,
    PARTIAL,
    PROGRESSION,
    TOO_EARLY,
)
from guideline.course.wording import joined


def find(axes: Axes, history: History, rules: Definitions) -> list[Finding]:
    """All findings of the three axes; without a line of treatment there are none."""
    if axes.line is None:
        return []
    imaging, clone = _imaging(axes, axes.line, rules), _clone(axes, rules)
    return [*imaging, *_nerve(axes, axes.line, history, rules), *clone]


def _imaging(axes: Axes, line: Line, rules: Definitions) -> list[Finding]:
    """Progression at once, a residue when it can be judged, and a scan that is due."""
    pet = axes.pet
    found = []
    based_on = imaging_facts(axes)
    word = pet.judged.word
    if word == PROGRESSION and pet.progressed_on is not None:
        found.append(Finding("pet-progression", "critical", pet.progressed_on, based_on))
    if word in (NONE, PARTIAL) and pet.latest is not None:
        found.append(Finding("pet-residual", "warning", pet.latest.scan.on, based_on))
    if word == TOO_EARLY and pet.latest is not None:
        found.append(Finding("pet-early", "info", pet.latest.scan.on, based_on))
    return found + _scan_due(axes, line, rules)


def _scan_due(axes: Axes, line: Line, rules: Definitions) -> list[Finding]:
    pet = axes.pet
    if pet.due is None or pet.anchor is None:
        return []
    early, mature = rules.whole("pet_early_months"), rules.whole("pet_mature_months")
    # A partial response is expected to mature, so the next scan is due only then.
    waits_for_maturity = pet.due == OVERDUE or pet.judged.word == MAY_STILL_MATURE
    since = months_after(pet.anchor, mature if waits_for_maturity else early)
    based_on = imaging_facts(axes) or (line_start(line),)
    variant = None if pet.baseline is not None else "no_baseline"
    if pet.due == DUE:
        return [Finding("pet-due", "info", since, based_on, variant)]
    return [Finding("pet-overdue", "info" if variant else "warning", since, based_on, variant)]


def _nerve(axes: Axes, line: Line, history: History, rules: Definitions) -> list[Finding]:
    """A decline at once; a missing gain only when the lag is over; and what was not measured."""
    neuro = axes.neuro
    found = []
    based_on = nerve_facts(axes, rules)
    word, latest_on = neuro.judged.word, neuro.latest_on
    if word == TOO_EARLY and latest_on is not None and not another_is_poor(axes, "neuro"):
        found.append(Finding("neuro-lag", "info", latest_on, based_on))
    if word == NO_IMPROVEMENT and latest_on is not None:
        found.append(Finding("neuro-no-improvement", "warning", latest_on, based_on))
    return found + _nerve_worsens(axes, history, rules) + _nerve_overdue(axes, line, rules)


def _nerve_worsens(axes: Axes, history: History, rules: Definitions) -> list[Finding]:
    declined = axes.neuro.declined
    if not declined:
        return []
    since = min(scale.later[-1].on for scale in declined)
    based_on = tuple(fact for scale in declined for fact in scale_facts(scale, rules))
    suspects = _neurotoxic_before(declined, history, rules)
    if axes.neuro.axis_worsens and suspects:
        names = joined([fact.label for fact in suspects])
        return [
            Finding("neuro-worsening", "critical", since, based_on + suspects, "neurotoxic", {"drugs": names})
        ]
    if axes.neuro.axis_worsens and another_worsens(axes, "neuro"):
        return [Finding("neuro-worsening", "critical", since, based_on, "another_axis")]
    return [Finding("neuro-worsening", "warning", since, based_on)]


def _neurotoxic_before(
    declined: tuple[ScaleReading, ...], history: History, rules: Definitions
) -> tuple[Fact, ...]:
    """Neurotoxic treatments running at, or shortly before, the latest value of a scale that declined."""
    days = rules.whole("neurotoxic_days")
    suspects = [
        treatment
        for treatment in history.treatments
        if treatment.neurotoxic
        and any(
            touches(
                treatment.start, treatment.end, first=days_after(s.later[-1].on, -days), last=s.later[-1].on
            )
            for s in declined
        )
    ]
    return tuple(facts.of_treatment("neurotoxic", t, t.start, "started") for t in suspects)


def _nerve_overdue(axes: Axes, line: Line, rules: Definitions) -> list[Finding]:
    expected = months_after(line.start, rules.whole("neuro_overdue_line_months"))
    newest_day = max((scale.newest.on for scale in axes.neuro.scales), default=None)
    if axes.as_of < expected:
        return []
    severity: Severity = "warning" if axes.neuro.judged.word == NOT_MEASURED else "info"
    if newest_day is None:
        return [Finding("neuro-overdue", severity, expected, (line_start(line),), "never_measured")]
    limit = months_after(newest_day, rules.whole("neuro_overdue_months"))
    if axes.as_of <= limit:
        return []
    newest = [scale.newest for scale in axes.neuro.scales if scale.newest.on == newest_day]
    last = tuple(facts.of_result("last value", value, rules.edition) for value in newest)
    return [Finding("neuro-overdue", severity, max(days_after(limit, 1), expected), last)]


def _clone(axes: Axes, rules: Definitions) -> list[Finding]:
    """A clone that has come back or grown."""
    clone = axes.clone
    if clone.judged.word != PROGRESSION or clone.latest_on is None:
        return []
    based_on = clone_facts(axes, rules)
    if another_worsens(axes, "clone"):
        return [Finding("clone-progression", "critical", clone.latest_on, based_on, "another_axis")]
    return [Finding("clone-progression", "warning", clone.latest_on, based_on)]
