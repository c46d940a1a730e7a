"""What the form asks, and the kinds of answer it takes beside a number."""

import re
from datetime import date, time

import pytest
from django.test import Client

from monitoring.results.models import Result, State
from patients.models import Patient
from tests.monitoring.entries import entry, recorded
from tests.monitoring.results.test_pages import FORM, page_of, posted
from tests.personas import House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def ticks(page: str) -> list[str]:
    return re.findall(r'name="settled" id="\w+" value="([^"]+)"', page)


def test_the_same_result_again_is_told_and_not_saved(house: House, alice: Client, patient: Patient) -> None:
    recorded(patient, house.alice)
    page = posted(alice, patient, value="1450.0")
    assert "This is in the record already: VEGF 1450 pg/mL, Plasma · Laboratory A · ELISA" in page
    assert "entered by Alice Amann on 1 May 2026" in page
    assert Result.objects.count() == 1


def test_a_tick_keeps_both_of_two_equal_measurements(house: House, alice: Client, patient: Patient) -> None:
    recorded(patient, house.alice)
    asked = ticks(posted(alice, patient))
    posted(alice, patient, settled=asked[0])
    assert Result.objects.count() == 2


def test_two_values_of_a_day_far_apart_are_asked_about(house: House, alice: Client, patient: Patient) -> None:
    recorded(patient, house.alice, entry("1000"))
    page = posted(alice, patient, value="1301")
    assert (
        "5 January 2026 has 1000 pg/mL in the same series; 1301 pg/mL differs from it by more than 30 %"
        in page
    )
    posted(alice, patient, value="1301", settled=ticks(page)[0])
    assert Result.objects.count() == 2


def test_two_values_of_a_day_that_agree_are_both_kept(house: House, alice: Client, patient: Patient) -> None:
    recorded(patient, house.alice, entry("1000"))
    posted(alice, patient, value="1300")
    assert Result.objects.count() == 2


