"""Watches beside the four axes: clot, lung and glands, each by its latest recent value."""

from collections.abc import Callable

from guideline.course import facts
from guideline.course.clocks import days_after, touches
from guideline.course.definitions import Definitions
from guideline.course.history import History, Observation, one_per_day
from guideline.course.reading import Finding, Severity

Concern = Callable[[Observation, History, Definitions], bool]


def find(history: History, rules: Definitions) -> list[Finding]:
    """What the latest recent value of each watched analyte gives reason to point out."""
    found = []
    for id, severity, analyte, concerns in _WATCHES:
        latest = _latest(analyte, history, rules)
        if latest is not None and concerns(latest, history, rules):
            found.append(
                Finding(id, severity, latest.on, (facts.of_result("latest", latest, rules.edition),))
            )
    return found


def _latest(analyte: str, history: History, rules: Definitions) -> Observation | None:
    first = days_after(history.as_of, -rules.whole("watch_days"))
    values = one_per_day(history.of(analyte))
    return values[-1] if values and values[-1].on >= first else None


def _unprotected_thrombocytosis(platelets: Observation, history: History, rules: Definitions) -> bool:
    protected = any(
        touches(period.start, period.end, first=platelets.on, last=platelets.on)
        for period in history.thromboprophylaxis
    )
    return platelets.bounds.surely_above(rules.decimal("thrombocytosis")) and not protected


def _high_pressure(pressure: Observation, history: History, rules: Definitions) -> bool:
    return pressure.bounds.surely_at_least(rules.decimal("rvsp_limit"))


def _low_diffusion(diffusion: Observation, history: History, rules: Definitions) -> bool:
    return diffusion.bounds.surely_below(rules.decimal("dlco_limit"))


def _outside_own_limits(result: Observation, history: History, rules: Definitions) -> bool:
    above = result.upper_limit is not None and result.bounds.surely_above(result.upper_limit)
    return above or _below_own_limit(result, history, rules)


def _below_own_limit(result: Observation, history: History, rules: Definitions) -> bool:
    return result.lower_limit is not None and result.bounds.surely_below(result.lower_limit)


_WATCHES: tuple[tuple[str, Severity, str, Concern], ...] = (
    ("thrombosis-prophylaxis", "warning", "platelets", _unprotected_thrombocytosis),
    ("pulmonary-hypertension", "warning", "rvsp_mmhg", _high_pressure),
    ("dlco-low", "warning", "dlco_percent", _low_diffusion),
    ("endocrine-tsh", "info", "tsh", _outside_own_limits),
    ("endocrine-free_t4", "info", "free_t4", _outside_own_limits),
    ("endocrine-testosterone", "info", "testosterone", _outside_own_limits),
    ("endocrine-cortisol_am", "critical", "cortisol_am", _below_own_limit),
)
