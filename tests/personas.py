"""The people of the tests, each with a moral.

Alice is a clinician of hospital A. Ada is admin of A: no clinical data. Carlos is a clinician of
hospital B and must see nothing of A.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import Hospital, Membership, User
from accounts.roles import Role
from accounts.scope import enter_hospital
from patients.actions import identity
from patients.models import Patient

PASSWORD = "correct horse battery staple"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


@cache
def encoded_password() -> str:
    """Argon2 is slow on purpose; once per run is enough."""
    return make_password(PASSWORD)


@dataclass(frozen=True)
class House:
    """Two hospitals and their people."""

    a: Hospital
    b: Hospital
    alice: Membership
    ada: Membership
    carlos: Membership


def build_house() -> House:
    a = Hospital.objects.create(name="Hospital A", time_zone="Europe/Berlin")
    b = Hospital.objects.create(name="Hospital B", time_zone="Europe/Lisbon")
    return House(
        a=a,
        b=b,
        alice=member("Alice Amann", a, [Role.CLINICIAN]),
        ada=member("Ada Adler", a, [Role.HOSPITAL_ADMIN]),
        carlos=member("Carlos Castro", b, [Role.CLINICIAN]),
    )


def member(name: str, hospital: Hospital, roles: list[str], *, second_factor: bool = True) -> Membership:
    email = f"{name.split(maxsplit=1)[0].lower()}@{hospital.name[-1].lower()}.example"
    user = User.objects.create(email=email, full_name=name, password=encoded_password())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if second_factor:
        TOTP.activate(user, TOTP_SECRET)
    return Membership.objects.create(user=user, hospital=hospital, roles=roles)


def signed_in(person: Membership) -> Client:
    """A browser in which the person has signed in."""
    client = Client()
    client.force_login(person.user)
    return client


def registered(by: Membership, **changes: object) -> Patient:
    """A patient of the person's hospital; afterwards the transaction works for that hospital."""
    enter_hospital(by.hospital_id)
    fields = {
        "record_number": "A-1001",
        "given_name": "Maria",
        "family_name": "Schulz",
        "birth_date": date(1977, 2, 14),
        "sex": "female",
    }
    return identity.register(identity=fields | changes, submission=uuid4(), by=by, now=NOW)  # type: ignore[arg-type]