def test_a_tick_counts_only_for_the_value_it_was_given_for(
    house: House, alice: Client, patient: Patient
) -> None:
    recorded(patient, house.alice, entry("1000"))
    asked = ticks(posted(alice, patient, value="1301"))
    posted(alice, patient, value="9000", settled=asked[0])
    assert Result.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [("2024", date(2024, 1, 1), "year"), ("Feb 2024", date(2024, 2, 1), "month")],
)
def test_a_year_or_month_alone_is_kept_and_shown_as_such(
    alice: Client, patient: Patient, typed: str, day: date, precision: str
) -> None:
    posted(alice, patient, collected_on="", collected_about=typed)
    row = Result.objects.get()
    assert (row.collected_on, row.collected_precision) == (day, precision)
    assert f">{typed} <" in alice.get(page_of(patient)).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"collected_on": ""}, "Give the day, or only its month or year"),
        ({"collected_about": "2024"}, "Give the day, or only its month or year"),
        (
            {"collected_on": "", "collected_about": "2024", "collected_at_time": "08:00"},
            "A time belongs to a day",
        ),
        ({"collected_on": "", "collected_about": "1976"}, "before the patient was born"),
        ({"collected_on": "", "collected_about": "2999"}, "the latest day allowed is today"),
        (
            {"collected_on": "2026-03-29", "collected_at_time": "02:30"},
            "02:30 did not exist on 29 March 2026",
        ),
        ({"unable": "on"}, "not both"),
        ({"value": "", "unable": ""}, "This field is required."),
        ({"state": State.CORRECTED}, "Select a valid choice"),
        ({"state": State.ENTERED_IN_ERROR}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_gets_a_sentence(
    alice: Client, patient: Patient, changes: dict[str, str], sentence: str
) -> None:
    assert sentence in posted(alice, patient, **changes)
    assert Result.objects.count() == 0


def test_the_year_of_birth_alone_is_late_enough(alice: Client, patient: Patient) -> None:
    posted(alice, patient, collected_on="", collected_about="1977")
    assert Result.objects.count() == 1


def test_an_hour_that_came_twice_is_asked_and_kept_as_chosen(alice: Client, patient: Patient) -> None:
    autumn = {"collected_on": "2025-10-26", "collected_at_time": "02:30"}
    page = posted(alice, patient, **autumn)
    offered = re.findall(r'name="time_reading" id="\w+" value="([^"]+)"', page)
    posted(alice, patient, **autumn, time_reading=offered[1])
    row = Result.objects.get()
    assert (row.collected_at_time, row.collected_at.hour) == (time(2, 30), 1)


def test_a_day_without_a_number_is_kept_as_unable(alice: Client, patient: Patient) -> None:
    posted(alice, patient, value="", unable="on", note="hemolyzed")
    row = Result.objects.get()
    assert (row.value, row.unable, row.unit, row.note) == (None, True, "", "hemolyzed")
    assert "unable" in alice.get(page_of(patient)).content.decode()


def test_an_answer_in_words_is_kept_as_words(alice: Client, patient: Patient) -> None:
    words = {"analyte": "m_protein_type", "unit": "", "specimen": "serum", "upper_limit": ""}
    posted(alice, patient, value="IgA  lambda", **words)
    assert (Result.objects.get().text, Result.objects.get().value) == ("IgA lambda", None)
    assert "IgA lambda" in alice.get(page_of(patient)).content.decode()


def test_a_preliminary_report_is_marked_and_made_final(alice: Client, patient: Patient) -> None:
    posted(alice, patient, state=State.PRELIMINARY)
    row = Result.objects.get()
    assert "preliminary" in alice.get(page_of(patient)).content.decode()
    posted(alice, patient, f"{row.pk}/correct/", version="1", state=State.FINAL)
    assert Result.objects.standing().count() == 1


def test_what_the_laboratory_corrected_stays_marked(house: House, alice: Client, patient: Patient) -> None:
    row = recorded(patient, house.alice)[0]
    posted(alice, patient, f"{row.pk}/correct/", version="1", value="145", state=State.CORRECTED)
    page = alice.get(page_of(patient, f"{row.pk}/")).content.decode()
    assert "corrected by the laboratory" in alice.get(page_of(patient)).content.decode()
    assert '<del class="muted">1450 pg/mL</del> → 145 pg/mL' in page


def test_what_was_mistyped_is_marked_as_changed(house: House, alice: Client, patient: Patient) -> None:
    row = recorded(patient, house.alice)[0]
    posted(alice, patient, f"{row.pk}/correct/", version="1", value="1451")
    row.refresh_from_db()
    assert row.state == State.FINAL
    assert ">changed<" in alice.get(page_of(patient)).content.decode()


def test_the_page_of_a_result_tells_collected_from_entered(
    house: House, alice: Client, patient: Patient
) -> None:
    row = recorded(patient, house.alice, entry(collected_at_time=time(8, 30)))[0]
    page = alice.get(page_of(patient, f"{row.pk}/")).content.decode()
    assert "5 January 2026 at 08:30" in page
    assert "1 May 2026 at 11:00" in page
    assert "34694-0" in page


def test_a_mark_as_error_can_be_taken_back(house: House, alice: Client, patient: Patient) -> None:
    row = recorded(patient, house.alice, entry(state=State.CORRECTED))[0]
    alice.post(page_of(patient, f"{row.pk}/error/"), {"version": "1"})
    alice.post(page_of(patient, f"{row.pk}/take-back/"), {"version": "2"})
    row.refresh_from_db()
    assert (row.state, row.version) == (State.CORRECTED, 3)


def test_an_earlier_state_that_the_rules_forbid_is_refused_with_a_sentence(
    house: House, alice: Client, patient: Patient
) -> None:
    row = recorded(patient, house.alice)[0]
    posted(alice, patient, f"{row.pk}/correct/", version="1", value="145", state=State.CORRECTED)
    first = row.history.order_by("pgh_id").first()
    answer = alice.post(
        f"/patients/{patient.pk}/history/result/{row.pk}/restore/{first.pgh_id}/", {"version": "2"}
    )
    assert answer.status_code == 422
    assert "result state moves forward" in answer.content.decode()


def test_the_form_offers_every_analyte_under_its_heading(alice: Client, patient: Patient) -> None:
    page = alice.get(page_of(patient, "new/")).content.decode()
    assert '<optgroup label="Lung function">' in page
    assert FORM["analyte"] in page
