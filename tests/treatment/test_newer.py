"""Record and draft that no longer agree: named, settled one by one, and never signed over unseen."""

from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from guideline.decide import decide
from guideline.edition import load_edition
from monitoring.results.models import Result
from patients.actions import record
from patients.models import ExtentAssessment
from tests.monitoring.entries import entry, recorded
from tests.personas import NOW, PASSWORD, House, member, signed_in
from tests.treatment.cases import AFTER_RADIATION, DISSEMINATED
from tests.treatment.wizard_driver import Wizard
from treatment.facts import case_of
from treatment.models import Answer, Plan
from treatment.queries import contents_of

HEMOGLOBIN = "labs.hemoglobin_g_dl"
COUNT = "extent.bone_lesion_count"


@pytest.fixture
def ready(wizard: Wizard) -> Wizard:
    """Everything entered, chosen and dated; only the signature is missing."""
    wizard.enter(DISSEMINATED)
    wizard.choose("lenalidomide_dex", then="on")
    wizard.settle_dates(line_start="2026-12-01")
    return wizard


def count_lesions(wizard: Wizard, house: House, count: int, on: date | None = None) -> ExtentAssessment:
    values = {"bone_lesion_count": count, "assessed_on": on or timezone.localdate()}
    return record.assess_extent(
        patient=wizard.patient, values=values, submission=uuid4(), by=house.alice, now=NOW
    )


def measure_hemoglobin(wizard: Wizard, house: House, value: str, days_ago: int = 0) -> Result:
    day = timezone.localdate() - timedelta(days=days_ago)
    report = entry(value, day.isoformat(), analyte="hemoglobin", unit="g/dL", upper_limit=None)
    return recorded(wizard.patient, house.alice, report)[0]


def settle(wizard: Wizard, **button: str):
    return wizard.post("sign", button, go="")


def page_of(response) -> str:
    return unescape(response.content.decode())


def stored(question: str) -> object:
    return Answer.objects.get(question=question).value


def test_what_the_record_learnt_since_is_named_with_old_and_new(ready: Wizard, house: House) -> None:
    ready.post("fitness", {"labs-hemoglobin_g_dl": "12.4"})
    measure_hemoglobin(ready, house, "9.1")
    page = ready.page("sign")
    assert "To settle before signing" in page
    assert (
        f'<strong>12.4 g/dL</strong> <span class="muted small">{timezone.localdate():%-d %B %Y}, Alice'
        in page
    )
    assert (
        f'<strong>9.1 g/dL</strong> <span class="muted small">{timezone.localdate():%-d %b %Y}, Lab' in page
    )


def test_nothing_is_signed_before_it_is_settled(ready: Wizard, house: House) -> None:
    ready.post("disease", {"extent-bone_lesion_count": "2"})
    count_lesions(ready, house, 5)
    assert ready.sign(PASSWORD).status_code == 422
    assert not Plan.objects.exists()


def test_one_key_takes_over_what_the_record_says_and_the_case_is_decided_again(
    ready: Wizard, house: House
) -> None:
    ready.post("disease", {"extent-bone_lesion_count": "2"})
    count_lesions(ready, house, 5)
    assert settle(ready, take=COUNT).status_code == 302
    assert ready.sign(PASSWORD).status_code == 302
    plan = Plan.objects.get()
    assert plan.facts["extent"]["bone_lesion_count"] == 5
    assert Answer.objects.get(question=COUNT).source == "extent assessment"


def test_one_key_keeps_the_answer_and_it_is_not_asked_again(ready: Wizard, house: House) -> None:
    ready.post("disease", {"extent-bone_lesion_count": "2"})
    count_lesions(ready, house, 5)
    settle(ready, keep=COUNT)
    assert "To settle before signing" not in ready.page("sign")
    assert ready.sign(PASSWORD).status_code == 302
    assert Plan.objects.get().facts["extent"]["bone_lesion_count"] == 2


def test_what_changes_after_it_was_kept_is_asked_again(ready: Wizard, house: House) -> None:
    ready.post("disease", {"extent-bone_lesion_count": "2"})
    count_lesions(ready, house, 5)
    settle(ready, keep=COUNT)
    count_lesions(ready, house, 6)
    assert "<strong>6</strong>" in ready.page("sign")


def test_a_value_the_record_took_back_can_become_not_known(ready: Wizard, house: House) -> None:
    result = measure_hemoglobin(ready, house, "9.1")
    ready.post("fitness", {"labs-hemoglobin_g_dl": "9.1"})
    Result.objects.filter(pk=result.pk).update(state="entered_in_error")
    assert "<strong>nothing</strong>" in ready.page("sign")
    settle(ready, take=HEMOGLOBIN)
    assert stored(HEMOGLOBIN) is None


def test_what_the_record_knows_and_nobody_answered_is_offered(ready: Wizard, house: House) -> None:
    measure_hemoglobin(ready, house, "9.1")
    assert "not known (not answered)" in ready.page("sign")
    settle(ready, keep=HEMOGLOBIN)
    assert stored(HEMOGLOBIN) is None
    assert ready.sign(PASSWORD).status_code == 302


def test_an_old_finding_that_nobody_answered_is_not_offered_as_new(ready: Wizard, house: House) -> None:
    measure_hemoglobin(ready, house, "9.1", days_ago=31)
    assert "To settle before signing" not in ready.page("sign")


def test_all_can_be_taken_over_at_once(ready: Wizard, house: House) -> None:
    measure_hemoglobin(ready, house, "9.1")
    count_lesions(ready, house, 5)
    settle(ready, take="all")
    assert (stored(HEMOGLOBIN), stored(COUNT)) == (9.1, 5)


