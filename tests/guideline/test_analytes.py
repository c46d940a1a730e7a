"""The catalogue of what a clinic measures: codes that can be right, units that agree with themselves."""

from decimal import Decimal

import pytest

from guideline.edition import load_edition

ANALYTES = load_edition().analytes
CODES = [(analyte.key, code) for analyte in ANALYTES.values() for code in analyte.loinc]
QUANTITIES = [analyte for analyte in ANALYTES.values() if analyte.reads == "quantity"]


def check_digit(number: str) -> int:
    """The Luhn digit that LOINC puts after the hyphen."""
    total = 0
    for place, figure in enumerate(reversed(number)):
        doubled = int(figure) * (2 - place % 2)
        total += doubled // 10 + doubled % 10
    return -total % 10


@pytest.mark.parametrize(("analyte", "code"), CODES)
def test_every_code_ends_in_its_own_check_digit(analyte, code):
    number, _, digit = code.code.partition("-")
    assert check_digit(number) == int(digit), analyte


def test_no_code_means_two_analytes():
    codes = [code.code for _, code in CODES]
    assert len(codes) == len(set(codes))


def test_a_code_names_only_units_that_its_analyte_has():
    for analyte in ANALYTES.values():
        for code in analyte.loinc:
            assert set(code.units) <= {*analyte.factors, *analyte.kept_units}, code.code


@pytest.mark.parametrize("analyte", QUANTITIES, ids=lambda analyte: analyte.key)
def test_a_quantity_has_its_own_unit_a_range_and_a_step(analyte):
    assert analyte.factors[analyte.unit] == 1
    low, high = analyte.plausible
    assert 0 <= low < high
    assert analyte.precision
    assert not set(analyte.factors) & set(analyte.kept_units)
    assert set(analyte.plausible_kept) == set(analyte.kept_units)


@pytest.mark.parametrize("analyte", QUANTITIES, ids=lambda analyte: analyte.key)
def test_ranges_of_our_own_are_called_our_own(analyte):
    assert "D" in analyte.sources


def test_what_is_no_quantity_has_no_unit():
    assert all(not a.factors and a.unit is None for a in ANALYTES.values() if a.reads != "quantity")


def test_a_slip_by_a_thousand_is_never_plausible_for_vegf():
    low, high = ANALYTES["vegf"].plausible
    assert Decimal(high) < 1000 * 96 * 2
    assert Decimal("1.45") < low
