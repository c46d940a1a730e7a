"""By care team: who is on it sees the record, nobody else, until they break the glass for twelve hours."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, TestCase
from django.utils import timezone

from accounts.access import Access
from accounts.models import Membership
from accounts.roles import Role
from accounts.trail.models import AccessEvent
from monitoring.follow_ups.local_days import local_day
from patients.actions import emergency
from patients.models import EmergencyAccess, Patient
from supervisor.mail_store import MailStore
from tests.personas import House, member, registered, signed_in
from tests.teams import on_team
from tests.workflows.builders import accepted, offered

OPEN = "/emergency/open/"
FORM = {"record_number": "a-1001", "reason": "emergency", "text": "Unconscious in the emergency room"}


@pytest.fixture
def bea(house: House) -> Membership:
    return member("Bea Berg", house.a, [Role.CLINICIAN])


@pytest.fixture
def patient(house: House, bea: Membership) -> Patient:
    """Alice's patient, in a hospital where only the team sees a record; Bea is not on it."""
    house.a.access = Access.CARE_TEAM
    house.a.save()
    bea.hospital = house.a
    patient = registered(house.alice)
    on_team(patient, house.alice)
    return patient


def broken(bea: Membership, **changes: object) -> EmergencyAccess:
    now = timezone.now()
    arguments = FORM | {"submission": uuid4(), "by": bea, "now": now} | changes
    return emergency.open_record(**arguments)  # type: ignore[arg-type] # the parameters' own types


def overview(patient: Patient) -> str:
    return f"/patients/{patient.pk}/"


def test_the_team_sees_the_record_and_nobody_else(alice: Client, patient: Patient, bea: Membership) -> None:
    assert alice.get(overview(patient)).status_code == 200
    assert signed_in(bea).get(overview(patient)).status_code == 404
    assert "Schulz" not in signed_in(bea).get("/patients/?q=Schulz").content.decode()
    assert "Schulz" not in signed_in(bea).get("/patients/?q=A-1001").content.decode()


def test_hospital_wide_is_the_default(house: House, bea: Membership) -> None:
    assert signed_in(bea).get(overview(registered(house.alice))).status_code == 200


def test_the_lead_clinician_sees_every_record(house: House, patient: Patient, bea: Membership) -> None:
    house.a.lead_clinician = bea.user
    house.a.save()
    assert signed_in(bea).get(overview(patient)).status_code == 200


def test_a_patient_without_a_team_is_open_to_all_who_could_see_to_them(
    house: House, patient: Patient, bea: Membership
) -> None:
    alone = registered(house.alice, record_number="A-2", family_name="Weber")
    assert signed_in(bea).get(overview(alone)).status_code == 200


def test_whoever_joins_the_team_later_waits_until_then(
    house: House, patient: Patient, bea: Membership
) -> None:
    on_team(patient, bea, "deputy", local_day(house.a, timezone.now()) + timedelta(days=2), by=house.alice)
    assert signed_in(bea).get(overview(patient)).status_code == 404


def test_the_glass_opens_the_record_at_once(patient: Patient, bea: Membership) -> None:
    client = signed_in(bea)
    answer = client.post(OPEN, FORM | {"submission": uuid4()}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(overview(patient), 302)]
    assert "Emergency access" in page
    assert "not on this patient" in page


def test_what_is_opened_under_it_is_noted_with_the_access(patient: Patient, bea: Membership) -> None:
    access = broken(bea)
    signed_in(bea).get(overview(patient))
    noted = AccessEvent.objects.filter(patient_id=patient.pk, user=bea.user).latest("id")
    assert noted.grant_id == access.pk


def test_the_record_closes_after_twelve_hours(patient: Patient, bea: Membership) -> None:
    long_ago = timezone.now() - timedelta(hours=12, seconds=1)
    broken(bea, now=long_ago)
    assert signed_in(bea).get(overview(patient)).status_code == 404
    broken(bea)
    assert signed_in(bea).get(overview(patient)).status_code == 200