def test_a_button_settles_only_what_its_page_showed(ready: Wizard, house: House) -> None:
    measure_hemoglobin(ready, house, "9.1", days_ago=1)
    opened = ready.versions("sign")
    measure_hemoglobin(ready, house, "8.2")
    response = ready.client.post(ready.url("sign"), opened | {"take": HEMOGLOBIN})
    assert "Draft or record changed after you opened this page" in page_of(response)
    assert not Answer.objects.filter(question=HEMOGLOBIN).exists()


def test_a_result_that_comes_while_the_review_is_open_is_shown_before_anything_is_signed(
    ready: Wizard, house: House
) -> None:
    opened = ready.versions("sign")
    measure_hemoglobin(ready, house, "9.1")
    response = ready.sign(PASSWORD, **opened)
    assert response.status_code == 422
    assert "Hemoglobin, in the record: was “not known”, is now “9.1 g/dL”" in page_of(response)
    assert not Plan.objects.exists()


def test_an_answer_of_a_colleague_while_the_review_is_open_is_shown_with_the_name(
    ready: Wizard, house: House
) -> None:
    opened = ready.versions("sign")
    bruno = signed_in(member("Bruno Berg", house.a, ["clinician"]))
    Wizard(bruno, ready.patient).post("fitness", {"neuropathy-severity": "mild"})
    page = page_of(ready.sign(PASSWORD, **opened))
    assert "Severity of the neuropathy now: was “Severe”, is now “Mild”" in page
    assert "Bruno Berg, " in page
    assert not Plan.objects.exists()


@pytest.mark.parametrize("state", ["", "nonsense"])
def test_a_form_that_does_not_say_what_it_showed_signs_nothing(ready: Wizard, state: str) -> None:
    assert ready.sign(PASSWORD, state=state).status_code == 422
    assert not Plan.objects.exists()


def test_an_answer_that_grew_old_in_the_draft_is_asked_about(ready: Wizard) -> None:
    answer = Answer.objects.filter(question="neuropathy.severity")
    answer.update(recorded_at=timezone.now() - timedelta(days=91))
    assert "more than 90 days old" in ready.page("sign")
    settle(ready, keep="neuropathy.severity")
    assert "To settle before signing" not in ready.page("sign")
    assert answer.get().recorded_at.date() == timezone.now().date()


def test_an_answer_that_grew_old_is_unknown_until_one_key_says_it_is_still_true(ready: Wizard) -> None:
    answer = Answer.objects.filter(question="neuropathy.severity")
    answer.update(recorded_at=timezone.now() - timedelta(days=91))
    assert (status_of(ready, "bortezomib_mono"), ready.page("fitness").count("data-still")) == (
        "undetermined",
        1,
    )
    assert "It does not count until it is confirmed." in ready.page("fitness")
    seen = {"older-neuropathy-severity": "answer 1", "neuropathy-severity": "severe"}
    reply = ready.answer("fitness", "neuropathy.severity", seen | {"still": "neuropathy.severity"}, version=1)
    assert reply.status_code == 200
    assert status_of(ready, "bortezomib_mono") == "not_recommended"
    assert answer.get().version == 2


def status_of(wizard: Wizard, option: str) -> str:
    contents = contents_of(wizard.draft, wizard.patient, load_edition(), on=timezone.localdate())
    return decide(case_of(contents.facts), load_edition()).option(option).status


def test_still_true_of_an_answer_that_changed_meanwhile_confirms_nothing(ready: Wizard) -> None:
    answer = Answer.objects.filter(question="neuropathy.severity")
    answer.update(recorded_at=timezone.now() - timedelta(days=91), version=3)
    seen = {"older-neuropathy-severity": "answer 1", "neuropathy-severity": "severe"}
    reply = ready.answer("fitness", "neuropathy.severity", seen | {"still": "neuropathy.severity"}, version=1)
    assert reply.status_code == 422
    assert answer.get().version == 3


def test_what_is_asked_each_time_is_asked_again_when_the_signature_falls_on_a_later_day(
    ready: Wizard,
) -> None:
    assert "To settle before signing" not in ready.page("sign")
    answer = Answer.objects.filter(question="patient.pregnancy")
    answer.update(recorded_at=timezone.now() - timedelta(days=1))
    assert "asked anew on the day of the signature" in ready.page("sign")
    assert ready.sign(PASSWORD).status_code == 422
    assert status_of(ready, "lenalidomide_dex") == "preferred"  # it counts all the same
    settle(ready, keep="patient.pregnancy")
    assert ready.sign(PASSWORD).status_code == 302


def test_months_that_passed_since_the_draft_was_begun_are_named(wizard_for, house: House) -> None:
    wizard = wizard_for(AFTER_RADIATION)
    last = timezone.localdate() - timedelta(days=100)
    given = {
        "kind": "radiation",
        "name": "50 Gy",
        "intent": "definitive",
        "started_on": last - timedelta(days=30),
        "ended_on": last,
    }
    record.give_treatment(patient=wizard.patient, values=given, submission=uuid4(), by=house.alice, now=NOW)
    wizard.enter(AFTER_RADIATION)
    page = wizard.page("sign")
    assert "<strong>4 months</strong>" in page
    assert "<strong>3 months</strong>" in page


def test_a_fact_that_is_not_asked_here_is_not_compared(ready: Wizard, house: House) -> None:
    last = timezone.localdate() - timedelta(days=100)
    given = {
        "kind": "radiation",
        "name": "8 Gy",
        "intent": "definitive",
        "started_on": last,
        "ended_on": last,
    }
    record.give_treatment(patient=ready.patient, values=given, submission=uuid4(), by=house.alice, now=NOW)
    assert "Months since" not in ready.page("sign")


def test_another_hospital_settles_nothing(ready: Wizard, carlos: Client) -> None:
    assert carlos.post(ready.url("sign"), {"take": "all"}).status_code == 404
