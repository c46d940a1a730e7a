"""No mail tells whom or what it is about, and none is about another person's items."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings as hypothesis_settings, strategies as st
from pytest_django import Settings

from accounts.models import Membership
from accounts.roles import Role
from accounts.scope import enter_hospital
from monitoring.follow_ups.stages import Stage
from monitoring.reminders.emails import subject_of
from supervisor.mail_store import MailStore, StoredMail
from tests.monitoring.follow_ups.builders import item, planned
from tests.monitoring.reminders.builders import DUE_MORNING, sweep_and_send
from tests.personas import House, member, registered

FORBIDDEN = set(
    re.findall(
        r"\w+",
        """
        patient poems syndrome neuropathy polyneuropathy vegf radiation plasma marrow transplant asct lesion
        myeloma treatment therapy diagnosis disease clinic blood result nerve pet stability alert haematology
        hematology oncology cancer tumour tumor
        """,
    )
)
NAMES = ("Jürgen Müller-Łukasz", "Aylin Şahin", "李 小龙")
TITLES = ("VEGF and blood", "Stability after radiation", "Nerve conduction", "FDG-PET")
STAGES = st.sampled_from([timedelta(0), timedelta(days=10), timedelta(days=-30)])


def everything_said(mail: StoredMail) -> str:
    """Headers but the recipient's own address, and both bodies."""
    headers = [f"{name}: {value}" for name, value in mail.message.items() if name != "To"]
    return "\n".join([*headers, mail.body("plain") or "", mail.body("html") or ""]).lower()


@pytest.fixture
def people(house: House) -> list[Membership]:
    return [house.alice, *(member(name, house.a, [Role.COORDINATOR]) for name in ("Bert Bauer", "Cora Cohn"))]


@hypothesis_settings(
    phases=[Phase.generate],  # an example takes long; shrinking one would take minutes
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    wanted=st.lists(
        st.tuples(st.sampled_from(range(3)), st.sampled_from(NAMES), st.sampled_from(TITLES), STAGES),
        min_size=1,
        max_size=6,
    )
)
def test_no_mail_tells_whom_or_what_and_each_counts_its_own(
    house: House, people: list[Membership], mailbox: MailStore, wanted: list[tuple]
) -> None:
    mailbox.clear()
    with transaction.atomic():  # each example alone: its rows go again
        for person, name, title, offset in wanted:
            _plan(house, people[person], name, title, offset)
        sweep_and_send()
        transaction.set_rollback(True)
    mails = {mail.recipients: mail for mail in mailbox.newest()}
    for position, person in enumerate(people):
        own = sum(entry[0] == position for entry in wanted)
        mail = mails.pop((person.user.email,), None)
        assert (mail.subject.split()[0] if mail else "0") == str(own)
        assert mail is None or _words(mail).isdisjoint(FORBIDDEN | _words_about_patients())
    assert mails == {}


def test_the_text_says_how_many_of_each_stage_and_where(house: House, mailbox: MailStore) -> None:
    for offset in (timedelta(0), timedelta(days=10), timedelta(days=-30), timedelta(days=-30)):
        _plan(house, house.alice, NAMES[0], TITLES[0], offset)
    sweep_and_send()
    text = mailbox.newest()[0].body("plain") or ""
    assert re.findall(r"- (.+): (\d)", text) == [("Overdue", "2"), ("Due", "1"), ("Coming up", "1")]
    assert "http://localhost:8000/follow-ups/" in text


def test_both_bodies_say_the_same(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    sweep_and_send()
    mail = mailbox.newest()[0]
    plain, html = mail.body("plain") or "", re.sub(r"<title>.*</title>|<[^>]*>", "", mail.body("html") or "")
    assert re.sub(r"[\s-]+", " ", plain).strip() == re.sub(r"[\s-]+", " ", html).strip()


@pytest.mark.parametrize(
    ("total", "urgent", "subject"),
    [
        (1, 0, "1 item needs you"),
        (3, 1, "3 items need you, 1 urgent"),
        (1, 1, "1 urgent item needs you"),
        (2, 2, "2 urgent items need you"),
    ],
)
def test_the_subject_says_how_many_and_how_many_of_them_are_urgent(
    total: int, urgent: int, subject: str
) -> None:
    assert subject_of(total, urgent) == subject


def test_a_hospital_s_own_subject_may_say_both_numbers(settings: Settings) -> None:
    settings.REMINDER_SUBJECT = "Notices: {count} ({urgent} urgent)"
    assert subject_of(3, 1) == "Notices: 3 (1 urgent)"


def test_no_machine_answers_the_mail(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    sweep_and_send()
    assert mailbox.newest()[0].message["Auto-Submitted"] == "auto-generated"


def test_stages_are_named_in_neutral_words() -> None:
    words = set(re.findall(r"\w+", " ".join(stage.label for stage in Stage).lower()))
    assert words.isdisjoint(FORBIDDEN)


def _plan(house: House, person: Membership, name: str, title: str, offset: timedelta) -> None:
    given_name, family_name = name.split()
    patient = registered(
        house.alice, given_name=given_name, family_name=family_name, record_number=f"NR{uuid4().hex[:8]}"
    )
    due = DUE_MORNING.date() + offset
    planned(
        house.alice,
        item(title=title, earliest=due, due=due, latest=due + timedelta(days=20)),
        patient=patient,
        responsible=person.user,
        now=DUE_MORNING - timedelta(days=90),
    )
    enter_hospital(None)


def _words(mail: StoredMail) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", everything_said(mail)))


def _words_about_patients() -> set[str]:
    return set(re.findall(r"[^\W\d_]+", " ".join(NAMES).lower())) | {"nr"}
