"""From a file to the record: what is new, the same, corrected and refused, and that twice changes nothing."""

from decimal import Decimal

from monitoring.imports.models import Status
from monitoring.results.models import Result, State
from tests.monitoring.imports.files import checked, imported, table
from tests.personas import House, registered


def test_a_checked_file_has_changed_nothing(house: House) -> None:
    registered(house.alice)
    batch = checked(table(), house.alice)
    assert (batch.status, batch.counts["new"]) == (Status.CHECKED, 1)
    assert Result.objects.count() == 0


def test_a_row_becomes_a_result_with_all_it_says(house: House) -> None:
    patient = registered(house.alice)
    assert imported(table(), house.alice).status == Status.IMPORTED
    result = Result.objects.get()
    assert (result.patient_id, result.analyte, result.value, result.unit) == (
        patient.pk,
        "vegf",
        Decimal(1450),
        "pg/mL",
    )
    assert (result.specimen, result.laboratory, str(result.collected_on)) == (
        "plasma",
        "Laboratory A",
        "2026-01-05",
    )
    assert (result.source, result.state, result.recorded_by) == ("import", State.FINAL, house.alice.user)


def test_history_names_the_person_who_imported(house: House) -> None:
    registered(house.alice)
    imported(table(), house.alice)
    event = Result.objects.get().history.get()
    assert event.pgh_context["actor"] == str(house.alice.user_id)


def test_importing_twice_changes_nothing(house: House) -> None:
    registered(house.alice)
    imported(table(), house.alice)
    second = imported(table(), house.alice)
    assert (second.counts["new"], second.counts["same"], second.counts["corrected"]) == (0, 1, 0)
    assert Result.objects.get().version == 1
