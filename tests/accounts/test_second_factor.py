"""The second factor as a setting of the hospital, and the passkey among the factors."""

from allauth.mfa.webauthn.internal.auth import WebAuthn

from accounts.models import Hospital, Membership
from accounts.roles import Role
from tests.personas import House, member, signed_in

ENROL = "/account/2fa/totp/activate/"


def without_factor(house: House, roles: list[str]) -> Membership:
    return member("Nina Neu", house.a, roles, second_factor=False)


def relax(hospital: Hospital) -> None:
    hospital.second_factor_required = False
    hospital.save()


def test_it_is_asked_for_by_default() -> None:
    assert Hospital().second_factor_required


def test_every_role_is_asked_for_it(house: House) -> None:
    nina = without_factor(house, [Role.CLINICIAN])
    for role, path in ((Role.HOSPITAL_ADMIN, "/hospital/users/"), (Role.COORDINATOR, "/patients/")):
        nina.roles = [role]
        nina.save()
        assert signed_in(nina).get(path).headers["Location"] == ENROL


def test_a_hospital_may_do_without(house: House) -> None:
    relax(house.a)
    assert signed_in(without_factor(house, [Role.CLINICIAN])).get("/patients/").status_code == 200


def test_of_two_hospitals_the_stricter_rule_wins_in_both(house: House) -> None:
    relax(house.a)
    nina = without_factor(house, [Role.CLINICIAN])
    Membership.objects.create(user=nina.user, hospital=house.b, roles=[Role.COORDINATOR])
    assert signed_in(nina).get("/patients/").headers["Location"] == ENROL


def test_a_hospital_one_has_left_asks_for_nothing(house: House) -> None:
    relax(house.a)
    nina = without_factor(house, [Role.CLINICIAN])
    Membership.objects.create(user=nina.user, hospital=house.b, roles=[Role.CLINICIAN], is_active=False)
    assert signed_in(nina).get("/patients/").status_code == 200


def test_a_passkey_is_a_second_factor(house: House) -> None:
    nina = without_factor(house, [Role.CLINICIAN])
    WebAuthn.add(nina.user, "key on my badge", {})
    assert signed_in(nina).get("/patients/").status_code == 200


def test_whoever_has_a_factor_is_asked_for_it_also_where_it_is_not_required(house: House) -> None:
    relax(house.a)
    answer = signed_in(house.alice).get("/account/2fa/")
    assert "Authenticator app" in answer.content.decode()
