"""Two records of one person become one; within thirty days exactly what was moved goes back."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from accounts.scope import enter_hospital
from accounts.trail.models import AccessEvent
from accounts.trail.queries import about_patients
from monitoring.follow_ups.models import FollowUp
from monitoring.reminders.sweeping import sweep
from patients.closed import RecordClosedError
from patients.models import Care, Merge, Patient, PatientSummary, Treatment
from patients.queries import records_of
from poems_site.workflows import merge, tables
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.builders import DUE_MORNING
from tests.personas import NOW, House, registered, signed_in
from tests.workflows.builders import a_treatment, died, merged, open_draft
from treatment.models import Draft


@pytest.fixture
def kept(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def closed(house: House) -> Patient:
    return registered(house.alice, record_number="A-2002", given_name="Marie")


def rows_of(*patients: Patient) -> dict[str, list[tuple[Any, UUID]]]:
    """By table, each row's key and whose it is."""
    return {
        tables.label(model): sorted(
            (str(key), owner)
            for key, owner in model._default_manager.filter(patient__in=patients).values_list("pk", "patient")
        )
        for model in tables.tables_that_move()
    }


def test_every_row_moves_and_the_other_record_closes(house: House, kept: Patient, closed: Patient) -> None:
    a_treatment(closed, house.alice)
    item = planned(house.alice, patient=closed)
    open_draft(closed, house.alice)
    merged(kept, closed, house.alice)
    for model in (Treatment, FollowUp, Draft):
        assert model.objects.get().patient_id == kept.pk
    closed.refresh_from_db()
    assert (closed.care, closed.merged_into, closed.care_ended_by) == (Care.MERGED, kept, house.alice.user)
    assert item.statuses.get().patient_id == kept.pk


def test_summaries_follow(house: House, kept: Patient, closed: Patient) -> None:
    a_treatment(closed, house.alice)
    planned(house.alice, patient=closed)
    merged(kept, closed, house.alice)
    shown = {row.patient_id: (row.line_number, row.overdue_from) for row in PatientSummary.objects.all()}
    assert shown == {kept.pk: (1, date(2026, 7, 8)), closed.pk: (0, None)}


def test_an_overlapping_treatment_stays_with_the_closed_record(
    house: House, kept: Patient, closed: Patient
) -> None:
    for patient in (kept, closed):
        a_treatment(patient, house.alice)
    a_treatment(closed, house.alice, name="Melphalan-dex")
    seen = merge.preview(kept=kept, closed=closed, by=house.alice, now=NOW)
    merged(kept, closed, house.alice)
    assert [len(seen.moved[Treatment]), len(seen.stayed[Treatment])] == [1, 1]
    assert Treatment.objects.of(kept).count() == 2
    assert Treatment.objects.of(closed).get().name == "Len-dex"


def test_of_two_open_drafts_one_stays_with_its_answers(house: House, kept: Patient, closed: Patient) -> None:
    for patient in (kept, closed):
        open_draft(patient, house.alice)
    merged(kept, closed, house.alice)
    assert Draft.objects.of(closed).count() == 1


def test_the_preview_changes_nothing(house: House, kept: Patient, closed: Patient) -> None:
    a_treatment(closed, house.alice)
    before = rows_of(kept, closed)
    events = closed.history.count()
    merge.preview(kept=kept, closed=closed, by=house.alice, now=NOW)
    closed.refresh_from_db()
    assert (rows_of(kept, closed), closed.history.count()) == (before, events)
    assert (closed.care, Merge.objects.count()) == (Care.IN_CARE, 0)


def test_what_was_written_since_the_preview_is_shown_first(
    house: House, kept: Patient, closed: Patient
) -> None:
    seen = merge.preview(kept=kept, closed=closed, by=house.alice, now=NOW)
    a_treatment(closed, house.alice)
    with pytest.raises(merge.ChangedMeanwhileError):
        merged(kept, closed, house.alice, seen=seen.fingerprint)
    closed.refresh_from_db()
    assert closed.is_in_care


def test_a_double_click_merges_once(house: House, kept: Patient, closed: Patient) -> None:
    submission = uuid4()
    first, second = (merged(kept, closed, house.alice, submission=submission) for _ in range(2))
    assert first == second
    assert Merge.objects.count() == 1


def test_a_record_that_is_merged_already_is_not_merged_again(
    house: House, kept: Patient, closed: Patient
) -> None:
    other = registered(house.alice, record_number="A-3003")
    merged(kept, closed, house.alice)
    with pytest.raises(RecordClosedError):
        merged(other, closed, house.alice, seen="anything")


