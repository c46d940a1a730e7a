"""Two people and one draft: who else is in it, whose it is, and that nobody overwrites anybody."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from accounts.trail.models import AccessEvent
from tests.personas import House, member, signed_in
from tests.treatment.cases import DISSEMINATED
from tests.treatment.conftest import patient_of
from tests.treatment.test_every_case import whole
from tests.treatment.wizard_driver import Wizard, as_typed, flat
from treatment.models import Answer, Draft
from treatment.wizard.steps import STEP


@pytest.fixture
def bruno(house: House) -> Membership:
    return member("Bruno Berg", house.a, ["clinician"])


@pytest.fixture
def begun(wizard: Wizard) -> Wizard:
    wizard.post("course", {"line": "first"})
    return wizard


def drafts_page(client: Client) -> str:
    return unescape(client.get("/drafts/").content.decode())


def hand_over(wizard: Wizard, to: object):
    url = f"/patients/{wizard.patient.pk}/plans/drafts/{wizard.draft.pk}/hand-over/"
    return wizard.client.post(url, {"to": str(to)}, follow=True)


# Who else is here


def test_whoever_comes_second_is_told_who_is_in_the_draft(begun: Wizard, bruno: Membership) -> None:
    page = Wizard(signed_in(bruno), begun.patient).page("disease")
    assert "<strong>Alice Amann</strong>" in page
    assert "is in this draft too" in page


def test_the_first_is_told_with_the_next_answer(begun: Wizard, bruno: Membership) -> None:
    assert "Bruno Berg" not in begun.page("disease")
    Wizard(signed_in(bruno), begun.patient).page("disease")
    reply = begun.answer("disease", "diagnosis.papilledema", {"diagnosis-papilledema": "true"})
    assert "<strong>Bruno Berg</strong>" in reply.content.decode()
    assert 'id="others" aria-live="polite" hx-swap-oob="true"' in reply.content.decode()


def test_alone_nobody_is_named(begun: Wizard) -> None:
    assert "in this draft too" not in begun.page("disease")


def test_whoever_left_is_not_named_for_long(begun: Wizard, bruno: Membership, house: House) -> None:
    AccessEvent.objects.create(
        hospital=house.a,
        patient_id=begun.patient.pk,
        actor_kind="person",
        user=bruno.user,
        kind="changed",
        address="treatment:step",
        at=timezone.now() - timedelta(minutes=11),
    )
    assert "Bruno Berg" not in begun.page("disease")


def test_whoever_reads_another_page_of_the_patient_is_not_in_the_draft(
    begun: Wizard, bruno: Membership
) -> None:
    signed_in(bruno).get(f"/patients/{begun.patient.pk}/")
    assert "Bruno Berg" not in begun.page("disease")


# Nobody overwrites anybody


@pytest.mark.parametrize("line", ["after_radiation", "relapse"])
@pytest.mark.parametrize("step", ["disease", "fitness"])
def test_an_older_page_overwrites_no_kind_of_answer(wizard: Wizard, line: str, step: str) -> None:
    wizard.post("course", {"line": line})
    opened = wizard.versions(step)
    asked = STEP[step].asked({"line": line, "patient.sex": "female"})
    newer, older = (flat(whole(line, last=last)) for last in (False, True))
    wizard.post(step, typed(asked, newer))
    page = wizard.client.post(wizard.url(step), opened | typed(asked, older)).content.decode()
    assert page.count("after you opened this page") == 2 * len(asked)  # in the summary and at the question
    stored = dict(Answer.objects.exclude(question="line").values_list("question", "value"))
    assert stored == {question: newer[question] for question in asked}


def typed(questions: Iterable[str], values: Mapping[str, Any]) -> dict[str, str]:
    return {name: word for one in questions for name, word in as_typed(one, values[one]).items()}


@pytest.mark.parametrize("step", ["options", "follow-up"])
def test_an_older_page_overwrites_neither_choice_nor_dates(begun: Wizard, step: str) -> None:
    opened = begun.versions(step)
    newer = {"choose": "melphalan_dex"} if step == "options" else {"line_start": "2026-12-01", "go": "dates"}
    begun.post(step, newer, go="")
    stood = Answer.objects.exclude(question="line").get()
    older = (
        {"choose": "lenalidomide_dex"} if step == "options" else {"line_start": "2027-01-01", "go": "dates"}
    )
    response = begun.client.post(begun.url(step), opened | older)
    assert response.status_code == 422
    assert "Nothing was overwritten" in response.content.decode()
    assert Answer.objects.get(pk=stood.pk).value == stood.value


@pytest.mark.parametrize("line", ["after_radiation", "relapse"])
@pytest.mark.parametrize("step", ["course", "disease", "fitness"])
def test_not_known_is_a_visible_choice_of_every_question_but_the_first(
    wizard: Wizard, line: str, step: str
) -> None:
    wizard.post("course", {"line": line})
    asked = STEP[step].asked({"line": line, "patient.sex": "female"})
    assert wizard.page(step).count("Not known</label>") == len(asked) - ("line" in asked)


# Whose it is


def test_a_draft_that_is_handed_over_stands_on_the_colleagues_list(begun: Wizard, bruno: Membership) -> None:
    page = unescape(hand_over(begun, bruno.user_id).content.decode())
    assert "Bruno Berg finds the draft on the list of drafts." in page
    listed = drafts_page(signed_in(bruno))
    assert "handed to you" in listed
    assert "by Alice Amann" in listed
    assert f'{begun.url("course")}">Position in the course' in listed


def test_each_hand_over_is_kept_in_the_history(begun: Wizard, bruno: Membership, house: House) -> None:
    hand_over(begun, bruno.user_id)
    hand_over(begun, bruno.user_id)
    hand_over(begun, house.alice.user_id)
    events = Draft.objects.get().history.order_by("pgh_id").values_list("handed_to", "handed_by")
    assert list(dict.fromkeys(events)) == [
        (None, None),
        (bruno.user_id, house.alice.user_id),
        (house.alice.user_id, house.alice.user_id),
    ]


@pytest.mark.parametrize("name", ["nobody", "carlos", "cora", "left"])
def test_a_draft_goes_only_to_somebody_who_may_plan_here(
    begun: Wizard, house: House, bruno: Membership, name: str
) -> None:
    cora = member("Cora Cohn", house.a, ["coordinator"])
    Membership.objects.filter(pk=bruno.pk).update(is_active=False)
    to = {"nobody": "", "carlos": house.carlos.user_id, "cora": cora.user_id, "left": bruno.user_id}[name]
    assert "Nothing was handed over." in hand_over(begun, to).content.decode()
    assert Draft.objects.get().handed_to is None


def test_the_database_refuses_half_a_hand_over(begun: Wizard, bruno: Membership) -> None:
    with pytest.raises(IntegrityError, match="draft_handing_over_is_whole"), transaction.atomic():
        Draft.objects.update(handed_to=bruno.user)


def test_the_list_shows_the_own_hospital_and_counts_its_queries(
    begun: Wizard, carlos: Client, alice: Client, house: House, django_assert_max_num_queries
) -> None:
    assert "Schulz" not in drafts_page(carlos)
    for number in range(3):
        Wizard(alice, patient_of(house, DISSEMINATED, record_number=f"A-2{number}"))
    with django_assert_max_num_queries(12):
        assert drafts_page(alice).count("Go on at") == 5


def test_a_draft_goes_on_where_it_was_left(begun: Wizard) -> None:
    begun.answer("fitness", "neuropathy.severity", {"neuropathy-severity": "mild"})
    assert (
        f'{begun.url("fitness")}">Go on with it'
        in begun.client.get(f"/patients/{begun.patient.pk}/plans/").content.decode()
    )
    begun.choose("lenalidomide_dex")
    assert f'{begun.url("options")}">Options' in drafts_page(begun.client)
