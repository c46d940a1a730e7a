"""A rise of VEGF from the first question to a decision, as a clinician meets it."""

import time
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from accounts.scope import hospital_scope
from monitoring.alerts import sweeping
from monitoring.alerts.models import Alert
from patients.models import Patient, PatientSummary
from tests.journeys.look import Look
from tests.monitoring.alerts.courses import measured, radiated, scanned, treated
from tests.personas import House, registered


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def ago(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


@pytest.fixture
def rising(house: House, today: date) -> Patient:
    """VEGF that fell under treatment and has risen once; a scan from before."""
    with transaction.atomic():
        patient = registered(house.alice)
        treated(patient, house.alice, ago(today, 400))
        days = ((410, "1450"), (200, "300"), (120, "200"), (30, "420"))
        measured(patient, house.alice, *((ago(today, days), value) for days, value in days))
        scanned(patient, house.alice, ago(today, 410))
        scanned(patient, house.alice, ago(today, 20), avid_lesions=0, sum_suv_max=None)
    return patient


@pytest.mark.usefixtures("worker")
def test_a_rise_is_repeated_confirmed_and_decided_on(
    house: House, rising: Patient, today: date, look: Look
) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{rising.pk}/alerts/")
    page.get_by_text("VEGF has risen once; repeat it in the same laboratory and specimen").first.click()
    expect(page.locator(".alert-card-info")).to_contain_text(["Please repeat it when the patient is well"])
    look.check("alerts-unconfirmed")
    with hospital_scope(house.a.pk, actor="journey"):
        measured(rising, house.alice, (ago(today, 2), "480"))
    page.reload()
    expect(page.locator(".alert-card-warning")).to_contain_text(["VEGF is rising"])
    with hospital_scope(house.a.pk, actor="journey"):
        scanned(rising, house.alice, ago(today, 1), avid_lesions=3, new_lesion=True)
    page.reload()
    critical = page.locator(".alert-card-critical")
    expect(critical).to_have_count(2)
    expect(critical.first).to_contain_text("another axis is getting worse too")
    expect(critical.last).to_contain_text("3 avid lesions, summed SUVmax 14.2, one called new")
    page.get_by_text("Why?").first.click()
    look.check("alerts-critical")
    decide(look, today)
    page.goto(f"/patients/{rising.pk}/")
    expect(page.get_by_text("summed SUVmax").first).to_be_visible()
    look.check("alerts-strip")
    page.goto("/hospital/alerts/")
    look.check("alerts-statistics")


def decide(look: Look, today: date) -> None:
    """Acknowledge the critical rise: first without a next step, then with an examination."""
    page = look.page
    page.get_by_role("link", name="Acknowledge").first.click()
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("A critical alert rests only if something is done").first).to_be_visible()
    look.check("alerts-acknowledge")
    page.get_by_label("Already acted on").check()
    page.get_by_label("An examination is planned").check()
    page.get_by_label("Examination", exact=True).select_option("vegf")
    page.get_by_label("Due on").fill((today + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("Acknowledged. It asks again with new values")).to_be_visible()
    look.check("alerts-rests")


def days_pass(patient: Patient, days: int) -> None:
    """As if the house's clock had gone on: what was acknowledged and read today was so days ago."""
    gone = timedelta(days=days)
    alerts = Alert.objects.of(patient).open().exclude(review_on=None)
    alerts.update(acknowledged_on=F("acknowledged_on") - gone, review_on=F("review_on") - gone)
    PatientSummary.objects.filter(patient=patient).update(alerts_read_on=F("alerts_read_on") - gone)


def test_an_acknowledged_alert_asks_again_on_its_review_day(
    house: House, rising: Patient, today: date, look: Look
) -> None:
    with hospital_scope(house.a.pk, actor="journey"):
        measured(rising, house.alice, (ago(today, 2), "480"))
        scanned(rising, house.alice, ago(today, 1), avid_lesions=3, new_lesion=True)
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{rising.pk}/alerts/")
    decide(look, today)
    page.get_by_text("VEGF is rising").first.click()
    expect(page.get_by_text("It asks again with new values, or on").first).to_be_visible()
    for days, returned in ((13, 0), (1, 1)):
        with hospital_scope(house.a.pk, actor="journey"):
            days_pass(rising, days)
        sweeping.read_hospital(hospital_id=house.a.pk, clock=timezone.now)
        page.reload()
        expect(page.get_by_text("the day to look again has come")).to_have_count(returned)
    expect(page.get_by_role("heading", name="Acknowledged")).to_have_count(0)
    look.check("alerts-returned")


@pytest.fixture
def radiated_patient(house: House, today: date) -> Patient:
    """Four months after radiation without an answer, in a hospital where others wait too."""
    with transaction.atomic():
        patient = registered(house.alice)
        radiated(patient, house.alice, ago(today, 125))
        rising = registered(house.alice, record_number="A-2002", family_name="Brandt")
        treated(rising, house.alice, ago(today, 400))
        measured(rising, house.alice, (ago(today, 410), "1450"), (ago(today, 30), "420"))
        waiting = registered(house.alice, record_number="A-2003", family_name="Okafor")
        treated(waiting, house.alice, ago(today, 200))
    sweeping.read_hospital(hospital_id=house.a.pk, clock=timezone.now)
    return patient


def test_the_question_after_radiation_leads_to_the_wizard(
    radiated_patient: Patient, today: date, look: Look
) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto("/today/?who=hospital")
    look.check("today")
    expect(page.locator("[data-worklist] tbody tr").first).to_contain_text(radiated_patient.record_number)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Alerts", level=1)).to_be_visible()
    expect(page.locator(".alert-card").first).to_contain_text("it cannot be acknowledged")
    look.check("alerts-radiation")
    page.get_by_role("link", name="Answer it").click()
    page.get_by_role("group", name="Has the disease stabilized?").get_by_label("No", exact=True).check()
    page.get_by_label("Judged on").fill(today.isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Treatment corrected")).to_be_visible()
    page.goto(f"/patients/{radiated_patient.pk}/alerts/")
    page.get_by_role("button", name="Plan systemic treatment").click()
    expect(page.get_by_label("After radiation: radiation is the only treatment so far")).to_be_checked()
    assert look.violations() == []  # its own journeys look at the wizard on a phone
