"""Rows that cannot be taken, each with the sentence that says what is allowed; no unit is ever guessed."""

from decimal import Decimal

import pytest

from monitoring.imports.models import Status
from monitoring.results.models import Result
from tests.monitoring.imports.files import again, checked, imported, many_rows, reasons, table, workbook
from tests.personas import House, registered

ROW = "A-1001,VEGF,1450,pg/mL,Plasma,2026-01-05,Laboratory A"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pg/mL", "", "None is assumed"),
        ("pg/mL", "PG/ML", "does not fit VEGF"),
        ("pg/mL", "g/dL", "does not fit VEGF"),
        ("Plasma", "", "No specimen is given"),
        ("Plasma", "Urine", "not measured in"),
        ("1450", "", "no value; zero is written as 0"),
        ("1450", "-5", "negative"),
        ("1450", "1.450", "can be 1450 or 1.45,"),
        ("1450", "5-9", "is a range"),
        ("1450", "=1+1", "is not a number"),
        ("A-1001", "B-9", "No patient of this hospital"),
        ("A-1001", "", "names no patient"),
        ("2026-01-05", "", "no day of collection"),
        ("2026-01-05", "2126-01-05", "lies in the future"),
        ("2026-01-05", "1976-01-05", "before the patient was born"),
        ("2026-01-05", "2026-02-29", "does not exist"),
        ("2026-01-05", "05/01/2026", "can be 5 January or 1 May"),
        ("Laboratory A", "Laboratory A,extra", "8 cells, the header 7"),
        (",Laboratory A", "", "6 cells, the header 7"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_the_reason(
    house: House, old: str, new: str, said: str
) -> None:
    registered(house.alice)
    batch = checked(table(ROW.replace(old, new)), house.alice)
    assert batch.counts["refused"] == 1
    assert any(said in reason for reason in reasons(batch)), reasons(batch)


@pytest.mark.parametrize(
    ("value", "unit", "kept"),
    [
        ("0", "pg/mL", ("", Decimal(0), "pg/mL")),
        ("<20", "pg/mL", ("<", Decimal(20), "pg/mL")),
        ("≥ 2000", "ng/L", (">=", Decimal(2000), "ng/L")),
        ("1.5", "µg/L", ("", Decimal("1.5"), "ug/L")),
        ("1.5", "\u03bcg/L", ("", Decimal("1.5"), "ug/L")),
    ],
)
def test_values_and_units_are_kept_as_reported(
    house: House, value: str, unit: str, kept: tuple[str, Decimal, str]
) -> None:
    registered(house.alice)
    imported(table(ROW.replace("1450", value).replace("pg/mL", unit)), house.alice, accept_unusual=True)
    result = Result.objects.get()
    assert (result.comparator, result.value, result.unit) == kept


@pytest.mark.parametrize(("unit", "code"), [("G/L", "10*9/L"), ("10^9/L", "10*9/L"), ("K/µL", "10*3/uL")])
def test_cells_are_counted_in_the_units_of_counts(house: House, unit: str, code: str) -> None:
    registered(house.alice)
    imported(table(f"A-1001,Platelets,250,{unit},Blood,2026-01-05,Laboratory A"), house.alice)
    assert Result.objects.get().unit == code


def test_the_year_alone_is_kept_as_a_year(house: House) -> None:
    registered(house.alice)
    imported(table(ROW.replace("2026-01-05", "2019")), house.alice)
    result = Result.objects.get()
    assert (result.collected_precision, str(result.collected_on)) == ("year", "2019-01-01")


def test_another_number_of_the_file_settles_a_doubtful_one(house: House) -> None:
    registered(house.alice)
    rows = ['A-1001,VEGF,"1,450",pg/mL,Plasma,2026-01-05,A', "A-1001,VEGF,12.5,pg/mL,Plasma,2026-01-06,A"]
    imported(table(*rows), house.alice)
    assert sorted(Result.objects.values_list("value", flat=True)) == [Decimal("12.5"), Decimal(1450)]


def test_a_record_number_that_lost_its_zeros_is_not_guessed(house: House) -> None:
    registered(house.alice, record_number="001001")
    header = ["Patient", "Analyte", "Value", "Unit", "Specimen", "Date"]
    batch = checked(workbook(header, [1001, "VEGF", 1450, "pg/mL", "Plasma", "2026-01-05"]), house.alice)
    assert "one has 001001" in reasons(batch)[0]


def test_a_number_cell_of_a_spreadsheet_has_one_reading(house: House) -> None:
    registered(house.alice)
    header = ["Patient", "Analyte", "Value", "Unit", "Specimen", "Date"]
    content = workbook(header, ["A-1001", "VEGF", 1.234, "ng/mL", "Plasma", "2026-01-05"])
    imported(content, house.alice)
    assert Result.objects.get().value == Decimal("1.234")


def test_an_unusual_value_is_only_imported_when_it_was_looked_at(house: House) -> None:
    registered(house.alice)
    content = table(ROW.replace("1450", "1450000"), ROW.replace("01-05", "01-06"))
    assert imported(content, house.alice).counts["refused"] == 1
    assert imported(content, house.alice, accept_unusual=True).counts["new"] == 1
    assert Result.objects.count() == 2


def test_the_rows_of_another_patient_are_refused_on_a_patients_page(house: House) -> None:
    patient = registered(house.alice)
    registered(house.alice, record_number="A-2")
    batch = checked(table(ROW, ROW.replace("A-1001", "A-2")), house.alice, patient=patient)
    assert (batch.counts["new"], batch.counts["refused"]) == (1, 1)


def test_five_thousand_rows_with_37_bad_ones_are_repaired_and_imported_again(house: House) -> None:
    for number in range(50):
        registered(house.alice, record_number=f"A-{1001 + number}", birth_date="1950-01-01")
    first = imported(table(*many_rows(5000, 50, bad=37)), house.alice)
    assert (first.status, first.counts["new"], first.counts["refused"]) == (Status.IMPORTED, 4963, 37)
    second = imported(table(*many_rows(5000, 50)), house.alice)
    assert (second.counts["new"], second.counts["same"], second.counts["refused"]) == (37, 4963, 0)
    assert Result.objects.count() == 5000
    assert again(first).findings.filter(kind="refused").count() == 37
