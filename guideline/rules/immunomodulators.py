"""Lenalidomide with dexamethasone, and thalidomide-based regimens."""

from guideline.logic import Truth
from guideline.rules.argument import PATHWAY_FACTS, ArgumentRule
from guideline.rules.kidney import is_filtration_low
from guideline.rules.pregnancy import (
    IMID_PREGNANCY,
    IMID_PREGNANCY_UNKNOWN,
    IMID_PREGNANCY_UNKNOWN_AT_RELAPSE,
)
from guideline.rules.prior import prior_arguments
from guideline.rules.situation import Situation


def sys_lendex_option(s: Situation) -> bool:
    return s.systemic


def sys_lendex_neuropathy(s: Situation) -> bool:
    """A neuropathy is there: graded, or documented without a grade."""
    severity = s.case.neuropathy.severity
    if severity is None:
        return s.systemic and s.case.diagnosis.polyneuropathy is True
    return s.systemic and severity != "none"


def unprotected_thrombosis(s: Situation) -> bool:
    """LEN-THROMBOSIS, THAL-THROMBOSIS: an anticoagulant that nobody recorded does not protect."""
    return (
        s.systemic
        and s.case.fitness.prior_thrombosis is True
        and s.case.fitness.on_anticoagulation is not True
    )


def len_renal(s: Situation) -> Truth:
    return s.systemic and is_filtration_low(s)


def sys_thalidomide(s: Situation) -> bool:
    return s.early_line


def sys_thalidomide_trial(s: Situation) -> bool:
    return s.systemic


def sys_thalidomide_neuropathy(s: Situation) -> bool:
    """A severity that is not known counts as a neuropathy, on purpose."""
    return s.case.line == "relapse" and s.case.neuropathy.severity != "none"


def sys_thalidomide_neurotoxic(s: Situation) -> bool:
    return s.systemic


_THROMBOSIS_FACTS = ("fitness.prior_thrombosis", "fitness.on_anticoagulation")

LENALIDOMIDE_DEX = (
    *prior_arguments("lenalidomide_dex", failed_with=("lenalidomide_dex",)),
    ArgumentRule("SYS-LENDEX-OPTION", "for", None, sys_lendex_option, rests_on=PATHWAY_FACTS),
    ArgumentRule(
        "SYS-LENDEX-NEUROPATHY",
        "confirms",
        None,
        sys_lendex_neuropathy,
        ("diagnosis.polyneuropathy", "neuropathy.severity"),
    ),
    IMID_PREGNANCY,
    IMID_PREGNANCY_UNKNOWN,
    ArgumentRule("LEN-THROMBOSIS", "against", "weak", unprotected_thrombosis, _THROMBOSIS_FACTS),
    ArgumentRule(
        "LEN-RENAL", "against", "weak", len_renal, ("labs.egfr_ml_min_173m2",), thresholds=("egfr_low",)
    ),
)

THALIDOMIDE_BASED = (
    *prior_arguments("thalidomide_based", failed_with=("thalidomide_based",)),
    ArgumentRule("SYS-THALIDOMIDE", "excludes", None, sys_thalidomide, ("line",)),
    ArgumentRule("SYS-THALIDOMIDE-TRIAL", "for", None, sys_thalidomide_trial, rests_on=PATHWAY_FACTS),
    ArgumentRule(
        "SYS-THALIDOMIDE-NEUROPATHY",
        "against",
        "strong",
        sys_thalidomide_neuropathy,
        ("line", "neuropathy.severity"),
    ),
    ArgumentRule(
        "SYS-THALIDOMIDE-NEUROTOXIC", "against", "weak", sys_thalidomide_neurotoxic, rests_on=PATHWAY_FACTS
    ),
    ArgumentRule("THAL-THROMBOSIS", "against", "weak", unprotected_thrombosis, _THROMBOSIS_FACTS),
    IMID_PREGNANCY,
    IMID_PREGNANCY_UNKNOWN_AT_RELAPSE,
)
