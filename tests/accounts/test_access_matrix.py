"""Every address by every role, own or other hospital or signed out, generated from the URL configuration.

A new address appears here by itself. An address with a new kind of argument fails until EXAMPLES knows one.
"""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.permissions import POLICY, ROLES, Permission
from accounts.roles import Role
from tests.personas import House, member, registered, signed_in

GUARDED = sorted(name for name, rule in POLICY.items() if isinstance(rule, Permission))
# The same in every run: a random one holds a year of birth once in a while.
NOBODY = UUID("00000000-0000-4000-8000-000000000000")
# One example for each argument an address may have; "patient_id" is a real patient of hospital A.
EXAMPLES: dict[str, UUID | int | str] = {
    "treatment_id": 1,
    "diagnosis_id": 1,
    "extent_id": 1,
    "member_id": 1,
    "invitation_id": NOBODY,
    "other_id": NOBODY,
    "merge_id": 1,
    "transfer_id": NOBODY,
    "result_id": 1,
    "scan_id": 1,
    "assessment_id": 1,
    "follow_up_id": NOBODY,
    "digest_id": NOBODY,
    "origin_id": NOBODY,
    "anchor": "transplant_day",
    "day": "2026-06-01",
    "person_id": NOBODY,
    "draft_id": NOBODY,
    "plan_id": NOBODY,
    "free_plan_id": NOBODY,
    "paper": "a4",
    "exception_id": NOBODY,
    "step_key": "position",
    "document_key": "plan-a4",
    "table_key": "patient",
    "row_id": "1",
    "event_id": 1,
    "batch_id": NOBODY,
    "assignment_id": 1,
    "entry_kind": "event",
    "entry_id": 1,
    "axis": "vegf",
    "case_id": NOBODY,
    "alert_id": NOBODY,
    "access_id": NOBODY,
    "reset_id": NOBODY,
    "version_key": "in-use",
    "earlier_key": "in-use",
    "section": "thresholds",
}
# Lists of a hospital's patients or items, which name no patient in their address.
SHOWS_OWN_HOSPITAL = {
    "patients:list",
    "patients:register",
    "board:list",
    "follow_ups:list",
    "follow_ups:calendar",
    "follow_ups:answering",
    "follow_ups:feed_settings",
    "imports:list",
    "imports:new",
    "confirmations:list",
    "drafts:list",
    "advice:changed",
    "alerts:statistics",
    "today",
    "emergency:list",
    "emergency:open",
}
# About a colleague, not about a patient.
ABOUT_ONE_PERSON = {"follow_ups:hand_over"}
ABOUT_ONE_PATIENT = [
    name
    for name in GUARDED
    if not name.startswith(
        ("accounts:", "approval:", "people:", "log:", "emergency:", "reminders:", "transfers:")
    )
    and name not in SHOWS_OWN_HOSPITAL | ABOUT_ONE_PERSON
]
REFUSED, NO_SUCH_THING, NOT_THIS_WAY, SERVER_ERROR = 403, 404, 405, 500


def address(name: str, patient_id: UUID) -> str:
    """The address of a view, with examples for its arguments."""
    namespace, _, local = name.rpartition(":")
    resolver = get_resolver()
    if namespace:
        resolver = resolver.namespace_dict[namespace][1]
    arguments = resolver.reverse_dict.getlist(local)[0][0][0][1]
    outer = get_resolver().namespace_dict[namespace][0] if namespace else ""
    known = EXAMPLES | {"patient_id": patient_id}
    names = {*arguments, *(argument for argument in known if f"<{argument}>" in outer)}
    return reverse(name, kwargs={argument: known[argument] for argument in names})


@pytest.fixture
def patient_id(house: House) -> UUID:
    return registered(house.alice).pk


@pytest.mark.parametrize("name", GUARDED)
def test_each_role_opens_exactly_what_the_policy_page_says(house: House, patient_id: UUID, name: str) -> None:
    opened = {}
    for role in Role:
        client = signed_in(member(f"{role} Role", house.a, [role]))
        status = client.get(address(name, patient_id)).status_code
        assert status < SERVER_ERROR
        opened[role] = status != REFUSED
    assert opened == {role: POLICY[name] in ROLES[role] for role in Role}


@pytest.mark.parametrize("name", GUARDED)
def test_signed_out_people_are_sent_to_sign_in(patient_id: UUID, name: str) -> None:
    response = Client().get(address(name, patient_id))
    assert response.headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ABOUT_ONE_PATIENT)
def test_a_colleague_of_another_hospital_finds_no_such_patient(
    carlos: Client, patient_id: UUID, name: str, method: str
) -> None:
    where = address(name, patient_id)
    assert getattr(carlos, method)(where).status_code in {NO_SUCH_THING, NOT_THIS_WAY}


@pytest.mark.parametrize("name", GUARDED)
def test_pages_behind_a_permission_are_never_stored(
    house: House, alice: Client, patient_id: UUID, name: str
) -> None:
    assert "no-store" in alice.get(address(name, patient_id)).headers["Cache-Control"]


@pytest.mark.parametrize("name", sorted(SHOWS_OWN_HOSPITAL))
def test_a_list_shows_no_patient_of_another_hospital(carlos: Client, patient_id: UUID, name: str) -> None:
    assert str(patient_id) not in carlos.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ABOUT_ONE_PATIENT)
def test_no_title_and_no_address_names_a_patient(
    house: House, alice: Client, patient_id: UUID, name: str
) -> None:
    where = address(name, patient_id)
    html = alice.get(where).content.decode()
    title = html.partition("<title>")[2].partition("</title>")[0]
    for private in ("Maria", "Schulz", "A-1001", "1977"):
        assert private not in title
        assert private not in where
