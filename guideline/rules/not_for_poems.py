"""Treatments of other neuropathies, and a drug that treats the number instead of the disease."""

from guideline.rules.argument import ArgumentRule
from guideline.rules.situation import Situation


def cidp_therapy(s: Situation) -> bool:
    """Always: neither immunoglobulins nor plasma exchange work in this disease."""
    del s
    return True


def anti_vegf(s: Situation) -> bool:
    """Always: the VEGF level falls, the patient does not improve."""
    del s
    return True


IVIG_AND_PLASMA_EXCHANGE = (ArgumentRule("CIDP-THERAPY", "excludes", None, cidp_therapy),)
BEVACIZUMAB = (ArgumentRule("ANTI-VEGF", "against", "strong", anti_vegf),)
