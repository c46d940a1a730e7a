"""A colleague leaves: everything they answer for has somebody else in the same moment, or nothing happens."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.access import Access
from accounts.actions.members import LastAdminError
from accounts.models import Membership, User
from accounts.roles import Role
from accounts.scope import enter_hospital
from monitoring.alerts.actions import acknowledging
from monitoring.alerts.models import Alert, AlertStep
from monitoring.follow_ups.actions.feeds import open_feed
from monitoring.follow_ups.models import CalendarFeed, FollowUp, FollowUpStatus
from monitoring.reminders.actions import pauses
from patients.actions import care_team
from patients.models import CareTeamMember, Patient
from patients.queries.care_team import team_of
from poems_site.workflows import leaving, tables
from poems_site.workflows.leaving import Part, fingerprint
from tests.monitoring.alerts.courses import BASELINE, RISE, SECOND_RISE, measured, read_on, treated
from tests.monitoring.follow_ups.builders import planned
from tests.personas import NOW, House, member, registered
from tests.teams import on_team
from tests.workflows.builders import open_draft

TODAY = NOW.date()
BEFORE = TODAY - timedelta(days=30)


@pytest.fixture
def bea(house: House) -> Membership:
    return member("Bea Berg", house.a, [Role.CLINICIAN])


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def left(house: House, to: Membership | None, **changes: object) -> leaving.Counts:
    """Ada deactivates Alice, and everything goes to one person; afterwards the rows of A can be read."""
    counts = leaving.held(house.alice, by=house.ada, on=TODAY)
    arguments = {
        "member": house.alice,
        "to": dict.fromkeys(counts, to.user) if to else {},
        "seen": fingerprint(counts),
        "by": house.ada,
        "now": NOW,
        "on": TODAY,
    }
    done = leaving.deactivate(**arguments | changes)  # type: ignore[arg-type] # the parameters' own types
    enter_hospital(house.a.pk)
    return done


def people(patient: Patient) -> list[tuple[str, str]]:
    return [(one.role, one.name) for one in team_of(patient, on=TODAY)]


def test_patients_drafts_and_follow_ups_have_somebody_else_at_once(
    house: House, patient: Patient, bea: Membership
) -> None:
    on_team(patient, house.alice, "responsible", BEFORE)
    draft = open_draft(patient, house.alice)
    item = planned(house.alice, patient=patient)
    counts = left(house, bea)
    assert counts == {Part.RESPONSIBLE: 1, Part.DRAFTS: 1, Part.FOLLOW_UPS: 1}
    draft.refresh_from_db()
    item.refresh_from_db()
    assert people(patient) == [("responsible", "Bea Berg")]
    assert (draft.held_by, item.responsible) == (bea.user, bea.user)


def test_an_alert_and_a_pause_go_over_as_well(house: House, patient: Patient, bea: Membership) -> None:
    treated(patient, house.alice)
    measured(patient, house.alice, *BASELINE, RISE, SECOND_RISE)
    alert = read_on(patient, "2026-04-03")["vegf-rising"]
    acknowledging.hand_over(
        alert=alert,
        to=house.alice.user,
        note="",
        submission=uuid4(),
        expected_version=alert.version,
        by=house.alice,
        now=NOW,
    )
    cora = member("Cora Coe", house.a, [Role.COORDINATOR])
    pause = pauses.begin(cover=house.alice, first_on=TODAY, last_on=TODAY, today=TODAY, by=cora, now=NOW)
    left(house, bea)
    pause.refresh_from_db()
    assert Alert.objects.get(pk=alert.pk).handed_to == bea.user
    assert AlertStep.objects.filter(happening="handed_over").latest("id").done_by == house.ada.user
    assert pause.cover == bea.user


def test_the_persons_own_pause_ends_and_their_calendar_closes(house: House, bea: Membership) -> None:
    enter_hospital(house.a.pk)
    pause = pauses.begin(cover=bea, first_on=TODAY, last_on=TODAY, today=TODAY, by=house.alice, now=NOW)
    open_feed(by=house.alice, now=NOW)
    left(house, bea)
    pause.refresh_from_db()
    assert pause.ended_by == house.ada.user
    assert CalendarFeed.objects.get().closed_by == house.ada.user


def test_a_hospital_keeps_a_lead_clinician(house: House, bea: Membership) -> None:
    house.a.lead_clinician = house.alice.user
    house.a.save()
    left(house, bea)
    house.a.refresh_from_db()
    assert house.a.lead_clinician == bea.user


def test_without_a_recipient_nothing_happens(house: House, patient: Patient) -> None:
    on_team(patient, house.alice, "responsible", BEFORE)
    with pytest.raises(leaving.NoRecipientError):
        left(house, None)
    house.alice.refresh_from_db()
    assert house.alice.is_active


def test_by_care_team_whoever_takes_over_a_draft_is_let_in(
    house: House, patient: Patient, bea: Membership
) -> None:
    open_draft(patient, house.alice)
    on_team(patient, bea, "responsible", BEFORE)
    house.a.access = Access.CARE_TEAM
    house.a.save()
    house.ada.hospital = house.a
    carl = member("Carl Cohn", house.a, [Role.CLINICIAN])
    left(house, carl)
    assert people(patient) == [("responsible", "Bea Berg"), ("coordinator", "Carl Cohn")]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HOSPITAL_ADMIN, Role.AUDITOR])
def test_only_a_clinician_can_become_responsible(house: House, patient: Patient, role: Role) -> None:
    on_team(patient, house.alice, "responsible", BEFORE)
    with pytest.raises(leaving.NoRecipientError) as refused:
        left(house, member("Cora Coe", house.a, [role]))
    assert refused.value.parts == [Part.RESPONSIBLE]


def test_nobody_of_another_hospital_takes_over(house: House, patient: Patient) -> None:
    on_team(patient, house.alice, "responsible", BEFORE)
    with pytest.raises(leaving.NoRecipientError):
        left(house, house.carlos)


def test_what_came_meanwhile_is_told_before_anything_happens(
    house: House, patient: Patient, bea: Membership
) -> None:
    seen = fingerprint(leaving.held(house.alice, by=house.ada, on=TODAY))
    enter_hospital(house.a.pk)
    on_team(patient, house.alice, "deputy", BEFORE)
    with pytest.raises(leaving.ChangedMeanwhileError) as changed:
        left(house, bea, seen=seen)
    assert changed.value.counts == {Part.DEPUTY: 1}


def test_who_takes_over_the_lead_of_a_team_leaves_the_lesser_role(
    house: House, patient: Patient, bea: Membership
) -> None:
    on_team(patient, house.alice, "responsible", BEFORE)
    on_team(patient, bea, "deputy", BEFORE)
    left(house, bea)
    assert people(patient) == [("responsible", "Bea Berg")]


def test_who_leads_a_team_does_not_become_their_own_deputy(
    house: House, patient: Patient, bea: Membership
) -> None:
    on_team(patient, bea, "responsible", BEFORE)
    on_team(patient, house.alice, "deputy", BEFORE)
    left(house, bea)
    assert people(patient) == [("responsible", "Bea Berg")]


@pytest.mark.parametrize("begins", [TODAY, TODAY + timedelta(days=7)])
def test_a_role_that_begins_today_or_later_goes_over_whole(
    house: House, patient: Patient, bea: Membership, begins: date
) -> None:
    on_team(patient, house.alice, "responsible", begins)
    left(house, bea)
    standing = CareTeamMember.objects.of(patient).standing().get()
    assert (standing.user, standing.started_on, standing.ended_on) == (bea.user, begins, None)


def test_a_place_that_has_ended_is_nothing_to_hand_over(
    house: House, patient: Patient, bea: Membership
) -> None:
    place = on_team(patient, house.alice, "responsible", BEFORE)
    care_team.end(member=place, ended_on=TODAY - timedelta(days=1), expected_version=1, by=house.alice)
    assert leaving.held(house.alice, by=house.ada, on=TODAY) == {}


def test_what_a_person_did_keeps_their_name(house: House, patient: Patient, bea: Membership) -> None:
    item = planned(house.alice, patient=patient)
    left(house, bea)
    first, last = FollowUpStatus.objects.filter(follow_up=item).order_by("id")
    assert first.recorded_by == house.alice.user
    assert last.note == "Handed over from Alice Amann to Bea Berg."
    assert last.recorded_by == house.ada.user
    assert User.objects.get(pk=house.alice.user_id).full_name == "Alice Amann"


def test_twice_is_once(house: House, patient: Patient, bea: Membership) -> None:
    on_team(patient, house.alice, "responsible", BEFORE)
    left(house, bea)
    assert left(house, bea) == {}
    assert CareTeamMember.objects.of(patient).count() == 2


def test_the_last_admin_cannot_be_deactivated(house: House) -> None:
    with pytest.raises(LastAdminError):
        left(house, None, member=house.ada)


def test_another_hospitals_work_is_not_touched(house: House, bea: Membership) -> None:
    at_b = Membership.objects.create(user=house.alice.user, hospital=house.b, roles=[Role.CLINICIAN])
    theirs = registered(house.carlos)
    on_team(theirs, at_b, "responsible", BEFORE)
    left(house, bea)
    enter_hospital(house.b.pk)
    assert people(theirs) == [("responsible", "Alice Amann")]
    assert User.objects.get(pk=house.alice.user_id).is_active


def test_a_role_cannot_be_taken_from_somebody_who_needs_it(house: House, patient: Patient) -> None:
    on_team(patient, house.alice, "responsible", BEFORE)
    with pytest.raises(leaving.StillHoldsError) as holds:
        leaving.set_roles(member=house.alice, roles=[Role.COORDINATOR], by=house.ada, on=TODAY)
    assert holds.value.counts == {Part.RESPONSIBLE: 1}
    house.alice.refresh_from_db()
    assert house.alice.roles == ["clinician"]


def test_every_column_that_answers_for_something_has_its_place_in_leaving() -> None:
    columns = {**tables.ANSWERS_FOR, **tables.NO_PATIENTS}
    assert tables.WHEN_SOMEBODY_LEAVES.keys() == columns.keys(), (
        "say in poems_site/workflows/tables.py (WHEN_SOMEBODY_LEAVES) what becomes of it; leaving.py does it"
    )


def test_nothing_planned_is_left_with_the_person(house: House, patient: Patient, bea: Membership) -> None:
    planned(house.alice, patient=patient)
    left(house, bea)
    assert not FollowUp.objects.filter(responsible=house.alice.user).exists()