def test_somebody_who_died_is_not_merged(house: House, kept: Patient, closed: Patient) -> None:
    died(closed, house.alice)
    with pytest.raises(RecordClosedError, match="Died 3 May 2026"):
        merge.preview(kept=kept, closed=closed, by=house.alice, now=NOW)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    names=st.lists(
        st.tuples(st.booleans(), st.sampled_from(["Len-dex", "VRd"]), st.integers(0, 5)), max_size=6
    ),
    drafts=st.tuples(st.booleans(), st.booleans()),
    items=st.integers(0, 2),
)
def test_a_merge_taken_back_leaves_every_row_where_it_was(
    house: House, names: list[tuple[bool, str, int]], drafts: tuple[bool, bool], items: int
) -> None:
    """Whatever overlaps and whatever is open in both."""
    one, two = (registered(house.alice, record_number=f"R-{uuid4().hex[:8]}") for _ in range(2))
    taken = set()
    for first, name, month in names:
        if (first, name, month) not in taken:
            taken.add((first, name, month))
            day = date(2025, 1, 1) + timedelta(days=31 * month)
            a_treatment(
                one if first else two,
                house.alice,
                name=name,
                started_on=day,
                ended_on=day + timedelta(days=20),
            )
    for patient, has_draft in zip((one, two), drafts, strict=True):
        if has_draft:
            open_draft(patient, house.alice)
    for _ in range(items):
        planned(house.alice, patient=two)
    before = rows_of(one, two)
    done = merged(one, two, house.alice)
    merge.undo(merge=done, by=house.alice, now=NOW)
    two.refresh_from_db()
    assert rows_of(one, two) == before
    assert (two.care, two.merged_into, two.is_in_care) == (Care.IN_CARE, None, True)


def test_what_was_written_after_the_merge_stays(house: House, kept: Patient, closed: Patient) -> None:
    a_treatment(closed, house.alice)
    done = merged(kept, closed, house.alice)
    later = a_treatment(kept, house.alice, name="VRd")
    merge.undo(merge=done, by=house.alice, now=NOW)
    assert Treatment.objects.of(kept).get() == later
    assert Treatment.objects.of(closed).get().name == "Len-dex"


def test_taking_back_twice_is_once(house: House, kept: Patient, closed: Patient) -> None:
    done = merged(kept, closed, house.alice)
    for _ in range(2):
        merge.undo(merge=done, by=house.alice, now=NOW)
    assert Merge.objects.get().undone_by == house.alice.user


@pytest.mark.parametrize(("days", "possible"), [(30, True), (31, False)])
def test_a_merge_is_taken_back_within_thirty_days(
    house: House, kept: Patient, closed: Patient, days: int, possible: bool
) -> None:
    done = merged(kept, closed, house.alice)
    assert merge.may_be_undone(done, kept, now=NOW + timedelta(days=days)) is possible


def test_of_two_merges_the_newer_one_is_taken_back_first(
    house: House, kept: Patient, closed: Patient
) -> None:
    last = registered(house.alice, record_number="A-3003")
    first = merged(kept, closed, house.alice)
    merged(last, kept, house.alice)
    with pytest.raises(merge.TooLateError):
        merge.undo(merge=first, by=house.alice, now=NOW)


def test_the_kept_record_tells_who_looked_at_either(house: House, kept: Patient, closed: Patient) -> None:
    signed_in(house.alice).get(f"/patients/{closed.pk}/")
    enter_hospital(house.a.pk)
    merged(kept, closed, house.alice)
    assert AccessEvent.objects.get().patient_id == closed.pk
    assert [look.address for look in about_patients(records_of(kept))] == ["patients:overview"]


def test_follow_ups_of_a_closed_record_raise_nothing(house: House, kept: Patient, closed: Patient) -> None:
    planned(house.alice, patient=closed)
    Patient.objects.filter(pk=closed.pk).update(
        care=Care.MERGED, care_ended_at=NOW, care_ended_by=house.alice.user, merged_into=kept
    )
    assert list(sweep(now=DUE_MORNING)) == []


def test_a_merged_record_takes_no_change(house: House, kept: Patient, closed: Patient) -> None:
    merged(kept, closed, house.alice)
    response = signed_in(house.alice).post(f"/patients/{closed.pk}/treatments/add/", {})
    assert response.status_code == 409
    assert f'href="/patients/{kept.pk}/"' in response.content.decode()


@pytest.mark.parametrize("table", ["trail_accessevent", "patients_patientevent", "accounts_user"])
def test_the_owners_function_moves_rows_of_patients_only(
    house: House, kept: Patient, closed: Patient, table: str
) -> None:
    done = merged(kept, closed, house.alice)
    with (
        pytest.raises(ProgrammingError, match="do not move"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT poems_move_rows(%s, %s::regclass, 'id', '{}', false)", [done.pk, table])


def test_the_owners_function_knows_no_merge_of_another_hospital(
    house: House, kept: Patient, closed: Patient
) -> None:
    done = merged(kept, closed, house.alice)
    enter_hospital(house.b.pk)
    with (
        pytest.raises(ProgrammingError, match="no such merge"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT poems_move_rows(%s, 'patients_treatment'::regclass, 'id', '{}', false)", [done.pk]
        )
