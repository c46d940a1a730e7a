"""The history of a record: every table, every field, and taking a change back."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import Membership
from accounts.scope import hospital_scope
from monitoring.course.models import ResponseDecision
from monitoring.follow_ups.models import FollowUpStatus
from monitoring.results.actions import moves, results
from monitoring.results.models import Result
from monitoring.results.models.moves import MovedKind
from patients.actions import record
from patients.models import Patient, PatientRow, TeamRole, Treatment
from poems_site.pages.history import queries
from poems_site.pages.history.queries import Place, page_of_changes
from poems_site.pages.history.tables import history_tables
from tests.monitoring.entries import entry, recorded
from tests.personas import NOW, House, build_house, registered
from tests.teams import on_team
from treatment.models import ChoiceEvent, Plan

# Rows that are only ever added need no history of their own.
NEVER_CHANGE = {ChoiceEvent, FollowUpStatus, ResponseDecision}
RADIATION: dict[str, Any] = {
    "kind": "radiation",
    "name": "50 Gy to T9",
    "started_on": date(2026, 1, 5),
    "ended_on": date(2026, 2, 9),
    "intent": "definitive",
}


def irradiated(patient: Patient, by: Membership, **changes: Any) -> Treatment:
    return record.give_treatment(
        patient=patient, values=RADIATION | changes, submission=uuid4(), by=by, now=NOW
    )


def corrected(treatment: Treatment, by: Membership, **values: Any) -> Treatment:
    return record.correct_treatment(
        treatment=treatment, values=values, expected_version=treatment.version, by=by, now=NOW
    )


def states_of(treatment: Treatment) -> list[int]:
    """The numbers of the states in the history, oldest first."""
    events = history_tables()["treatment"].events._default_manager
    return list(events.filter(pgh_obj_id=treatment.pk).order_by("pgh_id").values_list("pgh_id", flat=True))


def restore_address(patient: Patient, treatment: Treatment, state: int) -> str:
    return f"/patients/{patient.pk}/history/treatment/{treatment.pk}/restore/{state}/"


def test_every_table_about_patients_has_a_history() -> None:
    tracked = {table.model for table in history_tables().values()}
    about_patients = {model for model in apps.get_models() if issubclass(model, PatientRow)}
    assert about_patients - NEVER_CHANGE <= tracked


def test_a_change_names_person_field_old_and_new_value(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    form = {
        "record_number": "A-1001", "given_name": "Maria", "family_name": "Müller", "birth_date": "1977-02-14",
        "sex": "female", "version": "1",
    }  # fmt: skip
    alice.post(f"/patients/{patient.pk}/edit/", form)
    page = alice.get(f"/patients/{patient.pk}/history/").content.decode()
    assert "Family name: Schulz → <strong>Müller</strong>" in page
    assert "Alice Amann" in page


def test_who_looked_has_a_page_of_its_own(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    alice.get(f"/patients/{patient.pk}/")
    assert "looked at the overview" in alice.get(f"/patients/{patient.pk}/history/views/").content.decode()


def test_changes_of_every_part_stand_in_one_list(house: House) -> None:
    patient = registered(house.alice)
    corrected(irradiated(patient, house.alice), house.alice, name="45 Gy to T9")
    whats = [change.what for change in page_of_changes(patient).changes]
    assert sorted(what.partition(",")[0] for what in whats) == ["Patient", *["Treatment: Radiation"] * 2]


def test_the_newest_change_stands_on_top(committing_database: str) -> None:
    house = build_house()
    with hospital_scope(house.a.pk, actor="first"):
        patient = registered(house.alice)
    with hospital_scope(house.a.pk, actor="second"):
        irradiated(patient, house.alice)
    with hospital_scope(house.a.pk, actor="reader"):
        assert [change.table.key for change in page_of_changes(patient).changes] == ["treatment", "patient"]


def test_the_list_can_be_narrowed_to_one_part(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    irradiated(patient, house.alice)
    page = alice.get(f"/patients/{patient.pk}/history/?kind=treatment").content.decode()
    assert "Treatment: Radiation" in page
    assert "Record number" not in page


def test_pages_follow_each_other_without_gap_or_repeat(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = registered(house.alice)
    treatment = irradiated(patient, house.alice)
    for dose in range(40, 45):
        treatment = corrected(treatment, house.alice, name=f"{dose} Gy")
    everything = [(c.table.key, c.event_id) for c in page_of_changes(patient).changes]
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    walked, after = [], None
    while True:
        page = page_of_changes(patient, after=after)
        walked += [(c.table.key, c.event_id) for c in page.changes]
        after = page.older and Place.read(str(page.older))
        if after is None:
            break
    assert walked == everything


@pytest.mark.parametrize("text", ["", "x", "2026-01-01~treatment~1", "2026-13-01T00:00Z~treatment~1", "~~"])
def test_a_place_that_is_none_shows_the_first_page(house: House, alice: Client, text: str) -> None:
    patient = registered(house.alice)
    response = alice.get(f"/patients/{patient.pk}/history/", {"after": text})
    assert "Record number" in response.content.decode()


def test_changes_of_other_patients_are_not_in_the_list(house: House) -> None:
    patient = registered(house.alice)
    other = registered(house.alice, record_number="A-2")
    irradiated(other, house.alice)
    assert {change.table.key for change in page_of_changes(patient).changes} == {"patient"}


def test_one_entry_shows_its_states_and_marks_the_one_that_stands(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    treatment = corrected(irradiated(patient, house.alice), house.alice, name="45 Gy")
    page = alice.get(f"/patients/{patient.pk}/history/treatment/{treatment.pk}/").content.decode()
    assert "50 Gy to T9 → <strong>45 Gy</strong>" in page
    assert page.count("stands now") == 1


def test_one_field_can_be_followed_alone(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    treatment = corrected(irradiated(patient, house.alice), house.alice, name="45 Gy")
    corrected(treatment, house.alice, stop_reason="completed")
    page = alice.get(f"/patients/{patient.pk}/history/treatment/{treatment.pk}/?field=stop_reason")
    assert "Completed" in page.content.decode()
    assert "→ <strong>45 Gy</strong>" not in page.content.decode()


def test_restoring_writes_the_earlier_state_as_a_new_change(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    treatment = corrected(irradiated(patient, house.alice), house.alice, name="45 Gy")
    first = states_of(treatment)[0]
    alice.post(restore_address(patient, treatment, first), {"version": "2"})
    restored = Treatment.objects.get(pk=treatment.pk)
    assert (restored.name, restored.version) == ("50 Gy to T9", 3)
    assert len(states_of(treatment)) == 3


def test_before_restoring_one_sees_what_would_change(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    treatment = corrected(irradiated(patient, house.alice), house.alice, name="45 Gy")
    page = alice.get(restore_address(patient, treatment, states_of(treatment)[0])).content.decode()
    assert "45 Gy" in page
    assert "<strong>50 Gy to T9</strong>" in page


def test_a_double_click_restores_once(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    treatment = corrected(irradiated(patient, house.alice), house.alice, name="45 Gy")
    address = restore_address(patient, treatment, states_of(treatment)[0])
    for _ in range(2):
        alice.post(address, {"version": "2"})
    assert len(states_of(treatment)) == 3


def test_somebody_elses_change_meanwhile_is_not_overwritten(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    treatment = corrected(irradiated(patient, house.alice), house.alice, name="45 Gy")
    first = states_of(treatment)[0]
    corrected(treatment, house.alice, name="46 Gy")
    response = alice.post(restore_address(patient, treatment, first), {"version": "2"})
    assert response.status_code == 422
    assert "46 Gy" in response.content.decode()
    assert Treatment.objects.get(pk=treatment.pk).name == "46 Gy"


def test_a_state_that_contradicts_another_entry_is_refused_in_words(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    moved = corrected(
        irradiated(patient, house.alice),
        house.alice,
        started_on=date(2026, 3, 1),
        ended_on=date(2026, 4, 1),
    )
    irradiated(patient, house.alice)
    response = alice.post(restore_address(patient, moved, states_of(moved)[0]), {"version": "2"})
    assert response.status_code == 422
    assert "contradicts another entry" in response.content.decode()


@pytest.mark.parametrize("row", ["0", "99999", "x", "1" * 30, "treatment"])
def test_an_entry_that_is_none_of_the_patients_is_not_found(house: House, alice: Client, row: str) -> None:
    patient = registered(house.alice)
    assert alice.get(f"/patients/{patient.pk}/history/treatment/{row}/").status_code == 404


def test_an_entry_of_another_patient_is_not_found_here(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    other = irradiated(registered(house.alice, record_number="A-2"), house.alice)
    assert alice.get(f"/patients/{patient.pk}/history/treatment/{other.pk}/").status_code == 404
    assert alice.post(restore_address(patient, other, states_of(other)[0])).status_code == 404


def test_the_list_needs_few_queries_however_many_parts_changed(
    house: House, django_assert_max_num_queries: Any
) -> None:
    patient = registered(house.alice)
    for days in range(4):
        irradiated(patient, house.alice, name=f"field {days}")
    with django_assert_max_num_queries(7):
        page_of_changes(patient)


def test_a_result_never_becomes_preliminary_again(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    [result] = recorded(patient, house.alice, entry(state="preliminary"))
    results.correct(result=result, entry=entry(state="final"), expected_version=1, by=house.alice)
    first = history_tables()["result"].events._default_manager.order_by("pgh_id").first()
    address = f"/patients/{patient.pk}/history/result/{result.pk}/restore/{first.pgh_id}/"
    response = alice.post(address, {"version": "2"})
    assert response.status_code == 422
    assert "contradicts" in response.content.decode()


def test_a_signed_plan_is_amended_and_never_restored() -> None:
    assert not history_tables()["plan"].restorable(Plan(version=2))


def test_a_value_of_a_neurologic_assessment_is_corrected_with_it() -> None:
    assert not history_tables()["result"].restorable(Result(assessment_id=1))


def test_both_histories_of_a_moved_result_say_which_it_was_and_whose(house: House) -> None:
    wrong, right = registered(house.alice), registered(house.alice, record_number="A-2", given_name="Mona")
    [result] = recorded(wrong, house.alice)
    moves.move(
        kind=MovedKind.RESULT,
        row_id=result.pk,
        patient=wrong,
        to=right,
        reason="Wrong label",
        expected_version=1,
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )
    left = [change for change in page_of_changes(wrong).changes if change.table.key == "move"]
    arrived = page_of_changes(right).changes
    assert [change.what for change in left] == ["VEGF, 5 January 2026: moved to another patient"]
    assert {field.new for field in left[0].fields} >= {"A-2, Mona Schulz", "Wrong label"}
    [moved] = [change for change in arrived if change.table.key == "result"]
    assert ("A-1001, Maria Schulz", "A-2, Mona Schulz") in {(field.old, field.new) for field in moved.fields}


def test_the_history_of_the_identity_itself_opens(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    assert alice.get(f"/patients/{patient.pk}/history/patient/{patient.pk}/").status_code == 200


def test_another_patients_identity_is_no_row_of_this_history(house: House, alice: Client) -> None:
    patient, other = registered(house.alice), registered(house.alice, record_number="A-1002")
    assert alice.get(f"/patients/{patient.pk}/history/patient/{other.pk}/").status_code == 404


def test_a_member_of_the_team_is_named_in_the_history(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    on_team(patient, house.alice, TeamRole.COORDINATOR)
    page = alice.get(f"/patients/{patient.pk}/history/").content.decode()
    assert "Care team member: Alice Amann" in page


def test_nothing_in_the_history_is_called_by_the_name_of_a_class() -> None:
    nouns = {table.noun for table in history_tables().values()}
    assert nouns.isdisjoint({"follow up", "pet scan", "match", "answer", "document"})
