"""Who answers for the examinations of a plan, and the reminders that signing would bring."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Membership
from monitoring.follow_ups.models import FollowUp
from tests.personas import PASSWORD, House, member
from tests.treatment.cases import DISSEMINATED
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan


@pytest.fixture
def bob(house: House) -> Membership:
    return member("Bob Bauer", house.a, ["clinician"])


@pytest.fixture
def chosen(bob: Membership, wizard: Wizard) -> Wizard:
    wizard.enter(DISSEMINATED)
    wizard.choose("lenalidomide_dex")
    wizard.settle_dates(line_start=(timezone.localdate() + timedelta(days=1)).isoformat())
    return wizard


def test_a_schedule_is_answered_by_whoever_is_named(chosen: Wizard, bob: Membership) -> None:
    start = (timezone.localdate() + timedelta(days=1)).isoformat()
    chosen.settle_dates(line_start=start, **{"who-systemic": str(bob.user_id)})
    chosen.sign(PASSWORD)
    assert {item.responsible for item in FollowUp.objects.filter(origin=Plan.objects.get().pk)} == {bob.user}
    assert Plan.objects.get().follow_ups[0]["responsible"] == "Bob Bauer"


def test_without_a_name_the_signer_answers(chosen: Wizard, house: House) -> None:
    chosen.sign(PASSWORD)
    assert {item.responsible for item in FollowUp.objects.all()} == {house.alice.user}


def test_somebody_of_another_hospital_cannot_be_named(chosen: Wizard, house: House) -> None:
    page = chosen.page("follow-up")
    assert str(house.carlos.user_id) not in page


def test_the_reminders_of_the_next_ninety_days_are_shown_before_signing(chosen: Wizard) -> None:
    page = chosen.page("follow-up")
    assert "Reminders of the next 90 days" in page
    assert "coming up" in page