def test_it_can_be_ended_by_hand(patient: Patient, bea: Membership) -> None:
    access = broken(bea)
    client = signed_in(bea)
    client.post(f"/emergency/{access.pk}/end/")
    assert client.get(overview(patient)).status_code == 404


def test_nobody_ends_the_access_of_somebody_else(alice: Client, patient: Patient, bea: Membership) -> None:
    access = broken(bea)
    assert alice.post(f"/emergency/{access.pk}/end/").status_code == 404


def test_a_double_click_and_a_second_try_are_one_access(patient: Patient, bea: Membership) -> None:
    click = uuid4()
    first = broken(bea, submission=click)
    assert broken(bea, submission=click) == first
    with pytest.raises(emergency.NoHiddenRecordError) as nothing:
        broken(bea)
    assert nothing.value.patient == patient


def test_the_form_tells_no_name_and_asks_for_the_whole_number(patient: Patient, bea: Membership) -> None:
    answer = signed_in(bea).post(OPEN, FORM | {"record_number": "A-10", "submission": uuid4()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no record with exactly this number" in page
    assert "Schulz" not in page


def test_a_reason_without_words_is_refused_and_nothing_typed_is_lost(
    patient: Patient, bea: Membership
) -> None:
    answer = signed_in(bea).post(OPEN, FORM | {"text": "urgent", "submission": uuid4()})
    assert "10 characters at least" in answer.content.decode()
    assert answer.context["form"]["record_number"].value() == "a-1001"


def test_a_record_of_another_hospital_cannot_be_opened(house: House, patient: Patient) -> None:
    house.b.access = Access.CARE_TEAM
    house.b.save()
    house.carlos.hospital = house.b
    with pytest.raises(emergency.NoHiddenRecordError):
        broken(house.carlos)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.READER, Role.HOSPITAL_ADMIN, Role.AUDITOR])
def test_only_clinicians_break_the_glass(house: House, patient: Patient, role: Role) -> None:
    assert signed_in(member("Cora Coe", house.a, [role])).get(OPEN).status_code == 403


def test_the_responsible_clinician_and_the_admins_are_told_at_once_and_without_a_name(
    mailbox: MailStore, patient: Patient, bea: Membership
) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        broken(bea)
    sent = mailbox.newest()
    assert sorted(address for mail in sent for address in mail.recipients) == [
        "ada@a.example",
        "alice@a.example",
    ]
    for mail in sent:
        text = (mail.subject + (mail.body("plain") or "")).lower()
        words = ("schulz", "maria", "a-1001", "bea", "poems", "unconscious")
        assert not any(word in text for word in words)


def test_the_team_reads_who_and_why_and_the_admin_only_who(
    alice: Client, ada: Client, patient: Patient, bea: Membership
) -> None:
    broken(bea)
    page = alice.get("/emergency/").content.decode()
    assert "Bea Berg" in page
    assert "Unconscious in the emergency room" in page
    log = ada.get("/emergency/log/").content.decode()
    assert "Bea Berg" in log
    assert "The patient is here as an emergency" in log
    assert not any(private in log for private in ("Schulz", "A-1001", "Unconscious"))


def test_the_database_refuses_more_than_a_shift_and_a_reason_without_words(
    house: House, patient: Patient, bea: Membership
) -> None:
    access = broken(bea)
    for column, value in (("until", access.until + timedelta(seconds=1)), ("text", "")):
        with pytest.raises(IntegrityError, match="emergency_"), transaction.atomic():
            EmergencyAccess.objects.filter(pk=access.pk).update(**{column: value})


def test_a_transferred_patient_is_the_new_teams_whoever_accepts(
    house: House, patient: Patient, bea: Membership
) -> None:
    house.b.access = Access.CARE_TEAM
    house.b.save()
    house.carlos.hospital = house.b
    clara = member("Clara Costa", house.b, [Role.CLINICIAN])
    taken = accepted(offered(patient, house), house, responsible=clara, on=timezone.now().date())
    assert signed_in(clara).get(overview(taken)).status_code == 200
    assert signed_in(house.carlos).get(overview(taken)).status_code == 404
    assert signed_in(house.alice).get(overview(taken)).status_code == 404
