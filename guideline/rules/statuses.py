"""What the arguments of an option add up to: the first of ten rules that applies."""

from collections.abc import Callable

from guideline.rules.argument import ArgumentRule, Direction, Strength
from guideline.rules.options import OptionRule
from guideline.rules.situation import OptionStatus, Situation

StatusPredicate = Callable[[OptionRule, Situation], bool]

# From the most to the least advisable: the order in which options are ranked.
STATUS_ORDER: tuple[OptionStatus, ...] = (
    "preferred",
    "suitable",
    "caution",
    "undetermined",
    "not_judged",
    "not_recommended",
    "excluded",
    "not_applicable",
)


def applying(option: OptionRule, s: Situation) -> list[ArgumentRule]:
    """The option's arguments whose condition is true, in the order of the table."""
    return [argument for argument in option.arguments if argument.applies(s)]


def status_of(option: OptionRule, s: Situation) -> tuple[OptionStatus, str]:
    """The status, and the id of the statement that says why: the first rule that applies wins."""
    for status, reason, holds in _RULES:
        if holds(option, s):
            return status, reason
    return _NO_ARGUMENT


def is_uncovered(_: OptionRule, s: Situation) -> bool:
    return not s.covered


def is_pathway_open(option: OptionRule, s: Situation) -> bool:
    """Whether systemic treatment may still turn out to be the way."""
    if option.home != "systemic":
        return False
    if s.findings.pathway == "undetermined":
        return True
    return s.findings.pathway == "observe_after_radiation" and (
        s.findings.extent == "undetermined" or s.case.radiation.stabilized is False
    )


def is_radiation_in_later_line(option: OptionRule, s: Situation) -> bool:
    return option.home == "radiation" and s.case.line in ("switch", "relapse")


def is_away_from_home(option: OptionRule, s: Situation) -> bool:
    return option.home not in ("any", s.findings.pathway)


def carries(direction: Direction, strength: Strength | None = None) -> StatusPredicate:
    """Whether an argument of this direction and strength stands. Weaker ones are not looked at for it."""

    def holds(option: OptionRule, s: Situation) -> bool:
        return any(argument.applies(s) for argument in option.weighing(direction, strength))

    return holds


_RULES: tuple[tuple[OptionStatus, str, StatusPredicate], ...] = (
    ("not_applicable", "STATUS-NOT-COVERED", is_uncovered),
    ("excluded", "STATUS-EXCLUDED", carries("excludes")),
    ("not_recommended", "STATUS-STRONG-AGAINST", carries("against", "strong")),
    ("undetermined", "STATUS-OPEN-QUESTION", carries("undetermined")),
    ("undetermined", "STATUS-OPEN-PATHWAY", is_pathway_open),
    ("not_judged", "STATUS-RADIATION-AGAIN", is_radiation_in_later_line),
    ("not_applicable", "STATUS-OTHER-PATHWAY", is_away_from_home),
    ("caution", "STATUS-WEAK-AGAINST", carries("against", "weak")),
    ("preferred", "STATUS-CONFIRMED", carries("confirms")),
    ("suitable", "STATUS-FOR", carries("for")),
)
_NO_ARGUMENT: tuple[OptionStatus, str] = ("not_applicable", "STATUS-NO-ARGUMENT")
STATUS_RULES: tuple[str, ...] = (*(reason for _, reason, _ in _RULES), _NO_ARGUMENT[1])
