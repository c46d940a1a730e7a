"""What an option did when it was given before: PRIOR-FAILED, PRIOR-RESPONDED, PRIOR-UNKNOWN."""

from functools import partial

from guideline.rules.argument import ArgumentRule
from guideline.rules.situation import Situation

FAILURES = ("refractory", "stopped_toxicity")
SUCCESSES = ("responded", "stopped_other")


def prior_failed(s: Situation, options: tuple[str, ...]) -> bool:
    return s.systemic and any(getattr(s.case.prior, option) in FAILURES for option in options)


def prior_responded(s: Situation, option: str) -> bool:
    return s.systemic and getattr(s.case.prior, option) in SUCCESSES


def prior_unknown(s: Situation, options: tuple[str, ...]) -> bool:
    """Something was given before, and it is not known whether it was this, nor did it fail."""
    return (
        s.systemic
        and s.case.line in ("switch", "relapse")
        and any(getattr(s.case.prior, option) is None for option in options)
        and not prior_failed(s, options)
    )


def prior_arguments(option: str, *, failed_with: tuple[str, ...]) -> tuple[ArgumentRule, ...]:
    """The three arguments of an option. ``failed_with`` names the options whose failure counts for it."""
    failure_facts = tuple(f"prior.{name}" for name in failed_with)
    return (
        ArgumentRule(
            "PRIOR-FAILED", "against", "strong", partial(prior_failed, options=failed_with), failure_facts
        ),
        ArgumentRule(
            "PRIOR-RESPONDED",
            "against",
            "weak",
            partial(prior_responded, option=option),
            (f"prior.{option}",),
        ),
        ArgumentRule(
            "PRIOR-UNKNOWN",
            "undetermined",
            None,
            partial(prior_unknown, options=failed_with),
            ("line", *failure_facts),
        ),
    )
