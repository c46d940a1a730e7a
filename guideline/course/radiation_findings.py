"""What the clock after radiation gives reason to point out."""

from guideline.course.based_on import radiation_facts
from guideline.course.clocks import days_after, has_been_days, has_been_months, months_after
from guideline.course.definitions import Definitions
from guideline.course.reading import Axes, Fact, Finding
from guideline.course.wording import day_in_words


def find(axes: Axes, rules: Definitions) -> list[Finding]:
    """The question of stability, and last fractions that nobody entered."""
    based_on = radiation_facts(axes)
    return [*_stability(axes, based_on, rules), *_without_end(axes, based_on, rules)]


def _stability(axes: Axes, based_on: tuple[Fact, ...], rules: Definitions) -> list[Finding]:
    clock = axes.radiation
    if clock.ended_on is None:
        return []
    judged_from = months_after(clock.ended_on, rules.whole("stability_from_months"))
    judged_until = months_after(clock.ended_on, rules.whole("stability_until_months"))
    values = {"judged_from": day_in_words(judged_from), "judged_until": day_in_words(judged_until)}
    match clock.state:
        case "worse_early":
            since = clock.answered_on or clock.ended_on
            return [Finding("rt-worse-early", "warning", since, based_on, None, values)]
        case "systemic_indicated":
            since = max(judged_from, clock.answered_on or judged_from)
            return [Finding("rt-not-stabilized", "critical", since, based_on, None, values)]
        case "question_open":
            return [Finding("rt-assess", "warning", judged_from, based_on, None, values)]
        case "overdue":
            return [Finding("rt-overdue", "critical", judged_until, based_on, None, values)]
    return []


def _without_end(axes: Axes, based_on: tuple[Fact, ...], rules: Definitions) -> list[Finding]:
    clock = axes.radiation
    if clock.open_since is None:
        return []
    found = []
    if clock.state is not None and clock.answer is False:
        since = clock.answered_on or clock.open_since
        found.append(Finding("rt-worse-early", "warning", since, based_on, "no_end"))
    days, months = rules.whole("radiation_end_missing_days"), rules.whole("radiation_end_critical_months")
    if has_been_months(months, since=clock.open_since, on=axes.as_of):
        since = months_after(clock.open_since, months)
        found.append(Finding("rt-end-missing", "critical", since, based_on))
    elif has_been_days(days, since=clock.open_since, on=axes.as_of):
        found.append(Finding("rt-end-missing", "warning", days_after(clock.open_since, days), based_on))
    return found
