"""The record as a history: what was entered reads like the history written by hand."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from guideline.course import as_json, interpret, parse_history
from guideline.edition import load_edition
from guideline.json_input import read_json
from monitoring.course.queries import history_of
from monitoring.results.actions import pet
from monitoring.results.actions.pet import PetEntry
from monitoring.results.models import PetScan
from patients.models import Patient, Treatment
from tests.monitoring.entries import entry, recorded
from tests.personas import NOW, House, registered

CASES = sorted((Path(__file__).parents[2] / "guideline" / "cases" / "interpret").glob("*.json"))
EDITION = load_edition()
TODAY = date(2026, 5, 1)


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def given(patient: Patient, house: House, **fields: Any) -> Treatment:
    return Treatment.objects.create(
        patient=patient,
        hospital_id=patient.hospital_id,
        recorded_by=house.alice.user,
        recorded_at=NOW,
        submission=uuid4(),
        **fields,
    )


def scanned(patient: Patient, house: House, on: str, **fields: Any) -> PetScan:
    usual = PetEntry(
        scanned_on=date.fromisoformat(on),
        scanned_precision="day",
        tracer="fdg",
        sum_suv_max=Decimal("14.2"),
        avid_lesions=2,
        new_lesion=False,
        lesions=[],
        laboratory="",
        report="",
    )
    whole: Any = usual | fields
    return pet.record(patient=patient, entry=whole, submission=uuid4(), by=house.alice, now=NOW)


def enter(history: dict[str, Any], patient: Patient, house: House) -> None:
    """Everything of a history, as a person would enter it."""
    for one in history.get("treatments", []):
        given(
            patient,
            house,
            kind=one["kind"],
            name=one.get("name") or one["kind"],
            started_on=one["start"],
            ended_on=one.get("end"),
            **{name: one[name] for name in ("stabilized", "stabilized_on", "continues") if name in one},
            **{name: one[name] for name in ("intent", "stop_reason") if one.get(name)},
            neurotoxic=one.get("neurotoxic"),
        )
    for one in history.get("thromboprophylaxis", []):
        days = {"started_on": one["start"], "ended_on": one.get("end")}
        given(patient, house, kind="supportive", name="acetylsalicylic acid", support="antiplatelet", **days)
    for one in history.get("pet", []):
        totals = {name: one.get(name) for name in ("sum_suv_max", "avid_lesions", "new_lesion")}
        scanned(patient, house, one["date"], **totals)
    for one in history.get("observations", []):
        words = {name: one.get(name) or "" for name in ("comparator", "unit", "laboratory", "method")}
        limits = {name: one.get(name) for name in ("lower_limit", "upper_limit")}
        specimen = one.get("specimen") or "unknown"
        value = {"value": one.get("value"), "unable": bool(one.get("unable"))}
        fields: Any = {"analyte": one["analyte"], "specimen": specimen, **words, **limits, **value}
        recorded(patient, house.alice, entry(on=one["date"]) | fields)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_record_reads_like_the_history_that_was_written_by_hand(
    house: House, patient: Patient, file: Path
) -> None:
    case: Any = read_json(file.read_bytes())
    enter(case["history"], patient, house)
    as_of = date.fromisoformat(case["history"]["as_of"])
    record = history_of(patient, as_of=as_of)
    assert record.left_out == ()
    by_hand = as_json(interpret(parse_history(case["history"]), EDITION))
    assert as_json(interpret(record.parsed, EDITION)) == by_hand


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"value": None, "text": "clumped"}, "an answer in words"),
        ({"value": None, "unable": True}, "can be recorded as unable"),
        ({"unit": "mg/dL"}, "needs a unit"),
    ],
)
def test_what_the_reading_cannot_take_is_left_out_and_named(
    house: House, patient: Patient, fields: dict[str, Any], reason: str
) -> None:
    row = recorded(patient, house.alice, entry() | fields)[0]  # type: ignore[operator]
    history = history_of(patient, as_of=TODAY)
    assert history.raw["observations"] == []
    assert history.left_out[0].result_id == row.pk
    assert reason in history.left_out[0].reason


def test_a_preliminary_report_is_not_read(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry(state="preliminary"))
    assert history_of(patient, as_of=TODAY).raw["observations"] == []


def test_a_year_alone_is_read_as_its_first_day(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry(on="2024-01-01", collected_precision="year"))
    assert history_of(patient, as_of=TODAY).raw["observations"][0]["date"] == "2024-01-01"


def test_only_the_hand_examined_last_is_followed(house: House, patient: Patient) -> None:
    grip: dict[str, Any] = {"analyte": "grip_kpa", "unit": "", "specimen": "", "upper_limit": None}
    right = [entry("60", day, **grip, method="Right") for day in ("2026-01-05", "2026-02-05")]
    left = [entry("50", day, **grip, method="Left") for day in ("2026-01-05", "2026-02-05")]
    recorded(patient, house.alice, *right, *left)
    history = history_of(patient, as_of=TODAY)
    assert [one["value"] for one in history.raw["observations"]] == [60, 60]
    assert {one.reason for one in history.left_out} == {
        "examined in another way than the last time, so not compared with it"
    }


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        ({}, 1),
        ({"avid_lesions": 0, "sum_suv_max": None}, 1),
        ({"sum_suv_max": None}, 0),
        ({"avid_lesions": None}, 0),
        ({"tracer": "other"}, 0),
    ],
)
def test_a_scan_is_read_where_its_totals_are_known(
    house: House, patient: Patient, fields: dict[str, Any], read: int
) -> None:
    scanned(patient, house, "2026-01-05", **fields)
    assert len(history_of(patient, as_of=TODAY).raw["pet"]) == read


def test_immunoglobulin_and_endocrine_replacement_are_no_treatment_of_the_disease(
    house: House, patient: Patient
) -> None:
    given(patient, house, kind="ivig", name="IVIG", started_on=TODAY)
    given(patient, house, kind="supportive", name="thyroxine", support="endocrine", started_on=TODAY)
    history = history_of(patient, as_of=TODAY)
    assert [one["kind"] for one in history.raw["treatments"]] == ["supportive"]
    assert history.raw["thromboprophylaxis"] == []


def test_a_long_record_asks_the_database_three_times(
    house: House, patient: Patient, django_assert_num_queries: Any
) -> None:
    recorded(patient, house.alice, *(entry(str(value)) for value in range(100, 300)))
    with django_assert_num_queries(3):
        history_of(patient, as_of=TODAY)
