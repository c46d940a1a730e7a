"""A new version of the content: the plan stays as it was signed, what today says is shown apart."""

import re
import shutil
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from guideline.edition import Edition, load_edition
from patients.actions import record
from tests.personas import NOW, House
from tests.treatment.signed import make_ready, signed
from tests.treatment.wizard_driver import Wizard
from treatment.models import Answer, Document, Draft, Plan

CONTENT = Path("guideline/content")
TOKEN = re.compile(r'(csrfmiddlewaretoken" value=|CSRFToken": )"[^"]*"')


@pytest.fixture
def plan(wizard: Wizard) -> Plan:
    return signed(make_ready(wizard))


@pytest.fixture
def newer(tmp_path: Path) -> Edition:
    """The content with three minor criteria asked for instead of one, within the permitted range."""
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    thresholds, edition = folder / "thresholds" / "decision.yaml", folder / "edition.yaml"
    asked = "  label: Minor criteria the Mayo criteria ask for\n  value: "
    thresholds.write_text(thresholds.read_text().replace(f"{asked}1\n", f"{asked}3\n"))
    edition.write_text(edition.read_text().replace('version: "2026.11"', 'version: "2027.1"'))
    loaded = load_edition(folder)
    assert (loaded.version, loaded.number("minor_criteria_minimum")) == ("2027.1", 3)
    return loaded


@pytest.fixture
def load_newer(plan: Plan, newer: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guideline.edition._default_edition", lambda: newer)


def page(client: Client, plan: Plan, end: str = "") -> str:
    """The page without the tokens that differ each time."""
    address = f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/{end}"
    return TOKEN.sub("", client.get(address).content.decode())


def test_a_plan_looks_and_prints_the_same_after_a_new_version(
    alice: Client, plan: Plan, newer: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(alice, plan)  # takes the message that it was signed
    looks = page(alice, plan)
    prints = alice.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/print/plan-a4/").content
    monkeypatch.setattr("guideline.edition._default_edition", lambda: newer)
    assert page(alice, plan) == looks
    again = alice.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/print/plan-a4/").content
    assert again == prints


@pytest.mark.usefixtures("load_newer")
def test_what_the_newer_version_says_otherwise_is_shown(alice: Client, plan: Plan) -> None:
    shown = page(alice, plan, "today/")
    assert "Of the same facts the guideline would say something else today." in shown
    assert "2026.11, under review" in shown
    assert "<strong>2027.1, under review</strong>" in shown
    assert re.search(r'Mayo criteria</th>\s*<td data-label="When signed">met</td>', shown)


def test_the_same_version_says_the_same(alice: Client, plan: Plan) -> None:
    shown = page(alice, plan, "today/")
    assert "Of the same facts the guideline says the same today." in shown
    assert "Nothing on this page is stored." in shown
    assert 'data-label="Today"' not in shown
    assert "The record says nothing that differs from the facts of the plan." in shown


def test_what_the_record_learnt_since_is_decided_beside_it(alice: Client, plan: Plan, house: House) -> None:
    values = {"bone_lesion_count": 5, "assessed_on": plan.signed_at.date()}
    record.assess_extent(patient=plan.patient, values=values, submission=uuid4(), by=house.alice, now=NOW)
    shown = page(alice, plan, "today/")
    assert "Of the same facts the guideline says the same today." in shown
    assert re.search(
        r'Plasma-cell bone lesions</th>\s*<td data-label="When signed"><span class="muted">not known', shown
    )


@pytest.mark.usefixtures("load_newer")
def test_nothing_is_stored(alice: Client, plan: Plan) -> None:
    before = [model.objects.count() for model in (Plan, Draft, Answer, Document)]
    page(alice, plan, "today/")
    assert [model.objects.count() for model in (Plan, Draft, Answer, Document)] == before


def test_facts_that_contradict_each_other_are_told(alice: Client, plan: Plan, house: House) -> None:
    values = {"bone_lesion_count": 0, "diffuse_bone_lesions": True, "assessed_on": plan.signed_at.date()}
    record.assess_extent(patient=plan.patient, values=values, submission=uuid4(), by=house.alice, now=NOW)
    assert alice.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/today/").status_code == 200
