"""Ada is admin and has no clinical role: no page and no file she can get names a patient, not even by id."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Hospital, Membership, User
from accounts.permissions import POLICY
from accounts.scope import enter_hospital
from monitoring.alerts.models import Alert
from monitoring.follow_ups.models import FollowUp
from patients.models import Identifier, Patient
from tests.accounts.test_access_matrix import EXAMPLES, address
from tests.personas import signed_in

LINKS = re.compile(r'(?:href|action)="(/[^"#]*)')
OK = 200
SHORT = 3


@pytest.fixture
def ada(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Membership:
    """The admin of the demonstration's first hospital, with everything that is in it."""
    monkeypatch.setenv("DEMO_DIR", str(tmp_path))
    call_command("demo_data")
    user = User.objects.get(email="ada@brigid.example")
    return user.memberships.select_related("hospital").get()


@pytest.fixture
def private(ada: Membership) -> set[str]:
    """What would tell of a patient: names, numbers, ids, of both hospitals."""
    words: set[str] = set()
    for hospital in Hospital.objects.all():
        enter_hospital(hospital.pk)
        for patient in Patient.objects.all():
            words |= {patient.family_name, patient.full_name, patient.record_number, str(patient.pk)}
        words |= set(Identifier.objects.values_list("value", flat=True))
        words |= {str(key) for key in FollowUp.objects.values_list("pk", flat=True)}
    enter_hospital(None)
    # A number of three digits stands in every page number and source; whoever it belongs to has a name too.
    told = {word for word in words if len(word) > SHORT}
    assert len(told) > 50
    return told


def addresses(ada: Membership) -> list[str]:
    """Every address there is, with ids that exist in her hospital."""
    enter_hospital(ada.hospital_id)
    patient, item = Patient.objects.order_by("pk")[0], FollowUp.objects.order_by("pk")[0]
    colleagues = Membership.objects.visible_to(ada).order_by("pk")
    known = {
        "follow_up_id": item.pk,
        "member_id": colleagues[0].pk,
        "person_id": colleagues[0].user_id,
        "session_id": 1,
    }
    if alert := Alert.objects.first():
        known["alert_id"] = alert.pk
    enter_hospital(None)
    before = dict(EXAMPLES)
    EXAMPLES.update(known)
    try:
        return [address(name, patient.pk) for name in POLICY if _is_ours(name)]
    finally:
        EXAMPLES.update(before)


def _is_ours(name: str) -> bool:
    return not name.startswith(
        ("account_", "mfa_", "openid_", "accounts:accept", "accounts:use", "follow_ups:feed")
    )


def walked(client: Client, starts: list[str]) -> dict[str, str]:
    """The text behind each start, and behind every link from a page that opened."""
    texts: dict[str, str] = {}
    waiting = [*starts, reverse("home")]
    while waiting:
        path = waiting.pop()
        if path in texts or "logout" in path:
            continue
        answer = client.get(path)
        texts[path] = b"".join(answer).decode(errors="replace")
        texts[path] += str(sorted(answer.headers.items()))
        if answer.status_code == OK:
            waiting += LINKS.findall(texts[path])
    return texts


def test_no_page_and_no_file_names_a_patient(ada: Membership, private: set[str]) -> None:
    starts = addresses(ada)
    texts = walked(signed_in(ada), starts)
    told = {
        path: sorted(word for word in private if word in text.replace(path, ""))
        for path, text in texts.items()
    }
    assert len(texts) > len(starts) * 0.9
    assert {path: words for path, words in told.items() if words} == {}


def test_what_she_walks_includes_her_own_pages(ada: Membership) -> None:
    """Otherwise the test above would pass because every door is closed to her."""
    texts = walked(signed_in(ada), ["/hospital/users/", "/hospital/log/"])
    opened = [path for path, text in texts.items() if "<h1" in text and "Not open to you" not in text]
    assert {"/hospital/users/", "/hospital/settings/", "/hospital/changes/", "/hospital/reminders/"} <= set(
        opened
    )
    assert any("/deactivate/" in path for path in opened)
