"""Every table that knows a patient or a person has its place in merge, transfer and hand-over."""

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import User
from patients.models import Patient
from poems_site.workflows import tables

CURE = "give it a line, with its reason, in poems_site/workflows/tables.py"
CASCADES = """
    SELECT r.relname FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid
    WHERE k.confrelid = 'patients_patient'::regclass AND k.contype = 'f' AND k.confupdtype = 'c'
    AND array_length(k.conkey, 1) = 2
"""
PATIENT_TABLES = """
    SELECT DISTINCT c.relname FROM pg_class c
    JOIN pg_attribute p ON p.attrelid = c.oid AND p.attname IN ('patient_id', 'pgh_obj_id')
    JOIN pg_attribute h ON h.attrelid = c.oid AND h.attname = 'hospital_id'
    WHERE c.relkind = 'r' AND (p.attname = 'patient_id' OR c.relname = 'patients_patientevent')
"""


def rows_of(statement: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {name for (name,) in cursor.fetchall()}


def test_every_table_about_patients_moves_on_a_merge_or_says_why_it_stays() -> None:
    assert tables.unsorted_patient_tables() == [], f"make it a PatientRow, or {CURE} (STAYS_ON_MERGE)"


def test_every_column_that_names_a_person_is_a_trace_or_is_handed_over() -> None:
    assert tables.unsorted_people() == [], (
        f"end its name in _by if it says who did something, or {CURE} (ANSWERS_FOR, NO_PATIENTS)"
    )


def test_every_table_about_patients_follows_them_to_another_hospital(db: None) -> None:
    """Histories too: IsolateByHospital binds them, SameHospitalAsPatient binds the tables themselves.

    The trail of who looked stays as it is; a policy of its own shows it to whoever has the patient.
    """
    assert rows_of(PATIENT_TABLES) - rows_of(CASCADES) == {"trail_accessevent"}, (
        "end its first migration with SameHospitalAsPatient(table) and IsolateByHospital(table, event table)"
    )


@pytest.mark.parametrize("registry", [tables.STAYS_ON_MERGE, tables.ANSWERS_FOR, tables.NO_PATIENTS])
def test_no_line_of_the_registry_is_about_something_that_is_gone(registry: dict[str, str]) -> None:
    models = {tables.label(model) for model in tables.our_models()}
    columns = {
        f"{tables.label(model)}.{name}"
        for target in (User, Patient)
        for model, name in tables.foreign_keys_to(target)
    }
    assert registry.keys() - models - columns == set()


def test_rows_move_after_the_rows_they_refer_to() -> None:
    order = [tables.label(model) for model in tables.tables_that_move()]
    assert order.index("follow_ups.FollowUp") < order.index("follow_ups.FollowUpStatus")
    assert order.index("treatment.Draft") < order.index("treatment.Answer")
    assert len(order) == len(set(order))


def test_the_registry_knows_every_history_without_being_told(db: None) -> None:
    histories = {model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}
    about_patients = histories & rows_of(PATIENT_TABLES)
    assert {"patients_patientevent", "treatment_planevent"} <= about_patients <= rows_of(CASCADES)
