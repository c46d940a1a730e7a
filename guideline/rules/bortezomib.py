"""Bortezomib alone and in combination: a response weighed against the nerve."""

from guideline.rules.argument import PATHWAY_FACTS, ArgumentRule
from guideline.rules.pregnancy import pregnancy_arguments
from guideline.rules.prior import prior_arguments
from guideline.rules.situation import Situation

_EITHER = ("bortezomib_mono", "bortezomib_combination")


def sys_bortezomib_response(s: Situation) -> bool:
    return s.systemic


def sys_bortezomib_neuropathy(s: Situation) -> bool:
    return s.systemic


def neurotoxic_first_line(s: Situation) -> bool:
    return s.early_line and s.case.neuropathy.severity in ("moderate", "severe")


def neurotoxic_relapse(s: Situation) -> bool:
    return s.case.line == "relapse" and s.case.neuropathy.severity == "severe"


def neurotoxic_severity_unknown(s: Situation) -> bool:
    return s.systemic and s.case.neuropathy.severity is None


def neurotoxic_severity_unknown_at_relapse(s: Situation) -> bool:
    """A combination is not recommended in any earlier line, so only a relapse leaves the question open."""
    return s.case.line == "relapse" and neurotoxic_severity_unknown(s)


def sys_bortezomib_combination(s: Situation) -> bool:
    return s.early_line


def sys_bortezomib_combination_relapse(s: Situation) -> bool:
    return s.systemic and s.case.line == "relapse"


_NEUROPATHY = ArgumentRule(
    "SYS-BORTEZOMIB-NEUROPATHY", "against", "weak", sys_bortezomib_neuropathy, rests_on=PATHWAY_FACTS
)
_AT_RELAPSE = ArgumentRule(
    "NEUROTOXIC-RELAPSE", "against", "strong", neurotoxic_relapse, ("line", "neuropathy.severity")
)

BORTEZOMIB_MONO = (
    *prior_arguments("bortezomib_mono", failed_with=_EITHER),
    ArgumentRule("SYS-BORTEZOMIB-RESPONSE", "for", None, sys_bortezomib_response, rests_on=PATHWAY_FACTS),
    _NEUROPATHY,
    ArgumentRule(
        "NEUROTOXIC-FIRST-LINE", "against", "strong", neurotoxic_first_line, ("line", "neuropathy.severity")
    ),
    _AT_RELAPSE,
    ArgumentRule(
        "NEUROTOXIC-SEVERITY-UNKNOWN",
        "undetermined",
        None,
        neurotoxic_severity_unknown,
        ("neuropathy.severity",),
    ),
    *pregnancy_arguments("BORT"),
)

BORTEZOMIB_COMBINATION = (
    *prior_arguments("bortezomib_combination", failed_with=_EITHER),
    ArgumentRule("SYS-BORTEZOMIB-COMBINATION", "against", "strong", sys_bortezomib_combination, ("line",)),
    _AT_RELAPSE,
    ArgumentRule(
        "NEUROTOXIC-SEVERITY-UNKNOWN",
        "undetermined",
        None,
        neurotoxic_severity_unknown_at_relapse,
        ("line", "neuropathy.severity"),
    ),
    ArgumentRule(
        "SYS-BORTEZOMIB-COMBINATION-RELAPSE", "for", None, sys_bortezomib_combination_relapse, ("line",)
    ),
    _NEUROPATHY,
    *pregnancy_arguments("BORT"),
)
