"""From a file to the record: what is new, the same, corrected and refused, and that twice changes nothing."""

from datetime import timedelta
from decimal import Decimal

from accounts.scope import enter_hospital
from monitoring.imports.actions import batches
from monitoring.imports.actions.claims import MOST_ATTEMPTS
from monitoring.imports.models import Batch, BatchFile, Status
from monitoring.imports.sweeping import sweep
from monitoring.imports.working import Outcome
from monitoring.results.models import Result, State
from tests.monitoring.entries import entry, recorded
from tests.monitoring.imports.files import HEADER, ROW, again, checked, imported, reasons, table, worked
from tests.personas import NOW, House, registered

CORRECTED = ROW.replace("1450", "1400")


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


def test_another_value_from_the_same_source_is_a_correction_that_history_keeps(house: House) -> None:
    registered(house.alice)
    imported(table(), house.alice)
    batch = checked(table(CORRECTED), house.alice)
    assert reasons(batch, "corrected") == ["1450 pg/mL becomes 1400 pg/mL"]
    imported(table(CORRECTED), house.alice)
    result = Result.objects.get()
    assert (result.value, result.state, result.version) == (Decimal(1400), State.CORRECTED, 2)
    assert [event.value for event in result.history.order_by("pgh_id")] == [Decimal(1450), Decimal(1400)]


def test_another_value_from_another_source_is_another_result(house: House) -> None:
    registered(house.alice)
    imported(table(), house.alice)
    assert imported(table(CORRECTED), house.alice, source="Laboratory B").counts["new"] == 1
    assert Result.objects.count() == 2


def test_what_was_corrected_by_hand_is_not_undone_by_the_old_file(house: House) -> None:
    registered(house.alice)
    imported(table(), house.alice)
    Result.objects.update(value=1500)
    batch = imported(table(), house.alice)
    assert (batch.counts["same"], batch.counts["changed_since"], batch.counts["new"]) == (1, 1, 0)
    assert Result.objects.get().value == Decimal(1500)


def test_what_was_entered_by_hand_is_not_imported_a_second_time(house: House) -> None:
    patient = registered(house.alice)
    recorded(patient, house.alice, entry("1450"))
    assert checked(table(), house.alice).counts["same"] == 1


def test_two_values_on_one_day_are_both_kept_and_stay_two(house: House) -> None:
    registered(house.alice)
    both = table(ROW, CORRECTED)
    assert imported(both, house.alice).counts["new"] == 2
    assert imported(both, house.alice).counts["same"] == 2


def test_which_of_two_values_was_corrected_is_not_guessed(house: House) -> None:
    registered(house.alice)
    imported(table(ROW, CORRECTED), house.alice)
    batch = checked(table(ROW.replace("1450", "7"), ROW.replace("1450", "8")), house.alice)
    assert batch.counts["refused"] == 2
    assert "which replaces which cannot be told" in reasons(batch)[0]


def test_the_number_of_the_laboratory_finds_the_result_it_corrects(house: House) -> None:
    registered(house.alice)
    header = f"{HEADER},Result ID"
    imported(table(f"{ROW},L-77", header=header), house.alice)
    later = ROW.replace("1450", "9").replace("2026-01-05", "2026-01-06")
    assert imported(table(f"{later},L-77", header=header), house.alice).counts["corrected"] == 1
    result = Result.objects.get()
    assert (result.value, str(result.collected_on), result.source_id) == (Decimal(9), "2026-01-06", "L-77")


def test_the_same_number_of_the_laboratory_with_two_contents_is_refused(house: House) -> None:
    registered(house.alice)
    content = table(f"{ROW},L-77", f"{CORRECTED},L-77", header=f"{HEADER},Result ID")
    assert checked(content, house.alice).counts["refused"] == 2


def test_a_person_who_may_no_longer_change_records_imports_nothing(house: House) -> None:
    registered(house.alice)
    batch = checked(table(), house.alice)
    batches.ask_import(batch=batch, accept_unusual=False, by=house.alice, now=NOW)
    house.alice.is_active = False
    house.alice.save()
    assert worked(batch, house.a) == Outcome.UNWORKABLE
    assert (again(batch).status, Result.objects.count()) == (Status.CHECKED, 0)
    assert "may no longer change records" in again(batch).trouble


def test_a_task_that_comes_again_does_nothing(house: House) -> None:
    registered(house.alice)
    batch = imported(table(), house.alice)
    assert worked(batch, house.a) == Outcome.NOTHING_TO_DO
    assert Result.objects.count() == 1


def test_a_step_that_kills_its_workers_is_given_up(house: House) -> None:
    registered(house.alice)
    batch = checked(table(), house.alice)
    batches.ask_import(batch=batch, accept_unusual=False, by=house.alice, now=NOW)
    Batch.objects.update(attempts=MOST_ATTEMPTS)
    assert worked(batch, house.a) == Outcome.NOTHING_TO_DO
    assert "three times" in again(batch).trouble


def test_the_sweep_finds_what_waits_and_removes_old_files(house: House) -> None:
    registered(house.alice)
    batch = checked(table(), house.alice)
    batches.ask_import(batch=batch, accept_unusual=False, by=house.alice, now=NOW)
    assert [one.batch_id for one in sweep(now=NOW + timedelta(minutes=5))] == [batch.pk]
    worked(batch, house.a)
    list(sweep(now=NOW + timedelta(days=40)))
    enter_hospital(house.a.pk)
    assert not BatchFile.objects.exists()
    assert Result.objects.count() == 1
