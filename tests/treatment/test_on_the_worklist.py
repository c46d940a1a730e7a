"""A clinician's own drafts, and what they are asked to confirm, stand on Today."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from poems_site.pages.today.own import own_of
from tests.personas import House, member, registered, signed_in
from tests.treatment.cases import POSSIBLY_PREGNANT
from tests.treatment.wizard_driver import Wizard
from tests.workflows.builders import died
from treatment.actions import drafts, handing_over
from treatment.models import Draft
from treatment.who import own_drafts


@pytest.fixture
def bob(house: House) -> Membership:
    return member("Bob Bauer", house.a, [Role.CLINICIAN])


@pytest.fixture
def asked(wizard_for: Callable[[Any], Wizard]) -> Wizard:
    """Alice chose lenalidomide for a woman who may be pregnant."""
    wizard = wizard_for(POSSIBLY_PREGNANT)
    wizard.enter(POSSIBLY_PREGNANT)
    wizard.choose("lenalidomide_dex", reason="not_available", text="No other regimen can be had.")
    return wizard


def begun(by: Membership, number: str = "A-1") -> Draft:
    return drafts.start(patient=registered(by, record_number=number), record={}, by=by, now=timezone.now())


def own(client: Client, query: str = "") -> list[tuple[str, str]]:
    shown = client.get(f"/today/{query}").context["own"]
    return [(task.kind, task.patient.record_number) for task in shown.tasks] if shown else []


def test_the_second_clinician_is_asked_and_the_first_goes_on_with_the_draft(
    asked: Wizard, bob: Membership
) -> None:
    number = asked.patient.record_number
    assert own(signed_in(bob)) == [("To confirm", number)]
    assert own(asked.client) == [("Draft", number)]


def test_what_is_asked_leads_to_where_it_is_answered(asked: Wizard, bob: Membership) -> None:
    client = signed_in(bob)
    page = client.get("/today/").content.decode()
    assert "Alice Amann chose Lenalidomide and dexamethasone, which is excluded absolutely" in page
    [task] = client.get("/today/").context["own"].tasks
    assert "Confirm in spite of it" in client.get(task.url).content.decode()


def test_a_draft_leads_to_the_step_where_it_goes_on(asked: Wizard) -> None:
    [task] = asked.client.get("/today/").context["own"].tasks
    assert asked.client.get(task.url).status_code == 200


def test_a_draft_that_was_handed_over_is_the_colleagues(house: House, alice: Client, bob: Membership) -> None:
    draft = begun(house.alice)
    handing_over.hand_over(draft=draft, to=str(bob.user_id), by=house.alice, now=timezone.now())
    assert (own(alice), own(signed_in(bob))) == ([], [("Draft", "A-1")])


def test_five_drafts_are_named_and_the_rest_is_counted(house: House, alice: Client) -> None:
    for number in range(7):
        begun(house.alice, f"A-{number}")
    assert [number for _, number in own(alice)] == ["A-6", "A-5", "A-4", "A-3", "A-2"]
    assert "2 more drafts" in alice.get("/today/").content.decode()


def test_the_dead_have_no_draft_to_go_on_with(house: House) -> None:
    draft = begun(house.alice)
    died(draft.patient, house.alice)
    assert own_drafts(house.alice) == []


@pytest.mark.parametrize(
    "query", ["?who=hospital", "?who=deputy", "?after=00000000-0000-4000-8000-000000000000"]
)
def test_own_tasks_stand_on_ones_own_first_page_only(house: House, alice: Client, query: str) -> None:
    begun(house.alice)
    assert own(alice, query) == []


def test_nobody_is_asked_where_decision_support_is_off(house: House, alice: Client) -> None:
    begun(house.alice)
    with override_settings(CDS_ENABLED=False):
        assert own(alice) == []


def test_a_coordinator_and_another_hospital_have_none(house: House, carlos: Client) -> None:
    begun(house.alice)
    coordinator = signed_in(member("Cora Coordinator", house.a, [Role.COORDINATOR]))
    assert (own(coordinator), own(carlos)) == ([], [])


def test_own_tasks_cost_two_queries_however_many(house: House, django_assert_num_queries) -> None:
    for number in range(4):
        begun(house.alice, f"A-{number}")
    with django_assert_num_queries(2):
        own_of(house.alice)
