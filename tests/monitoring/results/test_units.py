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


def test_no_spelling_means_two_units_of_one_analyte() -> None:
    for analyte in ANALYTES.values():
        allowed = set(units_of(analyte))
        for spelling, codes in CODES.items():
            assert spelling == "" or len(allowed & set(codes)) <= 1, (analyte.key, spelling)


@pytest.mark.parametrize("analyte", ["platelets", "leukocytes", "neutrophils"])
@pytest.mark.parametrize(
    "typed", ["10^9/L", "10*9/L", "10E9/L", "x10*9/L", "10⁹/L", "G/L", "G/l", "giga/L", "Gpt/L"]
)
def test_giga_per_litre_is_read_where_cells_are_counted(analyte: str, typed: str) -> None:
    assert fitting_unit(ANALYTES[analyte], typed) == "10*9/L"


@pytest.mark.parametrize("analyte", ["albumin", "igg", "hemoglobin", "vegf", "creatinine"])
def test_a_shouted_gram_per_litre_is_refused_where_it_may_be_either(analyte: str) -> None:
    with pytest.raises(UnitError, match="“G/L” does not fit"):
        fitting_unit(ANALYTES[analyte], "G/L")


@pytest.mark.parametrize("typed", ["PG/ML", "pG/mL", "Pg/ml", "g/l-1"])
def test_what_a_parser_would_misread_is_refused(typed: str) -> None:
    for analyte in ANALYTES.values():
        with pytest.raises(UnitError):
            fitting_unit(analyte, typed)


def test_thousands_per_microlitre_are_the_same_number() -> None:
    assert fitting_unit(ANALYTES["platelets"], "K/uL") == "10*3/uL"
    assert in_own_unit(ANALYTES["platelets"], Decimal(250), "10*3/uL") == 250
    assert in_own_unit(ANALYTES["platelets"], Decimal(250_000), "/uL") == 250


@pytest.mark.parametrize(
    ("analyte", "unit"),
    [("hemoglobin", "mmol/L"), ("hba1c", "mmol/mol"), ("prolactin", "mIU/L"), ("dlco", "mL/min/mmHg")],
)
def test_what_no_factor_relates_is_kept_as_it_is_reported(analyte: str, unit: str) -> None:
    code = fitting_unit(ANALYTES[analyte], unit)
    assert in_own_unit(ANALYTES[analyte], Decimal(50), code) is None


def test_the_same_word_is_an_activity_of_an_enzyme_and_units_of_a_hormone() -> None:
    assert fitting_unit(ANALYTES["ldh"], "IU/L") == "U/L"
    assert fitting_unit(ANALYTES["lh"], "IU/L") == "[IU]/L"


def test_a_ratio_needs_no_unit_and_a_mass_does() -> None:
    assert fitting_unit(ANALYTES["flc_ratio"], "") == "1"
    with pytest.raises(UnitError, match="None is assumed"):
        fitting_unit(ANALYTES["flc_kappa"], "")


@pytest.mark.parametrize(
    ("analyte", "number", "unit", "own"),
    [
        ("flc_kappa", "1.94", "mg/dL", "19.4"),
        ("igg", "850", "mg/dL", "8.5"),
        ("albumin", "3.9", "g/dL", "39"),
        ("creatinine", "1.2", "mg/dL", "106.08"),
        ("hematocrit", "0.42", "L/L", "42"),
        ("csf_protein", "110", "mg/dL", "1.1"),
        ("tsh", "4.2", "u[IU]/mL", "4.2"),
    ],
)
def test_factors_are_exact(analyte: str, number: str, unit: str, own: str) -> None:
    assert in_own_unit(ANALYTES[analyte], Decimal(number), unit) == Decimal(own)
