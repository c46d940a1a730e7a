"""One plan holds for a patient, whatever becomes of the record."""

import pytest

from patients.models import Patient
from poems_site.workflows import merge
from tests.personas import NOW, PASSWORD, House, registered, signed_in
from tests.treatment.signed import amended, make_ready, signed
from tests.treatment.wizard_driver import Wizard
from tests.workflows.builders import accepted, merged, offered
from treatment.models import Plan, PlanStanding


def plan_for(patient: Patient, house: House) -> Plan:
    return signed(make_ready(Wizard(signed_in(house.alice), patient)))


@pytest.fixture
def kept(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def closed(house: House) -> Patient:
    return registered(house.alice, record_number="A-2002", given_name="Marie")


def test_two_records_with_a_plan_that_holds_are_not_merged(
    house: House, kept: Patient, closed: Patient
) -> None:
    plan_for(kept, house)
    plan_for(closed, house)
    with pytest.raises(merge.TwoPlansError):
        merge.preview(kept=kept, closed=closed, by=house.alice, now=NOW)
    page = signed_in(house.alice).get(f"/patients/{kept.pk}/care/merge/{closed.pk}/").content.decode()
    assert "Withdraw the one that is not to hold, then merge." in page


def test_a_merge_brings_the_plan_that_holds_along_and_back(
    house: House, kept: Patient, closed: Patient
) -> None:
    plan = plan_for(closed, house)
    done = merged(kept, closed, house.alice)
    assert PlanStanding.objects.get(state="current").patient_id == kept.pk
    merge.undo(merge=done, by=house.alice, now=NOW)
    holding = PlanStanding.objects.select_related("plan").get(state="current")
    assert (holding.plan, holding.patient_id, holding.plan.patient_id) == (plan, closed.pk, closed.pk)


def test_the_hospital_that_takes_a_patient_amends_the_plan_that_holds(house: House, kept: Patient) -> None:
    plan = plan_for(kept, house)
    taken = accepted(offered(kept, house), house)
    again = Wizard(signed_in(house.carlos), taken)
    again.client.post(f"/patients/{taken.pk}/plans/drafts/{again.draft.pk}/discard/")
    second = signed(amended(again, plan))
    assert (second.number, second.version, second.hospital_id) == (plan.number, 2, house.b.pk)
    assert PlanStanding.objects.get(state="current").plan == second


def test_a_new_plan_is_signed_over_one_that_a_merge_brought(
    house: House, kept: Patient, closed: Patient
) -> None:
    plan = plan_for(closed, house)
    merged(kept, closed, house.alice)
    again = make_ready(Wizard(signed_in(house.alice), kept))
    assert again.sign(PASSWORD).status_code == 422
    assert again.sign(PASSWORD, replaces="on").status_code == 302
    assert PlanStanding.objects.get(state="current").plan.supersedes == plan
