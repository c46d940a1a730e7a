"""PET scans through their pages: totals, lesions one by one, and suggestions that a person takes."""

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from monitoring.results.models import PetScan
from patients.models import Patient
from tests.personas import House, registered

ROWS = {"lesion-TOTAL_FORMS": "3", "lesion-INITIAL_FORMS": "0"}
FORM = ROWS | {
    "scanned": "2026-01-05",
    "tracer": "fdg",
    "sum_suv_max": "14.2",
    "avid_lesions": "2",
    "new_lesion": "no",
    "laboratory": "Nuclear medicine",
    "report": "Two avid lesions.",
}
LESIONS = {
    "lesion-0-site": "ilium",
    "lesion-0-side": "left",
    "lesion-0-suv_max": "8,2",
    "lesion-0-is_new": "no",
    "lesion-1-site": "t9",
    "lesion-1-suv_max": "6",
    "lesion-1-is_new": "no",
}
EMPTY = {"sum_suv_max": "", "avid_lesions": "", "new_lesion": "unknown"}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def page_of(patient: Patient, place: str = "") -> str:
    return f"/patients/{patient.pk}/results/pet/{place}"


def posted(client: Client, patient: Patient, place: str = "new/", **changes: Any) -> str:
    answer = client.post(page_of(patient, place), FORM | changes)
    return answer.content.decode().replace("&#x27;", "'")


def totals(scan: PetScan) -> tuple[Decimal | None, int | None, bool | None]:
    return scan.sum_suv_max, scan.avid_lesions, scan.new_lesion


def test_a_scan_is_kept_with_its_lesions(alice: Client, patient: Patient) -> None:
    posted(alice, patient, **LESIONS)
    scan = PetScan.objects.get()
    assert totals(scan) == (Decimal("14.2"), 2, False)
    assert scan.lesions[0] == {"site": "ilium", "side": "left", "suv_max": "8.2", "is_new": False, "note": ""}
    assert "Left ilium" in alice.get(page_of(patient)).content.decode()


def test_lesions_suggest_totals_and_a_person_takes_them(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, **LESIONS, **EMPTY)
    assert "sum of SUVmax 14.2, avid lesions 2, a new lesion: no" in page
    assert PetScan.objects.count() == 0
    take = re.findall(r'name="totals" id="totals_take" value="([^"]+)"', page)[0]
    posted(alice, patient, **LESIONS, **EMPTY, totals=take)
    assert totals(PetScan.objects.get()) == (Decimal("14.2"), 2, False)


def test_the_totals_of_the_report_may_stay(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, **LESIONS, avid_lesions="5", sum_suv_max="21")
    keep = re.findall(r'name="totals" id="totals_keep" value="([^"]+)"', page)[0]
    posted(alice, patient, **LESIONS, avid_lesions="5", sum_suv_max="21", totals=keep)
    assert totals(PetScan.objects.get()) == (21, 5, False)


def test_a_choice_of_totals_counts_only_for_these_lesions(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, **LESIONS, **EMPTY)
    take = re.findall(r'name="totals" id="totals_take" value="([^"]+)"', page)[0]
    posted(alice, patient, **(LESIONS | {"lesion-1-suv_max": "60"}), **EMPTY, totals=take)
    assert PetScan.objects.count() == 0


def test_an_unknown_uptake_leaves_the_sum_unknown(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, **(LESIONS | {"lesion-1-suv_max": ""}), **EMPTY)
    assert "sum of SUVmax not known, avid lesions 2" in page


def test_a_scan_without_an_avid_lesion_is_a_finding(alice: Client, patient: Patient) -> None:
    posted(alice, patient, avid_lesions="0", sum_suv_max="0")
    assert totals(PetScan.objects.get()) == (0, 0, False)


