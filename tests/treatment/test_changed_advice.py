"""Which plans would read otherwise with another content: counted for clinicians, nothing stored."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from guideline.case_input import parse_case
from guideline.decide import decide
from guideline.edition import load_edition
from tests.approval.editions import with_limit_of_two
from tests.personas import House
from tests.treatment.cases import LOCALIZED
from tests.treatment.signed import make_ready, signed
from tests.treatment.wizard_driver import Wizard
from treatment.changed_advice import changed_advice
from treatment.models import Plan
from treatment.queries import current_plans

URL = "/changed-advice/"


@pytest.fixture
def plan(wizard: Wizard) -> Plan:
    cache.clear()
    return signed(make_ready(wizard))


def test_the_content_it_was_signed_with_changes_nothing(plan: Plan, alice: Client) -> None:
    assert "No plan reads otherwise" in alice.get(URL).content.decode()


def test_a_content_with_a_lower_limit_takes_radiation_from_a_plan(tmp_path: Path) -> None:
    """Three lesions are limited disease in the shipped content and are not in one that allows two."""
    shipped = load_edition()
    facts = LOCALIZED | {"extent": LOCALIZED["extent"] | {"bone_lesion_count": 3}}
    decision = decide(parse_case(facts), shipped)
    plan = Plan(facts=dict(decision.facts), decision=decision.as_json(), options=["radiation"])
    assert changed_advice([plan], shipped) == []
    [found] = changed_advice([plan], with_limit_of_two(tmp_path))
    radiation = next(one for one in found.changes if one.chosen)
    assert (radiation.before, radiation.after) == ("preferred", "excluded")


def test_another_hospitals_plans_are_not_read(plan: Plan, house: House, carlos: Client) -> None:
    assert current_plans(house.carlos) == []
    assert str(plan.patient_id) not in carlos.get(URL).content.decode()


@pytest.fixture
def otherwise(plan: Plan) -> Plan:
    """The plan as if it had been signed with a content that called its choice suitable."""
    for option in plan.decision["options"]:
        if option["id"] == "lenalidomide_dex":
            option["status"] = "suitable"
    return plan


def test_a_plan_that_says_otherwise_is_listed_with_its_chosen_option(otherwise: Plan) -> None:
    [found] = changed_advice([otherwise], load_edition())
    assert [(one.label, one.before, one.chosen) for one in found.changes] == [
        ("Lenalidomide and dexamethasone", "suitable", True)
    ]
    assert found.touches_the_choice


def test_the_page_names_patient_plan_and_both_statuses(
    otherwise: Plan, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("treatment.views.changed_advice.current_plans", lambda me: [otherwise])
    page = alice.get(URL).content.decode()
    assert "in <strong>1</strong> an option stands otherwise" in page
    assert "Lenalidomide and dexamethasone <strong>(chosen)</strong>" in page
    assert page.index("Suitable") < page.index("→")


def test_facts_that_are_no_case_any_more_are_told(plan: Plan) -> None:
    plan.facts = {"line": "first", "extent": {"bone_lesion_count": -1}}
    [found] = changed_advice([plan], load_edition())
    assert found.refusal
