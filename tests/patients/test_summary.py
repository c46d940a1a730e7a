"""The summary is what the record says, whatever was written in which order."""

from dataclasses import asdict
from datetime import date
from uuid import uuid4

import pytest
from django.core.management import call_command

from accounts.scope import enter_hospital
from monitoring.alerts.actions import readings
from patients.actions import record, summary
from patients.models import Patient, PatientSummary
from patients.presenters import identity_strip
from patients.queries.standing import standing_of
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import NOW, House, registered

CLEAR = {
    "bone_lesion_count": 2,
    "clonal_marrow_plasma_cells": False,
    "diffuse_bone_lesions": False,
    "whole_body_imaging": True,
}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def found(house: House, patient: Patient, **values: object) -> PatientSummary:
    values = {"assessed_on": date(2026, 4, 1)} | values
    record.assess_extent(patient=patient, values=values, submission=uuid4(), by=house.alice, now=NOW)
    return PatientSummary.objects.get(patient=patient)


def treated(house: House, patient: Patient, **values: object) -> PatientSummary:
    record.give_treatment(patient=patient, values=values, submission=uuid4(), by=house.alice, now=NOW)
    return PatientSummary.objects.get(patient=patient)


def test_a_new_patient_has_no_extent_and_no_line(patient: Patient) -> None:
    strip = identity_strip(patient, on=NOW.date())
    assert (strip.extent, strip.line, strip.month) == ("", "", None)


def test_two_lesions_and_a_clear_marrow_are_localized(house: House, patient: Patient) -> None:
    assert found(house, patient, **CLEAR).extent == "localized"


def test_an_assessment_that_leaves_the_marrow_open_is_undetermined(house: House, patient: Patient) -> None:
    assert found(house, patient, **CLEAR | {"clonal_marrow_plasma_cells": None}).extent == "undetermined"


def test_no_lesion_after_radiation_alone_is_not_a_disease_without_lesions(
    house: House, patient: Patient
) -> None:
    treated(
        house, patient, kind="radiation", name="50 Gy", started_on=date(2026, 1, 1), ended_on=date(2026, 2, 1)
    )
    assert found(house, patient, **CLEAR | {"bone_lesion_count": 0}).extent == "undetermined"


def test_induction_and_transplantation_are_one_line(house: House, patient: Patient) -> None:
    treated(
        house,
        patient,
        kind="systemic",
        name="Len-dex",
        started_on=date(2025, 1, 10),
        ended_on=date(2025, 4, 10),
    )
    after = treated(house, patient, kind="asct", name="ASCT", started_on=date(2025, 5, 20))
    assert (after.line_number, after.line_name) == (1, "Len-dex → ASCT")


def test_the_strip_counts_whole_months_of_the_line(house: House, patient: Patient) -> None:
    treated(house, patient, kind="systemic", name="Len-dex", started_on=date(2026, 1, 31))
    patient.refresh_from_db()
    assert identity_strip(patient, on=date(2026, 2, 27)).month == 0
    assert identity_strip(patient, on=date(2026, 3, 31)).month == 2


def test_a_supportive_treatment_starts_no_line(house: House, patient: Patient) -> None:
    after = treated(house, patient, kind="ivig", name="Immunoglobulin", started_on=date(2026, 1, 1))
    assert after.line_number == 0


def test_the_rebuilt_summary_equals_the_stored_one(house: House, patient: Patient) -> None:
    treated(house, patient, kind="systemic", name="Len-dex", started_on=date(2026, 1, 31))
    stored = asdict(standing_of(patient, on=NOW.date()))
    PatientSummary.objects.update(extent="localized", line_number=0, line_name="", line_started_on=None)
    call_command("rebuild_summaries")
    enter_hospital(house.a.pk)
    rebuilt = PatientSummary.objects.get(patient=patient)
    assert {name: getattr(rebuilt, name) for name in stored} == stored


def test_the_rebuilt_day_of_the_oldest_overdue_item_equals_the_stored_one(
    house: House, patient: Patient
) -> None:
    later = item(earliest=date(2026, 8, 1), due=date(2026, 9, 1), latest=date(2026, 10, 1))
    planned(house.alice, later, patient=patient)
    planned(house.alice, patient=patient)
    waiting = registered(house.alice, record_number="A-2")
    stored = set(PatientSummary.objects.values_list("patient", "overdue_from", "overdue_title"))
    assert stored == {(patient.pk, date(2026, 7, 8), "VEGF and blood"), (waiting.pk, None, "")}
    PatientSummary.objects.filter(patient=patient).update(overdue_from=None, overdue_title="")
    PatientSummary.objects.filter(patient=waiting).update(overdue_from=date(2020, 1, 1))
    call_command("rebuild_summaries")
    enter_hospital(house.a.pk)
    assert set(PatientSummary.objects.values_list("patient", "overdue_from", "overdue_title")) == stored


def test_the_rebuilt_alerts_equal_the_stored_ones(house: House, patient: Patient) -> None:
    treated(
        house,
        patient,
        kind="radiation",
        name="50 Gy",
        started_on=date(2025, 9, 1),
        ended_on=date(2025, 9, 30),
    )
    waiting = registered(house.alice, record_number="A-2")
    readings.read_next(hospital_id=house.a.pk, now=NOW)
    columns = ("patient", "worst_alert", "alert_count", "alert_rule", "alert_since", "alert_urgency")
    stored = set(PatientSummary.objects.values_list(*columns))
    assert {row[:2] for row in stored} == {(patient.pk, "critical"), (waiting.pk, "")}
    empty = {
        "worst_alert": "",
        "alert_count": 0,
        "alert_rule": "",
        "alert_since": None,
        "alert_urgency": None,
    }
    PatientSummary.objects.update(**empty)
    call_command("rebuild_summaries")
    enter_hospital(house.a.pk)
    assert set(PatientSummary.objects.values_list(*columns)) == stored


def test_refreshing_twice_changes_nothing(house: House, patient: Patient) -> None:
    first = found(house, patient, **CLEAR)
    second = summary.refresh(patient=patient, now=NOW)
    assert (second.extent, second.line_number) == (first.extent, first.line_number)
