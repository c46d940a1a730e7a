"""The policy page against the real addresses: nothing is open by accident."""

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.apps import view_names
from accounts.permissions import POLICY, ROLES, Door, Permission, allows
from accounts.refused import REFUSED
from accounts.roles import Role
from tests.personas import House, member, signed_in

NAMES = sorted(set(view_names(get_resolver())))


def test_every_address_has_exactly_one_rule() -> None:
    unruled = [name for name in NAMES if (name in POLICY) == (name in REFUSED)]
    assert unruled == []


def test_every_rule_is_about_an_address_that_exists() -> None:
    assert sorted((POLICY.keys() | REFUSED.keys()) - set(NAMES)) == []


def test_every_role_of_the_hospital_is_on_the_policy_page() -> None:
    assert set(ROLES) == set(Role)


def test_an_unknown_role_word_grants_nothing() -> None:
    assert not any(allows(["superuser"], permission) for permission in Permission)


def test_an_admin_may_do_nothing_clinical() -> None:
    assert ROLES[Role.HOSPITAL_ADMIN] == {
        Permission.MANAGE_USERS,
        Permission.CONSENT_TO_RESET,
        Permission.VIEW_HOSPITAL_LOG,
        Permission.VIEW_GUIDELINE,
        Permission.ADOPT_GUIDELINE,
    }


@pytest.mark.parametrize("path", ["/patients/", "/hospital/users/", "/account/2fa/"])
def test_signed_out_people_are_sent_to_sign_in(db: None, path: str) -> None:
    response = Client().get(path)
    assert response.headers["Location"].startswith("/account/login/")


def test_nobody_can_sign_up(house: House) -> None:
    assert Client().get("/account/signup/").status_code == 403


def test_an_admin_is_refused_the_patients(house: House, ada: Client) -> None:
    assert ada.get("/patients/").status_code == 403


def test_a_clinician_is_refused_the_people(house: House, alice: Client) -> None:
    assert alice.get("/hospital/users/").status_code == 403


def test_without_a_second_factor_a_clinician_is_sent_to_enrol(house: House) -> None:
    newcomer = member("Nina Neu", house.a, [Role.CLINICIAN], second_factor=False)
    response = signed_in(newcomer).get("/patients/")
    assert response.headers["Location"] == "/account/2fa/totp/activate/"


def test_a_deactivated_member_is_refused_at_once(house: House, alice: Client) -> None:
    house.alice.is_active = False
    house.alice.save()
    assert alice.get("/patients/").status_code == 403


@pytest.mark.parametrize("path", ["/patients/", "/patients/register/"])
def test_pages_behind_a_door_are_never_stored(house: House, alice: Client, path: str) -> None:
    assert "no-store" in alice.get(path).headers["Cache-Control"]


def test_public_addresses_are_few_and_known() -> None:
    public = {name for name, rule in POLICY.items() if rule is Door.PUBLIC}
    own = {name for name in public if not name.startswith(("account_", "mfa_"))}
    signing_in = {"me:sign_on", "openid_connect_callback"}
    links = {"accounts:accept_invitation", "accounts:use_reset", "follow_ups:feed"}
    assert own == signing_in | links | {"healthz", "help", "reminders:healthz"}
