"""Hospitals and people of the demonstration. Fixed passwords and secrets: never for a real hospital."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from accounts.models import Hospital, Membership, User
from accounts.roles import Role


@dataclass(frozen=True)
class Person:
    """One login as the page of the demonstration shows it; the start prints those ``in_brief`` in a line."""

    role: str
    name: str
    email: str
    password: str
    totp_secret: str
    in_brief: bool = False


@dataclass(frozen=True)
class DemoHospital:
    key: str
    name: str
    time_zone: str
    phone: str
    people: tuple[tuple[Role, Person], ...]


def _person(role: str, name: str, email: str, secret: str, *, in_brief: bool = False) -> Person:
    return Person(role, name, email, "a lamp in every window", secret, in_brief)


HOSPITALS = (
    DemoHospital(
        "a",
        "St Brigid University Hospital",
        "Europe/Dublin",
        "+353 20 910 0000",
        (
            (
                Role.CLINICIAN,
                _person(
                    "Clinician", "Alice Amann", "alice@brigid.example", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
                ),
            ),
            (
                Role.COORDINATOR,
                _person(
                    "Coordinator", "Cora Conway", "cora@brigid.example", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
                ),
            ),
            (
                Role.HOSPITAL_ADMIN,
                _person(
                    "Hospital admin", "Ada Adler", "ada@brigid.example", "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"
                ),
            ),
            (
                Role.GUIDELINE_REVIEWER,
                _person(
                    "Guideline reviewer",
                    "Rita Rossi",
                    "rita@brigid.example",
                    "NRSWC4TON5ZGK43UNRSWC4TON5ZGK43U",
                    in_brief=True,
                ),
            ),
            (
                Role.GUIDELINE_REVIEWER,
                _person(
                    "Second reviewer",
                    "Sam Stone",
                    "sam@brigid.example",
                    "ON2G63TFMJ4WK4TTON2G63TFMJ4WK4TT",
                    in_brief=True,
                ),
            ),
            (
                Role.AUDITOR,
                _person(
                    "Auditor",
                    "Otto Ortega",
                    "otto@brigid.example",
                    "NRUXG5DFNYQHI3ZANRUXG5DFNYQHI3ZA",
                    in_brief=True,
                ),
            ),
        ),
    ),
    DemoHospital(
        "b",
        "Hospital de Santa Clara",
        "Europe/Lisbon",
        "+351 200 000 000",
        (
            (
                Role.CLINICIAN,
                _person(
                    "Clinician", "Carlos Castro", "carlos@clara.example", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                ),
            ),
            (
                Role.HOSPITAL_ADMIN,
                _person(
                    "Hospital admin", "Berta Braga", "berta@clara.example", "ORSXG5BAMFXGIIDTMVRXEZLUEBXW4ZJB"
                ),
            ),
        ),
    ),
)


def settle(hospital: DemoHospital) -> dict[Role, Membership]:
    """The hospital and its people, made where they are missing; the memberships by role."""
    row, _ = Hospital.objects.get_or_create(name=hospital.name, defaults={"time_zone": hospital.time_zone})
    members = {role: _member(row, role, person) for role, person in hospital.people}
    if row.lead_clinician is None:
        row.lead_clinician = members[Role.CLINICIAN].user
    row.phone = row.phone or hospital.phone
    row.save()
    return members


def write_logins(folder: Path) -> None:
    """Leave the logins where the demonstration's page finds them; readable by the owner only."""
    entries = [
        asdict(person) | {"role": f"{person.role}, {hospital.name}"}
        for hospital in HOSPITALS
        for _, person in hospital.people
    ]
    file = folder / "logins.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(entries, indent=2))


def _member(hospital: Hospital, role: Role, person: Person) -> Membership:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = User(email=person.email, full_name=person.name)
        user.set_password(person.password)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, person.totp_secret)
    membership, _ = Membership.objects.get_or_create(user=user, hospital=hospital, defaults={"roles": [role]})
    return membership
