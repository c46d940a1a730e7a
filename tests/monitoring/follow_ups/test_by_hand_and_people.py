"""Adding a follow-up by hand, saying who answers for it, and handing over what somebody leaves behind."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from monitoring.follow_ups.actions import people
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp, FollowUpStatus, State
from monitoring.follow_ups.people import answering_people
from patients.models import Patient
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.builders import deactivate
from tests.personas import NOW, House, member, registered, signed_in


@pytest.fixture
def bert(house: House) -> Membership:
    return member("Bert Bauer", house.a, [Role.COORDINATOR])


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def today(house: House) -> date:
    return local_day(house.a, timezone.now())


def form(house: House, today: date, **changes: object) -> dict[str, str]:
    usual = {
        "kind": "vegf", "title": "", "due": today + timedelta(days=20), "earliest": "", "latest": "",
        "responsible": house.alice.user_id, "deputy": "", "note": "", "submission": uuid4(),
    }  # fmt: skip
    return {name: str(value) for name, value in (usual | changes).items()}


def test_an_item_is_added_with_the_contents_words_and_a_week_around_its_day(
    house: House, alice: Client, patient: Patient, today: date
) -> None:
    assert alice.post(f"/patients/{patient.pk}/follow-ups/new/", form(house, today)).status_code == 302
    added = FollowUp.objects.get()
    assert (added.title, added.anchor) == ("VEGF, same specimen and laboratory", "")
    assert (added.earliest, added.latest) == (today + timedelta(days=13), today + timedelta(days=27))


def test_a_double_click_adds_once(house: House, alice: Client, patient: Patient, today: date) -> None:
    posted = form(house, today)
    for _ in range(2):
        alice.post(f"/patients/{patient.pk}/follow-ups/new/", posted)
    assert FollowUp.objects.count() == 1


def test_another_examination_with_its_own_people_and_a_remark(
    house: House, alice: Client, patient: Patient, today: date, bert: Membership
) -> None:
    posted = form(
        house, today, kind="other", title="Hearing test", responsible=bert.user_id,
        deputy=house.alice.user_id, note="Asked for by the family",
    )  # fmt: skip
    alice.post(f"/patients/{patient.pk}/follow-ups/new/", posted)
    added = FollowUp.objects.get()
    assert (added.title, added.responsible, added.deputy) == ("Hearing test", bert.user, house.alice.user)
    assert FollowUpStatus.objects.get().note == "Asked for by the family"
    page = alice.get(f"/patients/{patient.pk}/follow-ups/").content.decode()
    assert "Added by hand" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": ""}, "Choose what is to be done."),
        ({"kind": "other"}, "Say what is to be done."),
        ({"due": "2020-01-01"}, "lies in the past"),
        ({"due": "9999-12-31"}, "more than 20 years ahead"),
        ({"earliest": "2200-01-01"}, "must not open after the due date"),
        ({"latest": "2000-01-01"}, "must close on the due date or later"),
        ({"responsible": "somebody"}, "not one of the available choices"),
        ({"title": "x" * 201}, "at most 200 characters"),
    ],
)
def test_bad_input_gets_a_sentence_and_adds_nothing(
    house: House, alice: Client, patient: Patient, changes: dict, sentence: str
) -> None:
    posted = form(house, local_day(house.a, timezone.now()), **changes)
    answer = alice.post(f"/patients/{patient.pk}/follow-ups/new/", posted)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert FollowUp.objects.count() == 0


def test_nobody_is_their_own_deputy(house: House, alice: Client, patient: Patient, today: date) -> None:
    posted = form(house, today, deputy=house.alice.user_id)
    assert "somebody else" in alice.post(f"/patients/{patient.pk}/follow-ups/new/", posted).content.decode()
    item = planned(house.alice)
    with pytest.raises(IntegrityError, match="follow_up_deputy_is_another"), transaction.atomic():
        FollowUp.objects.filter(pk=item.pk).update(deputy=house.alice.user)


def test_an_item_is_given_to_somebody_else_and_the_history_says_so(
    house: House, alice: Client, bert: Membership
) -> None:
    item = planned(house.alice)
    where = f"/patients/{item.patient_id}/follow-ups/{item.pk}/people/"
    posted = {"responsible": bert.user_id, "deputy": "", "note": "", "version": "1", "submission": uuid4()}
    assert alice.post(where, posted).status_code == 302
    assert FollowUp.objects.get().responsible == bert.user
    assert FollowUpStatus.objects.latest("id").note == "Bert Bauer answers for it."
    stale = alice.post(where, posted | {"submission": uuid4()}).content.decode()
    assert "Bert Bauer answers for it. Nothing was overwritten" in stale


def test_whoever_cannot_act_here_any_more_stands_first(house: House, bert: Membership) -> None:
    planned(house.alice)
    planned(house.alice, responsible=bert.user)
    deactivate(bert)
    found = answering_people(house.alice)
    assert [(one.name, one.items, one.is_able) for one in found] == [
        ("Bert Bauer", 1, False),
        ("Alice Amann", 1, True),
    ]


def test_what_somebody_leaves_behind_is_handed_over_at_once(
    house: House, alice: Client, bert: Membership
) -> None:
    items = [planned(house.alice, responsible=bert.user) for _ in range(3)]
    deactivate(bert)
    where = f"/follow-ups/people/{bert.user_id}/"
    assert alice.get(where).content.decode().count(" checked") == 3
    kept, *given = items
    posted = {"to": house.alice.user_id, "follow_ups": [item.pk for item in given], "submission": uuid4()}
    for _ in range(2):
        alice.post(where, posted)
    assert set(FollowUp.objects.filter(responsible=house.alice.user)) == set(given)
    assert FollowUp.objects.get(pk=kept.pk).responsible == bert.user
    assert FollowUpStatus.objects.filter(note__startswith="Handed over from Bert").count() == 2


def test_handing_over_needs_somebody_and_something(house: House, alice: Client, bert: Membership) -> None:
    planned(house.alice, responsible=bert.user)
    answer = alice.post(f"/follow-ups/people/{bert.user_id}/", {}).content.decode()
    assert "Choose who takes over." in answer
    assert "Tick at least one follow-up." in answer


def test_nothing_is_handed_to_somebody_who_cannot_act(house: House, bert: Membership) -> None:
    item = planned(house.alice)
    with pytest.raises(people.NotAbleError):
        people.hand_over_from(
            person=house.alice.user, to=house.carlos.user, follow_ups=[item.pk], submission=uuid4(),
            by=house.alice, now=NOW,
        )  # fmt: skip
    assert FollowUp.objects.get().state == State.PLANNED


def test_a_person_of_another_hospital_is_not_found(house: House, alice: Client) -> None:
    assert alice.get(f"/follow-ups/people/{house.carlos.user_id}/").status_code == 404
    assert signed_in(house.ada).get("/follow-ups/people/").status_code == 403
