"""Autologous stem cell transplantation: the step after induction, not an alternative to it."""

from guideline.rules.argument import PATHWAY_FACTS, ArgumentRule
from guideline.rules.pregnancy import pregnancy_arguments
from guideline.rules.prior import prior_arguments
from guideline.rules.situation import Situation


def asct_offer(s: Situation) -> bool:
    return s.systemic and s.case.fitness.transplant_eligible is True


def asct_front_line(s: Situation) -> bool:
    return s.case.line == "first" and asct_offer(s)


def asct_not_eligible(s: Situation) -> bool:
    return s.case.fitness.transplant_eligible is False


def asct_eligibility_unknown(s: Situation) -> bool:
    return s.systemic and s.case.fitness.transplant_eligible is None


_ELIGIBLE = ("fitness.transplant_eligible",)

ASCT = (
    *prior_arguments("asct", failed_with=("asct",)),
    ArgumentRule("ASCT-OFFER", "confirms", None, asct_offer, _ELIGIBLE, PATHWAY_FACTS),
    ArgumentRule("ASCT-FRONT-LINE", "for", None, asct_front_line, ("line", *_ELIGIBLE)),
    ArgumentRule("ASCT-NOT-ELIGIBLE", "against", "strong", asct_not_eligible, _ELIGIBLE),
    ArgumentRule(
        "ASCT-ELIGIBILITY-UNKNOWN", "undetermined", None, asct_eligibility_unknown, _ELIGIBLE, PATHWAY_FACTS
    ),
    *pregnancy_arguments("ASCT"),
)
