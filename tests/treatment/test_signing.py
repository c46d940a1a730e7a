"""The signature: what it asks, what it freezes, and that it happens once."""

from datetime import date
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from monitoring.follow_ups.models import FollowUp
from tests.personas import PASSWORD, TOTP_SECRET, House, member, signed_in
from tests.treatment.cases import DISSEMINATED
from tests.treatment.conftest import patient_of
from tests.treatment.signed import make_ready, next_wizard
from tests.treatment.wizard_driver import Wizard
from treatment.models import Answer, Plan


@pytest.fixture(autouse=True)
def forgotten_attempts() -> None:
    """Codes used and attempts counted by other tests."""
    cache.clear()


@pytest.fixture
def ready(wizard: Wizard) -> Wizard:
    return make_ready(wizard)


@pytest.fixture
def plan(ready: Wizard) -> Plan:
    ready.sign(PASSWORD)
    return Plan.objects.get()


def code_now() -> str:
    return format_hotp_value(hotp_value(TOTP_SECRET, next(iter(yield_hotp_counters_from_time()))))


def plan_page(client: Client, plan: Plan) -> Any:
    return client.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/")


def test_the_password_signs(ready: Wizard) -> None:
    response = ready.sign(PASSWORD)
    assert response.headers["Location"].endswith(f"/plans/signed/{Plan.objects.get().pk}/")


def test_a_code_of_the_second_factor_signs(ready: Wizard) -> None:
    assert ready.sign(code_now()).status_code == 302
    assert Plan.objects.get().signed_by.full_name == "Alice Amann"


@pytest.mark.parametrize("secret", ["wrong horse", "000000", "", " "])
def test_a_wrong_secret_signs_nothing_and_loses_nothing(ready: Wizard, secret: str) -> None:
    answers = Answer.objects.count()
    response = ready.sign(secret)
    assert response.status_code == 422
    assert not Plan.objects.exists()
    assert Answer.objects.count() == answers


def test_a_wrong_secret_is_never_shown_again(ready: Wizard) -> None:
    assert "wrong horse" not in ready.sign("wrong horse").content.decode()


def test_guessing_is_stopped(ready: Wizard) -> None:
    pages = [ready.sign("wrong horse").content.decode() for _ in range(11)]
    assert "Too many attempts" in pages[-1]
    assert ready.sign(PASSWORD).status_code == 422


def test_a_double_click_signs_once(ready: Wizard) -> None:
    first, second = ready.sign(PASSWORD), ready.sign(PASSWORD)
    assert first.headers["Location"] == second.headers["Location"]
    assert Plan.objects.count() == 1


def test_signing_freezes_facts_decision_and_versions(plan: Plan) -> None:
    assert plan.facts == DISSEMINATED
    assert plan.decision["facts_sha256"] == plan.facts_sha256
    assert plan.decision["content"]["version"] == plan.content_version
    assert (plan.options, plan.reason) == (["lenalidomide_dex", "asct"], "as_recommended")
    assert (plan.number, plan.version) == (1, 1)


def test_signing_puts_the_kept_dates_into_the_calendar(plan: Plan) -> None:
    follow_ups = FollowUp.objects.filter(origin=plan.pk)
    assert follow_ups.count() == len(plan.follow_ups) > 0
    assert follow_ups.order_by("due").first().due == date(2027, 1, 1)
    assert {item.responsible for item in follow_ups} == {plan.signed_by}


def test_a_date_left_out_and_a_date_moved_are_respected(ready: Wizard) -> None:
    versions = ready.versions("follow-up")
    kept = {"keep-systemic.vegf-1.1": "on", "due-systemic.vegf-1.1": "2027-01-04"}
    form = {"schedules": ["systemic", "transplantation"], "line_start": "2026-12-01", "go": "next"}
    assert ready.client.post(ready.url("follow-up"), versions | form | kept).status_code == 302
    ready.sign(PASSWORD)
    assert [item.due for item in FollowUp.objects.all()] == [date(2027, 1, 4)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-02-30", "30 February 2026 does not exist: that month has 28 days."),
        ("1 December", "is not a date; give year, month and day"),
    ],
)
def test_an_impossible_day_gets_a_sentence(ready: Wizard, typed: str, sentence: str) -> None:
    response = ready.post("follow-up", {"schedules": ["systemic"], "line_start": typed})
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_nothing_is_signed_without_a_confirmed_choice(wizard: Wizard) -> None:
    wizard.enter(DISSEMINATED)
    assert "No option is chosen yet." in wizard.page("sign")
    assert wizard.sign(PASSWORD).status_code == 422
    assert not Plan.objects.exists()


def test_nothing_is_signed_that_was_not_seen(ready: Wizard) -> None:
    seen = ready.versions("sign")
    ready.post("fitness", {"neuropathy-severity": "mild"})
    response = ready.sign(PASSWORD, **seen)
    assert "Nothing was signed: this changed" in response.content.decode()
    assert not Plan.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_a_signed_plan(plan: Plan, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("treatment_plan"))


def test_a_new_plan_ends_the_one_that_holds_only_when_told_to(ready: Wizard, plan: Plan) -> None:
    again = next_wizard(ready)
    refused = again.sign(PASSWORD)
    assert "Say that the plan that holds now is to end." in refused.content.decode()
    assert Plan.objects.count() == 1
    assert again.sign(PASSWORD, replaces="on").status_code == 302
    assert list(Plan.objects.order_by("number").values_list("number", "version")) == [(1, 1), (2, 1)]


def test_another_patient_gets_the_hospitals_next_number(plan: Plan, house: House, alice: Client) -> None:
    other = patient_of(house, DISSEMINATED, record_number="A-1002")
    make_ready(Wizard(alice, other)).sign(PASSWORD)
    assert Plan.objects.get(patient=other).number == 2


def test_a_signed_draft_leads_to_its_plan(ready: Wizard, plan: Plan) -> None:
    response = ready.client.get(ready.url("options"))
    assert response.headers["Location"].endswith(f"/plans/signed/{plan.pk}/")


def test_the_plans_page_shows_what_was_signed(alice: Client, plan: Plan) -> None:
    page = plan_page(alice, plan).content.decode()
    assert "Lenalidomide and dexamethasone" in page
    assert "melphalan before the collection harms the stem-cell harvest" in page
    assert "Guideline content not approved" in page
    assert plan.facts_sha256 in page


def test_another_hospital_finds_no_plan(carlos: Client, plan: Plan) -> None:
    assert plan_page(carlos, plan).status_code == 404


def test_a_coordinator_reads_plans_and_cannot_sign(house: House, ready: Wizard) -> None:
    ready.client = signed_in(member("Cora Cohn", house.a, ["coordinator"]))
    assert ready.sign(PASSWORD).status_code == 403
    assert not Plan.objects.exists()


def test_an_admin_sees_no_plan(ada: Client, plan: Plan) -> None:
    assert plan_page(ada, plan).status_code == 403
