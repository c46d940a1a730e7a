"""Melphalan with dexamethasone."""

from guideline.logic import Truth
from guideline.rules.argument import PATHWAY_FACTS, ArgumentRule
from guideline.rules.kidney import is_filtration_low
from guideline.rules.pregnancy import pregnancy_arguments
from guideline.rules.prior import prior_arguments
from guideline.rules.situation import Situation


def sys_meldex_option(s: Situation) -> bool:
    return s.systemic


def harvest_still_ahead(s: Situation) -> bool:
    """Stem cells are not known to be collected and no transplantation is known to have been done."""
    return (
        s.systemic and s.case.fitness.stem_cells_collected is not True and s.case.prior.asct in (None, "none")
    )


def mel_before_harvest(s: Situation) -> bool:
    return harvest_still_ahead(s) and s.case.fitness.transplant_eligible is True


def mel_before_possible_harvest(s: Situation) -> bool:
    return harvest_still_ahead(s) and s.case.fitness.transplant_eligible is None


def mel_renal(s: Situation) -> Truth:
    return s.systemic and is_filtration_low(s)


_HARVEST_FACTS = ("fitness.transplant_eligible", "fitness.stem_cells_collected", "prior.asct")

MELPHALAN_DEX = (
    *prior_arguments("melphalan_dex", failed_with=("melphalan_dex",)),
    ArgumentRule("SYS-MELDEX-OPTION", "for", None, sys_meldex_option, rests_on=PATHWAY_FACTS),
    ArgumentRule("MEL-BEFORE-HARVEST", "against", "strong", mel_before_harvest, _HARVEST_FACTS),
    ArgumentRule("MEL-BEFORE-HARVEST", "against", "weak", mel_before_possible_harvest, _HARVEST_FACTS),
    ArgumentRule(
        "MEL-RENAL", "against", "weak", mel_renal, ("labs.egfr_ml_min_173m2",), thresholds=("egfr_low",)
    ),
    *pregnancy_arguments("MEL"),
)
