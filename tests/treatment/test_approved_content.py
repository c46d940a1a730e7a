"""Plans on approved and on unapproved content: what is said, what is frozen, what is refused."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.approval.reviewers import adopted, end, retire
from tests.personas import PASSWORD, House
from tests.treatment.pdf_text import pages_of, words
from tests.treatment.signed import make_ready, signed
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan

BY = "approved by Sam Stone on 3 May 2026, adopted here on 3 May 2026"
STRIPE = "Guideline content not approved"


@pytest.fixture(autouse=True)
def forgotten_attempts() -> None:
    """Codes used and attempts counted by other tests."""
    cache.clear()


@pytest.fixture
def strict(house: House) -> House:
    """Hospital A signs nothing on content that is not approved."""
    house.a.requires_approved_content = True
    house.a.save()
    return house


def page_of(plan: Plan, wizard: Wizard) -> str:
    return wizard.client.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/").content.decode()


def pdf_of(plan: Plan, wizard: Wizard) -> str:
    url = reverse("treatment:document", args=[plan.patient_id, plan.pk, "plan-a4"])
    return "".join(pages_of(wizard.client.get(url).content))


def test_a_plan_on_approved_content_has_no_stripe_and_names_the_approver(
    house: House, wizard: Wizard
) -> None:
    adopted(house)
    plan = signed(make_ready(wizard))
    assert plan.content_status == plan.decision["content"]["status"] == "approved"
    html = page_of(plan, wizard)
    assert STRIPE not in html
    assert BY in html


def test_every_why_of_a_step_names_the_approver(house: House, wizard: Wizard) -> None:
    adopted(house)
    html = make_ready(wizard).client.get(wizard.url("options")).content.decode()
    assert html.count("Content</dt>") == html.count(BY) - html.count(f"{BY}.") > 1


def test_every_why_says_that_content_is_not_approved(wizard: Wizard) -> None:
    html = make_ready(wizard).client.get(wizard.url("options")).content.decode()
    assert html.count("Content</dt>") == html.count("under review, not approved here") > 1


def test_the_printed_plan_names_the_approver_and_the_day(house: House, wizard: Wizard) -> None:
    adopted(house)
    printed = pdf_of(signed(make_ready(wizard)), wizard)
    assert words(BY) in printed
    assert "notapproved" not in printed


def test_the_printed_plan_says_that_nobody_approved_it(wizard: Wizard) -> None:
    assert words("under review, not approved here") in pdf_of(signed(make_ready(wizard)), wizard)


def test_a_plan_keeps_the_status_it_was_signed_under(house: House, wizard: Wizard) -> None:
    version = adopted(house)
    plan = signed(make_ready(wizard))
    retire(version, version.steps.get(number=1).made_by.memberships.get())
    assert STRIPE not in page_of(plan, wizard)
    assert BY in page_of(plan, wizard)


def test_a_hospital_that_asks_for_approval_signs_nothing_without(strict: House, wizard: Wizard) -> None:
    response = make_ready(wizard).sign(PASSWORD)
    assert response.status_code == 422
    assert "Hospital A signs no plan on guideline content that is not approved" in response.content.decode()
    assert not Plan.objects.exists()


def test_it_signs_on_content_that_it_adopted(strict: House, wizard: Wizard) -> None:
    adopted(strict)
    assert signed(make_ready(wizard)).content_status == "approved"


def test_the_wizard_says_so_on_its_first_page(strict: House, wizard: Wizard) -> None:
    assert "This draft cannot be signed yet" in wizard.client.get(wizard.url("course")).content.decode()


def test_an_adoption_that_ends_between_look_and_signature_signs_nothing(house: House, wizard: Wizard) -> None:
    version = adopted(house)
    seen = make_ready(wizard).versions("sign")
    end(version, house.ada)
    response = wizard.sign(PASSWORD, **seen)
    assert response.status_code == 422
    assert not Plan.objects.exists()
