"""Every address about a patient, in a hospital by care team: the team, an outsider, and the broken glass."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.models import Membership
from accounts.roles import Role
from accounts.trail.models import AccessEvent
from monitoring.board.actions import cases
from patients.actions import emergency
from patients.models import EmergencyAccess
from tests.accounts.test_access_matrix import (
    ABOUT_ONE_PATIENT,
    NO_SUCH_THING,
    NOT_THIS_WAY,
    SERVER_ERROR,
    SHOWS_OWN_HOSPITAL,
    address,
)
from tests.monitoring.follow_ups.builders import planned
from tests.personas import House, member, registered, signed_in
from tests.teams import on_team
from tests.workflows.builders import open_draft

# What each list is asked for so that it shows more than one's own.
EVERYBODY = {
    "follow_ups:list": "?who=all",
    "follow_ups:calendar": "?who=all&month=2026-06",
    "today": "?who=hospital",
}


@pytest.fixture
def patient_id(house: House) -> UUID:
    """A patient with an overdue follow-up, a draft and a question to the board, of Alice alone."""
    house.a.access = Access.CARE_TEAM
    house.a.save()
    house.alice.hospital = house.a
    patient = registered(house.alice)
    planned(house.alice, patient=patient)
    open_draft(patient, house.alice)
    question = {"question": "Transplant?", "submission": uuid4(), "now": timezone.now()}
    cases.put_forward(patient=patient, by=house.alice, **question)
    on_team(patient, house.alice)
    return patient.pk


@pytest.fixture
def bea(house: House, patient_id: UUID) -> Membership:
    return member("Bea Berg", house.a, [Role.CLINICIAN, Role.COORDINATOR])


@pytest.fixture
def glass(bea: Membership, patient_id: UUID) -> EmergencyAccess:
    return emergency.open_record(
        record_number="A-1001",
        reason="emergency",
        text="Unconscious in the emergency room",
        submission=uuid4(),
        by=bea,
        now=timezone.now(),
    )


def answers(ask: Callable[..., object], patient_id: UUID) -> dict[str, int]:
    """By address, the status with which it answers."""
    return {name: ask(address(name, patient_id)).status_code for name in ABOUT_ONE_PATIENT}  # type: ignore[attr-defined]


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_opens_a_record_to_an_outsider(bea: Membership, patient_id: UUID, method: str) -> None:
    ask = getattr(signed_in(bea), method)
    refused = {NO_SUCH_THING, NOT_THIS_WAY}
    assert {name: status for name, status in answers(ask, patient_id).items() if status not in refused} == {}


def shows(client: Client, name: str, patient_id: UUID) -> bool:
    """Whether the list, asked for everybody of the hospital, tells of the patient."""
    html = client.get(reverse(name) + EVERYBODY.get(name, "")).content.decode()
    return any(private in html for private in (str(patient_id), "Schulz", "A-1001"))


@pytest.mark.parametrize("name", sorted(SHOWS_OWN_HOSPITAL))
def test_no_list_shows_the_patient_to_an_outsider(bea: Membership, patient_id: UUID, name: str) -> None:
    assert not shows(signed_in(bea), name, patient_id)


@pytest.mark.parametrize("name", [*EVERYBODY, "patients:list", "board:list", "drafts:list"])
def test_the_same_list_shows_the_patient_to_the_team(alice: Client, patient_id: UUID, name: str) -> None:
    assert shows(alice, name, patient_id)


def test_the_broken_glass_opens_what_the_team_may_open(
    alice: Client, bea: Membership, patient_id: UUID, glass: EmergencyAccess
) -> None:
    theirs = answers(signed_in(bea).get, patient_id)
    assert theirs == answers(alice.get, patient_id)
    assert max(theirs.values()) < SERVER_ERROR


def test_each_page_opened_under_it_is_noted_with_it(
    bea: Membership, patient_id: UUID, glass: EmergencyAccess
) -> None:
    opened = {name for name, status in answers(signed_in(bea).get, patient_id).items() if status == 200}
    noted = AccessEvent.objects.filter(patient_id=patient_id, user=bea.user)
    assert opened <= set(noted.filter(grant_id=glass.pk).values_list("address", flat=True))
    assert not noted.filter(grant_id=None, address__in=opened).exists()