def test_what_is_not_known_stays_unknown(alice: Client, patient: Patient) -> None:
    posted(alice, patient, **EMPTY)
    assert totals(PetScan.objects.get()) == (None, None, None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scanned": ""}, "This field is required."),
        ({"scanned": "2026-02-30"}, "30 February 2026 does not exist"),
        ({"scanned": "2999"}, "the latest day allowed is today"),
        ({"scanned": "1976"}, "before the patient was born"),
        ({"sum_suv_max": "14,250"}, "type 14250 or 14.25"),
        ({"sum_suv_max": "1.2345"}, "at most five digits and two decimals"),
        ({"sum_suv_max": "<3"}, "is not a number"),
        ({"avid_lesions": "-1"}, "greater than or equal to 0"),
        ({"avid_lesions": "0"}, "Without an avid lesion the sum is 0"),
        ({"sum_suv_max": "0"}, "add up to more than 0"),
        ({"lesion-0-suv_max": "4"}, "Choose where this lesion is"),
        ({"lesion-0-site": "moon"}, "Select a valid choice"),
        ({"lesion-TOTAL_FORMS": "x"}, "A row of the lesions needs a look"),
    ],
)
def test_bad_input_gets_a_sentence_and_saves_nothing(
    alice: Client, patient: Patient, changes: dict[str, str], sentence: str
) -> None:
    answer = alice.post(page_of(patient, "new/"), FORM | changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert PetScan.objects.count() == 0


def test_more_rows_lose_nothing_typed(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, **LESIONS, more="1")
    assert 'name="lesion-7-site"' in page
    assert 'value="8,2"' in page
    assert PetScan.objects.count() == 0


def test_a_double_click_saves_once(alice: Client, patient: Patient) -> None:
    submission = str(uuid4())
    for _ in range(2):
        posted(alice, patient, submission=submission)
    assert PetScan.objects.count() == 1


def test_a_correction_starts_from_what_stands(alice: Client, patient: Patient) -> None:
    posted(alice, patient, **LESIONS)
    scan = PetScan.objects.get()
    page = alice.get(page_of(patient, f"{scan.pk}/correct/")).content.decode()
    assert 'value="8.2"' in page
    posted(alice, patient, f"{scan.pk}/correct/", version="1", new_lesion="yes")
    scan.refresh_from_db()
    assert (scan.new_lesion, scan.version) == (True, 2)


def test_a_stale_correction_says_what_stands_now(alice: Client, patient: Patient) -> None:
    posted(alice, patient)
    scan = PetScan.objects.get()
    PetScan.objects.update(version=2, avid_lesions=7)
    page = posted(alice, patient, f"{scan.pk}/correct/", version="1")
    assert "Nothing was overwritten" in page
    assert "avid lesions 7" in page


def test_a_scan_entered_in_error_is_struck_through(alice: Client, patient: Patient) -> None:
    posted(alice, patient)
    scan = PetScan.objects.get()
    alice.post(page_of(patient, f"{scan.pk}/error/"), {"version": "1"})
    assert "<del>14.2</del>" in alice.get(page_of(patient)).content.decode()
    assert alice.get(page_of(patient, f"{scan.pk}/correct/")).status_code == 404


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"avid_lesions": 0}, "pet_totals_agree_on_zero"),
        ({"sum_suv_max": -1}, "pet_uptake_is_never_negative"),
        ({"lesions": {"site": "ilium"}}, "pet_lesions_are_a_list"),
        ({"scanned_precision": "year"}, "pet_date_is_first_day_known"),
        ({"tracer": "water"}, "pet_tracer_is_known"),
    ],
)
def test_the_database_refuses_what_no_report_says(
    alice: Client, patient: Patient, fields: dict[str, Any], constraint: str
) -> None:
    posted(alice, patient)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PetScan.objects.update(**fields)


def test_a_script_in_a_report_is_shown_as_text(alice: Client, patient: Patient) -> None:
    posted(alice, patient, report="<script>alert(1)</script>")
    assert "<script>alert(1)" not in alice.get(page_of(patient)).content.decode()


def shown(alice: Client, patient: Patient) -> list[str]:
    """The changes that the list tells, newest scan first."""
    return re.findall(
        r'<span class="trend number" title="([^"]+)"', alice.get(page_of(patient)).content.decode()
    )


def test_a_scan_is_compared_with_the_one_before_of_its_tracer(alice: Client, patient: Patient) -> None:
    made = (("2025-01-05", "14.2", "fdg"), ("2025-06-05", "30", "other"), ("2026-01-05", "7.1", "fdg"))
    for day, total, tracer in made:
        posted(alice, patient, scanned=day, sum_suv_max=total, tracer=tracer)
    assert shown(alice, patient) == ["down 50 %, from summed SUVmax 14.2 on 5 January 2025 (before)"]


def test_a_scan_in_error_or_without_a_sum_is_compared_with_nothing(alice: Client, patient: Patient) -> None:
    posted(alice, patient, scanned="2025-01-05")
    alice.post(page_of(patient, f"{PetScan.objects.get().pk}/error/"), {"version": "1"})
    posted(alice, patient, scanned="2025-06-05", sum_suv_max="")
    posted(alice, patient, scanned="2026-01-05")
    assert shown(alice, patient) == []


@pytest.mark.parametrize("place", ["", "new/", "1/correct/", "1/error/", "1/move/"])
def test_scans_are_closed_to_others(patient: Patient, ada: Client, carlos: Client, place: str) -> None:
    assert ada.get(page_of(patient, place)).status_code == 403
    assert carlos.get(page_of(patient, place)).status_code == 404
