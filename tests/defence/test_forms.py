"""Forms take what they ask for, from our own pages, and nothing else."""

import ast
import re
from uuid import uuid4

from django.test import Client

from accounts.models import Invitation, Membership, User
from patients.models import Patient
from tests.accounts.test_access_matrix import GUARDED, address
from tests.architecture.test_house_rules import FILES, ROOT
from tests.personas import PASSWORD, House, registered

EXTRA = {
    "hospital": "00000000-0000-4000-8000-000000000000",
    "hospital_id": "00000000-0000-4000-8000-000000000000",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "role": "hospital_admin",
    "roles": "hospital_admin",
    "signed_by": "1",
    "created_by": "1",
    "registered_by": "1",
    "recorded_by": "1",
    "id": "1",
    "pk": "1",
    "status": "final",
    "version": "99",
}
PATIENT = {
    "record_number": "A-7",
    "given_name": "Eva",
    "family_name": "Extra",
    "birth_date": "1970-01-01",
    "sex": "female",
}


def test_nothing_is_posted_without_the_token_of_the_page(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = alice.cookies
    passed = []
    for name in [*GUARDED, "account_logout", "account_login", "accounts:switch_hospital"]:
        answer = browser.post(address(name, patient.pk), {"submission": str(uuid4())})
        if answer.status_code != 403 or "too old" not in answer.content.decode():
            passed.append(name)
    assert passed == []


def test_no_view_is_excused_from_the_token() -> None:
    excused = [str(path.relative_to(ROOT)) for path in FILES if "csrf_exempt" in path.read_text()]
    assert excused == []


def test_a_token_of_another_person_is_refused(house: House, alice: Client, ada: Client) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = alice.cookies
    other = Client()
    page = other.get("/account/login/")
    token = page.context["csrf_token"]
    answer = browser.post("/hospital/switch/", {"hospital": "x", "csrfmiddlewaretoken": str(token)})
    assert answer.status_code == 403


def test_a_patient_is_registered_where_one_works_and_by_whom_one_is(house: House, alice: Client) -> None:
    alice.post("/patients/register/", PATIENT | EXTRA | {"hospital": str(house.b.pk), "version": "1"})
    patient = Patient.objects.get(family_name="Extra")
    assert (patient.hospital, patient.version) == (house.a, 1)


def test_an_invitation_is_for_the_hospital_of_who_invites(house: House, ada: Client) -> None:
    form = {
        "email": "eve@a.example",
        "roles": ["auditor"],
        "hospital": str(house.b.pk),
        "accepted_at": "2020-01-01",
    }
    ada.post("/hospital/users/invite/", form | {"token_hash": "x", "expires_at": "2099-01-01"})
    invitation = Invitation.objects.get()
    assert (invitation.hospital, invitation.accepted_at) == (house.a, None)
    assert invitation.expires_at.year < 2090


def test_a_form_about_oneself_gives_no_rights(house: House, alice: Client) -> None:
    fields = EXTRA | {
        "oldpassword": PASSWORD,
        "password1": "a kettle on the stove",
        "password2": "a kettle on the stove",
    }
    alice.post("/account/password/change/", fields)
    user = User.objects.get(pk=house.alice.user_id)
    assert not getattr(user, "is_staff", False)
    assert not getattr(user, "is_superuser", False)
    assert user.is_active
    assert Membership.objects.get(pk=house.alice.pk).roles == ["clinician"]


def test_no_form_is_made_of_all_fields_of_a_model() -> None:
    """What a form may set is written out; a new column of a table is in no form by itself."""
    open_forms = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            words = ast.unparse(node) if isinstance(node, ast.Assign) else ""
            if words in {"fields = '__all__'", "exclude = []", "exclude = ()"}:
                open_forms.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert open_forms == []


def test_a_made_up_session_is_nobody(db: None) -> None:
    client = Client()
    client.cookies["session"] = "a" * 32
    assert client.get("/patients/").headers["Location"].startswith("/account/login/")


def test_signing_out_ends_the_session_on_the_server(house: House, ada: Client) -> None:
    kept = ada.cookies["session"].value
    ada.post("/account/logout/")
    thief = Client()
    thief.cookies["session"] = kept
    assert thief.get("/hospital/users/").status_code == 302


def test_no_weak_hash_is_used() -> None:
    """The codes of authenticator apps are made of SHA-1 by their standard; the demonstration makes some."""
    weak = {path.name for path in FILES if re.search(r"\b(md5|sha1|MODE_ECB)\b", path.read_text())}
    assert weak <= {"one_time_codes.py"}
