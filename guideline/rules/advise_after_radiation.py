"""Advisories on the months after radiation: too early, time to judge, overdue, not held."""

from guideline.rules.advisory import AdvisoryRule, Severity
from guideline.rules.pathway import not_stabilized_in_time
from guideline.rules.situation import Judged, Situation


def is_too_early(s: Situation) -> bool:
    months = s.case.radiation.months_since_last_fraction
    return months is not None and months < s.number("stability_from_months")


def is_time_to_judge(s: Situation) -> bool:
    """From the first month in which stability can be judged, without an end."""
    months = s.case.radiation.months_since_last_fraction
    return months is not None and months >= s.number("stability_from_months")


def is_overdue(s: Situation) -> bool:
    months = s.case.radiation.months_since_last_fraction
    return months is not None and months >= s.number("stability_until_months")


def after_radiation_too_early(j: Judged) -> bool:
    s = j.situation
    return s.observing and is_too_early(s) and s.case.radiation.stabilized is not False


def after_radiation_worse_early(j: Judged) -> bool:
    s = j.situation
    return s.observing and is_too_early(s) and s.case.radiation.stabilized is False


def after_radiation_assess(j: Judged) -> bool:
    s = j.situation
    is_due = is_time_to_judge(s) and not is_overdue(s)
    return s.observing and is_due and s.case.radiation.stabilized is None


def after_radiation_overdue(j: Judged) -> bool:
    s = j.situation
    return s.observing and is_overdue(s) and s.case.radiation.stabilized is None


def after_radiation_not_stabilized(j: Judged) -> bool:
    s = j.situation
    return s.covered and s.case.line == "after_radiation" and not_stabilized_in_time(s.case, s.edition)


def after_radiation_new_lesion(j: Judged) -> bool:
    s = j.situation
    return s.covered and s.case.line == "after_radiation" and s.case.radiation.new_lesions is True


def after_radiation_stable(j: Judged) -> bool:
    s = j.situation
    return s.observing and is_time_to_judge(s) and s.case.radiation.stabilized is True


def after_radiation_incomplete(j: Judged) -> bool:
    s = j.situation
    return s.observing and s.case.radiation.months_since_last_fraction is None


def after_radiation_incomplete_severity(j: Judged) -> Severity:
    return "critical" if j.situation.case.radiation.stabilized is False else "warning"


_CLOCK = ("radiation.months_since_last_fraction", "radiation.stabilized")
_FROM = ("stability_from_months",)
_WINDOW = ("stability_from_months", "stability_until_months")

ADVISORIES = (
    AdvisoryRule("after-radiation-too-early", after_radiation_too_early, "info", _CLOCK, _FROM),
    AdvisoryRule("after-radiation-worse-early", after_radiation_worse_early, "warning", _CLOCK, _FROM),
    AdvisoryRule("after-radiation-assess", after_radiation_assess, "warning", _CLOCK, _WINDOW),
    AdvisoryRule("after-radiation-overdue", after_radiation_overdue, "critical", _CLOCK, _WINDOW),
    AdvisoryRule("after-radiation-not-stabilized", after_radiation_not_stabilized, "critical", _CLOCK, _FROM),
    AdvisoryRule(
        "after-radiation-new-lesion", after_radiation_new_lesion, "critical", ("radiation.new_lesions",)
    ),
    AdvisoryRule("after-radiation-stable", after_radiation_stable, "info", _CLOCK, _FROM),
    AdvisoryRule(
        "after-radiation-incomplete",
        after_radiation_incomplete,
        after_radiation_incomplete_severity,
        _CLOCK,
        _WINDOW,
    ),
)
