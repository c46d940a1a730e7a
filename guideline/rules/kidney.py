"""Is the filtration rate so low that doses are reduced?"""

from guideline.logic import Truth
from guideline.rules.situation import Situation


def is_filtration_low(s: Situation) -> Truth:
    """eGFR below the threshold; unknown while it was not measured."""
    rate = s.case.labs.egfr_ml_min_173m2
    return None if rate is None else rate < s.number("egfr_low")
