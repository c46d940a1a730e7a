"""Units as they are typed and printed."""

from decimal import Decimal

import pytest

from guideline.edition import load_edition
from monitoring.results.units import CODES, SPELLINGS, UnitError, fitting_unit, in_own_unit, units_of

ANALYTES = load_edition().analytes


@pytest.mark.parametrize(
    "typed", ["\N{MICRO SIGN}g/L", "\N{GREEK SMALL LETTER MU}g/L", "ug/L", "mcg/L", " µg/l "]
)
def test_micro_in_any_encoding_is_the_same_unit(typed: str) -> None:
    assert fitting_unit(ANALYTES["vegf"], typed) == "ug/L"


def test_a_unit_that_does_not_fit_is_refused_with_those_that_do() -> None:
    with pytest.raises(UnitError) as refused:
        fitting_unit(ANALYTES["vegf"], "mg/dL")
    assert str(refused.value) == "“mg/dL” does not fit VEGF; allowed: pg/mL, ng/L, ng/mL or µg/L."


@pytest.mark.parametrize("typed", ["PG/ML", "G/L", "furlongs", "pg"])
def test_an_unknown_spelling_is_never_guessed(typed: str) -> None:
    with pytest.raises(UnitError, match="does not fit"):
        fitting_unit(ANALYTES["vegf"], typed)


def test_a_missing_unit_is_asked_for() -> None:
    with pytest.raises(UnitError, match="None is assumed"):
        fitting_unit(ANALYTES["m_protein"], "")


def test_an_analyte_without_unit_takes_none() -> None:
    assert fitting_unit(ANALYTES["immunofixation"], "") == ""
    with pytest.raises(UnitError, match="has no unit"):
        fitting_unit(ANALYTES["immunofixation"], "g/L")


def test_conversion_is_exact() -> None:
    assert in_own_unit(ANALYTES["vegf"], Decimal("1.45"), "ug/L") == 1450
    assert in_own_unit(ANALYTES["m_protein"], Decimal("3.3"), "g/L") == Decimal("0.33")


def test_a_unit_without_factor_is_kept_as_it_is() -> None:
    assert in_own_unit(ANALYTES["free_t4"], Decimal(1), "ng/dL") is None


def test_every_unit_of_the_guideline_can_be_typed_and_shown() -> None:
    wanted = {code for analyte in ANALYTES.values() for code in units_of(analyte)}
    assert wanted <= set(SPELLINGS)


def test_no_spelling_means_two_units() -> None:
    spellings = [name for code, names in SPELLINGS.items() for name in {code, *names}]
    assert len(spellings) == len(set(spellings)) == len(CODES)
