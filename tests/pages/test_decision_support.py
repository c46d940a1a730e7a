"""With CDS_ENABLED=false the house is a registry with reminders; what was signed stays readable."""

from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from accounts.permissions import POLICY, ROLES
from accounts.roles import Role
from monitoring.alerts import sweeping
from poems_site import environment
from poems_site.decision_support import NAMESPACES, STAYS, is_open
from tests.accounts.test_access_matrix import GUARDED, NO_SUCH_THING, REFUSED, SERVER_ERROR, address
from tests.personas import NOW, PASSWORD, House, member, registered, signed_in
from tests.treatment.cases import DISSEMINATED
from tests.treatment.conftest import patient_of
from tests.treatment.test_signing import make_ready
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan

PLANNING = sorted(name for name in GUARDED if name.partition(":")[0] in NAMESPACES)
CLOSED = sorted(name for name in GUARDED if name.partition(":")[0] in NAMESPACES and name not in STAYS)


@pytest.fixture
def off(settings: Any) -> None:
    settings.CDS_ENABLED = False


@pytest.fixture
def patient_id(house: House) -> UUID:
    return registered(house.alice).pk


@pytest.mark.parametrize("name", PLANNING)
def test_each_role_opens_what_the_policy_says_and_nothing_of_decision_support(
    off: None, house: House, patient_id: UUID, name: str
) -> None:
    for role in Role:
        client = signed_in(member(f"{role} Role", house.a, [role]))
        status = client.get(address(name, patient_id)).status_code
        assert status < SERVER_ERROR
        assert (status == REFUSED) == (POLICY[name] not in ROLES[role])
        if status != REFUSED and name in CLOSED:
            assert status == NO_SUCH_THING


def test_a_closed_address_says_why(off: None, alice: Client, patient_id: UUID) -> None:
    answer = alice.post(f"/patients/{patient_id}/plans/start/")
    assert answer.status_code == NO_SUCH_THING
    assert "Planning by the guideline is switched off" in answer.content.decode()


def test_what_stays_is_known_to_the_policy_and_new_addresses_of_planning_vanish() -> None:
    assert {name for name in STAYS if name.startswith("treatment:")} <= POLICY.keys()
    assert CLOSED
    assert all(is_open(name) for name in GUARDED)


def test_the_page_of_plans_offers_to_write_instead_of_the_wizard(
    off: None, alice: Client, patient_id: UUID
) -> None:
    page = alice.get(f"/patients/{patient_id}/plans/").content.decode()
    assert "Write a plan" in page
    assert "Begin a plan" not in page


def test_with_decision_support_nobody_is_led_to_free_plans(alice: Client, patient_id: UUID) -> None:
    page = alice.get(f"/patients/{patient_id}/plans/").content.decode()
    assert "Begin a plan" in page
    assert "Write a plan" not in page


def test_a_plan_that_was_signed_before_is_read_and_printed_and_not_amended(
    house: House, alice: Client, settings: Any
) -> None:
    cache.clear()
    make_ready(Wizard(alice, patient_of(house, DISSEMINATED))).sign(PASSWORD)
    settings.CDS_ENABLED = False
    plan = Plan.objects.get()
    address_of_plan = f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/"
    page = alice.get(address_of_plan).content.decode()
    assert "Lenalidomide and dexamethasone" in page
    assert "/amend/" not in page
    assert f"{address_of_plan}today/" not in page
    assert "/withdraw/" in page
    for key in ("plan-a4", "sheet-us-letter"):
        assert alice.get(f"{address_of_plan}print/{key}/").content.startswith(b"%PDF")


def test_no_course_is_read_for_alerts(off: None, house: House, patient_id: UUID) -> None:
    assert list(sweeping.hospitals_to_read(now=NOW)) == []


def test_criteria_are_recorded_and_not_judged(off: None, alice: Client, patient_id: UUID) -> None:
    page = alice.get(f"/patients/{patient_id}/assessments/diagnosis/").content.decode()
    assert "verdict-word" not in page
    assert "polyneuropathy" in page.lower()


def test_help_says_that_it_is_switched_off(off: None, alice: Client) -> None:
    page = alice.get("/help/").content.decode()
    assert "Planning by the guideline is switched off" in page


@pytest.mark.parametrize("value", ["yes", "0", "off", " "])
def test_anything_but_true_and_false_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CDS_ENABLED", value)
    with pytest.raises(ImproperlyConfigured, match="must be true or false"):
        environment.boolean("CDS_ENABLED", default=True)
