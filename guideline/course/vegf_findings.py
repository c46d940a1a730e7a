"""What the VEGF gives reason to point out."""

from datetime import date

from guideline.course import facts
from guideline.course.axes import another_worsens
from guideline.course.based_on import line_start
from guideline.course.clocks import days_after, has_been_days, has_been_months, months_after
from guideline.course.definitions import Definitions
from guideline.course.history import History
from guideline.course.lines import lines_of
from guideline.course.reading import Axes, Fact, Finding
from guideline.course.vegf import VegfSeries, VegfValue, primary_of, read_series
from guideline.course.verdicts import CONFIRMED, NONE, PARTIAL
from guideline.course.wording import change_in_words, day_in_words


def find(axes: Axes, history: History, rules: Definitions) -> list[Finding]:
    """All findings of the VEGF; several series may give the same one."""
    found = _response(axes, rules)
    for series in axes.series:
        if not series.stale:
            found += _rise(series, axes, rules)
    return found + _overdue(axes, rules) + _series_changed(axes, history, rules)


def _response(axes: Axes, rules: Definitions) -> list[Finding]:
    """What the response of the primary series says, by the month of its latest value."""
    series, line = axes.vegf, axes.line
    if series is None or line is None or series.baseline is None or series.latest is None:
        return []
    late = has_been_months(rules.whole("vegf_inadequate_months"), since=line.start, on=series.latest.on)
    based_on = (_fact("baseline", series.baseline, series), _fact("latest", series.latest, series))
    values = {"change": change_in_words(series.change_percent, series.bound)}
    if series.judged.word == NONE:
        id = "vegf-inadequate" if late else "vegf-slow"
        if line.radiation_only:
            return [Finding(id, "info", series.latest.on, based_on, "after_radiation", values)]
        return [Finding(id, "warning", series.latest.on, based_on, None, values)]
    if series.judged.word == PARTIAL and late:
        return [Finding("vegf-not-normal-6m", "info", series.latest.on, based_on, None, values)]
    return []


def _rise(series: VegfSeries, axes: Axes, rules: Definitions) -> list[Finding]:
    latest = series.latest
    if latest is None or series.rising is None:
        return []
    others = another_worsens(axes, "vegf")
    if series.rising == CONFIRMED:
        if others:
            return [Finding("vegf-rising", "critical", latest.on, _risen_from(series), "another_axis")]
        return [Finding("vegf-rising", "warning", latest.on, _risen_from(series))]
    was_normal = any(value.surely_within_limit for value in series.later[:-1])
    variant = "another_axis" if others else "had_been_normal" if was_normal else None
    found = [
        Finding(
            "vegf-rising-unconfirmed",
            "info" if variant is None else "warning",
            latest.on,
            _risen_from(series),
            variant,
        )
    ]
    days = rules.whole("repeat_days")
    if has_been_days(days, since=latest.on, on=axes.as_of):
        since = days_after(latest.on, days)
        found.append(Finding("vegf-repeat-overdue", "warning", since, _risen_from(series)))
    return found


def _risen_from(series: VegfSeries) -> tuple[Fact, ...]:
    """The lowest value before the rise and the value or, if confirmed, the two values that rose."""
    *before, latest = series.counted
    risen = [latest]
    if series.rising == CONFIRMED:
        risen = [before.pop(), latest]
    lowest = min(before, key=lambda value: value.bounds.high)
    return (
        _fact("lowest before", lowest, series),
        *(_fact("risen", value, series) for value in risen),
    )


def _overdue(axes: Axes, rules: Definitions) -> list[Finding]:
    line = axes.line
    if line is None:
        return []
    expected = months_after(line.start, rules.whole("vegf_overdue_line_months"))
    newest = max(axes.series, key=lambda s: (s.newest.on, s.newest.observation.position), default=None)
    if newest is None:
        started = (line_start(line),)
        reached = axes.as_of >= expected
        return [Finding("vegf-overdue", "info", expected, started, "never_measured")] if reached else []
    limit = months_after(newest.newest.on, rules.whole("vegf_overdue_months"))
    if axes.as_of <= limit or axes.as_of < expected:
        return []
    since = max(days_after(limit, 1), expected)
    last = _fact("last value", newest.newest, newest)
    was_rising = [s for s in axes.series if s.stale and s.rising is not None and s.latest is not None]
    if not was_rising:
        return [Finding("vegf-overdue", "info", since, (last,))]
    rises = tuple(_fact("was rising", s.later[-1], s) for s in was_rising)
    days = ", ".join(day_in_words(fact.on) for fact in rises)
    return [Finding("vegf-overdue", "warning", since, (last, *rises), "was_rising", {"risen_on": days})]


def _series_changed(axes: Axes, history: History, rules: Definitions) -> list[Finding]:
    """The newest day with VEGF values has none in the series that was shown before that day."""
    if len(axes.series) <= 1:
        return []
    newest_day = max(series.newest.on for series in axes.series)
    former = _primary_before(newest_day, history, rules)
    if former is None:
        return []
    measured = [series for series in axes.series if series.newest.on == newest_day]
    if any(series.key == former.key for series in measured):
        return []
    now = tuple(_fact("newest", series.newest, series) for series in measured)
    before = _fact("last of the former series", former.newest, former)
    values = {"former": facts.series_in_words(former)}
    return [Finding("vegf-series-changed", "info", newest_day, (*now, before), None, values)]


def _primary_before(day: date, history: History, rules: Definitions) -> VegfSeries | None:
    then = history.seen_on(days_after(day, -1))
    lines = lines_of(then, rules)
    return primary_of(read_series(then, lines[-1] if lines else None, rules))


def _fact(role: str, value: VegfValue, series: VegfSeries) -> Fact:
    return facts.of_vegf(role, value, series)
