"""The walls around patient data: queryset, database, append-only history."""

from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, connection, transaction

from accounts.scope import enter_hospital
from accounts.trail.models import AccessEvent
from patients.models import Patient
from tests.personas import House, registered


def test_a_colleague_of_another_hospital_gets_404(house: House, carlos) -> None:
    patient = registered(house.alice)
    assert carlos.get(f"/patients/{patient.pk}/").status_code == 404


def test_without_the_scope_of_the_view_the_database_still_returns_nothing(house: House) -> None:
    patient = registered(house.alice)
    enter_hospital(house.b.pk)
    assert not Patient.objects.filter(pk=patient.pk).exists()


def test_a_transaction_that_names_no_hospital_sees_no_patient(house: House) -> None:
    registered(house.alice)
    enter_hospital(None)
    assert Patient.objects.count() == 0


def test_a_row_for_another_hospital_is_refused(house: House) -> None:
    patient = registered(house.alice)
    patient.hospital = house.b
    with pytest.raises(ProgrammingError, match="only an accepted transfer"), transaction.atomic():
        patient.save()


@pytest.mark.parametrize("table", ["patients_patientevent", "trail_accessevent"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET hospital_id = hospital_id", "DELETE FROM {}", "TRUNCATE {}"]
)
def test_the_application_cannot_rewrite_history(house: House, table: str, statement: str) -> None:
    registered(house.alice)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_every_table_with_a_hospital_forces_row_level_security(db: None) -> None:
    """Accounts tables are no patient data; every other table with a hospital is behind the wall.

    A calendar feed is found by its secret before any hospital is known, and says nothing about patients. What
    reviewers said of the guideline's content is read by every hospital, and says nothing about them either.
    """
    open_to_all = {"follow_ups_calendarfeed"} | {
        f"approval_{table}" for table in ("step", "stepevent", "adoption", "adoptionevent")
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('hospital_id', 'patient_id')
            WHERE c.relkind = 'r' AND c.relname NOT LIKE 'accounts\\_%' AND NOT a.attisdropped
            """
        )
        tables = dict(cursor.fetchall())
    assert tables
    assert {name for name, forced in tables.items() if not forced} == open_to_all


def test_each_opened_page_is_noted_with_person_and_page(house: House, alice) -> None:
    patient = registered(house.alice)
    alice.get(f"/patients/{patient.pk}/")
    event = AccessEvent.objects.get(patient_id=patient.pk)
    assert (event.user, event.kind, event.address) == (house.alice.user, "viewed", "patients:overview")


def test_a_change_below_the_orm_is_in_the_history(house: House) -> None:
    patient = registered(house.alice)
    Patient.objects.filter(pk=patient.pk).update(family_name="Schulze")
    assert [event.family_name for event in patient.history.order_by("pgh_id")] == ["Schulz", "Schulze"]


def test_no_header_of_the_browser_keeps_a_look_out_of_the_trail(house: House, alice) -> None:
    patient = registered(house.alice)
    alice.get(f"/patients/{patient.pk}/", headers={"hx-request": "true"})
    assert AccessEvent.objects.filter(patient_id=patient.pk).count() == 1


def test_times_on_screen_are_the_hospitals_own(house: House, alice) -> None:
    patient = registered(house.alice)
    page = alice.get(f"/patients/{patient.pk}/history/").content.decode()
    zone = ZoneInfo("Europe/Berlin")
    event = AccessEvent.objects.get(patient_id=patient.pk)
    assert f"{event.at.astimezone(zone):%H:%M}" in page
