"""The extent through its pages: lesions one by one, the count beside them, marrow and imaging."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from patients.models import ExtentAssessment, Lesion, Patient
from patients.queries import latest_facts
from patients.queries.record import lesions_known
from tests.patients.entries import EXTENT, RADIATION, lesions, posted
from tests.personas import House, registered

PAGE = "assessments/extent"
T9 = {"site": "t9", "density": "sclerotic", "fdg_avid": "no"}
ILIUM = {"site": "ilium", "side": "left", "density": "mixed", "fdg_avid": "yes", "suv_max": "4,5"}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def looked(client: Client, patient: Patient, form: dict[str, str]) -> str:
    return posted(client, patient, PAGE, EXTENT | {"look": "1"} | form, **{"HX-Request": "true"})


def test_an_empty_lesion_count_is_not_known(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, EXTENT | {"bone_lesion_count": ""})
    assert ExtentAssessment.objects.get().bone_lesion_count is None


def test_no_lesion_is_zero_only_when_said_explicitly(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, EXTENT | {"none_found": "on"})
    assert ExtentAssessment.objects.get().bone_lesion_count == 0


def test_lesions_are_kept_one_by_one_in_their_order(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, EXTENT | lesions(T9, ILIUM) | {"as_listed": "on"})
    assert ExtentAssessment.objects.get().bone_lesion_count == 2
    first, second = Lesion.objects.order_by("position")
    assert (first.place, first.fdg_avid, first.suv_max) == ("T9", False, None)
    assert (second.place, second.fdg_avid, second.suv_max) == ("Left ilium", True, Decimal("4.50"))


def test_an_empty_row_is_no_lesion(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, EXTENT | lesions({}, T9, {}) | {"bone_lesion_count": "1"})
    assert Lesion.objects.count() == 1


def test_a_count_without_a_list_stays_possible(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, EXTENT | {"bone_lesion_count": "3"})
    assert ExtentAssessment.objects.get().bone_lesion_count == 3


def test_more_may_be_counted_than_listed(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, EXTENT | lesions(T9) | {"bone_lesion_count": "30"})
    assert ExtentAssessment.objects.get().bone_lesion_count == 30


def test_fewer_counted_than_listed_is_asked_about_and_may_be_confirmed(
    alice: Client, patient: Patient
) -> None:
    form = EXTENT | lesions(T9, ILIUM) | {"bone_lesion_count": "1"}
    answer = posted(alice, patient, PAGE, form)
    assert "2 lesions are listed and 1 are counted" in answer
    assert ExtentAssessment.objects.count() == 0
    posted(alice, patient, PAGE, form | {"confirmed": "fewer-1-2"})
    assert ExtentAssessment.objects.get().bone_lesion_count == 1


def test_what_was_confirmed_for_one_count_is_asked_again_for_another(alice: Client, patient: Patient) -> None:
    form = EXTENT | lesions(T9, ILIUM, T9) | {"bone_lesion_count": "2", "confirmed": "fewer-1-3"}
    assert "3 lesions are listed and 2 are counted" in posted(alice, patient, PAGE, form)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bone_lesion_count": "0"}, "For no lesion tick"),
        ({"bone_lesion_count": "2", "none_found": "on"}, "2 lesions and none found contradict each other"),
        ({"none_found": "on", "not_counted": "on"}, "None found and not counted contradict each other"),
        ({"bone_lesion_count": "-1"}, "The number of lesions is at least 0"),
        ({"bone_lesion_count": "501"}, "At most 500 lesions"),
        ({"bone_lesion_count": "many"}, "as a whole number"),
        ({"as_listed": "on"}, "No lesion is listed"),
        ({"imaging_on": "2026-04-02"}, "cannot be later than the assessment"),
        ({"marrow_on": "2026-02-30"}, "30 February 2026 does not exist"),
        ({"imaging_method": "plain_film", "whole_body_imaging": "yes"}, "A plain film never shows the whole"),
        (lesions(T9), "1 listed: are these all?"),
        (lesions(T9) | {"none_found": "on"}, "None found and 1 listed contradict each other"),
        (lesions({"suv_max": "3"}) | {"not_counted": "on"}, "Choose where the lesion is"),
        (lesions(T9 | {"suv_max": "-3"}) | {"as_listed": "on"}, "The number cannot be negative"),
        (lesions(T9 | {"suv_max": "1,450"}) | {"as_listed": "on"}, "1,450 has two readings"),
        (lesions(T9 | {"suv_max": "high"}) | {"as_listed": "on"}, "Give a number such as 4.5"),
        (lesions({"site": "other"}) | {"as_listed": "on"}, "Say in the note where the lesion is"),
        (lesions(T9 | {"biopsy_result": "plasma cells"}) | {"as_listed": "on"}, "needs a biopsy"),
        (lesions({"site": "wing"}) | {"as_listed": "on"}, "Lesion 1, Site"),
        (
            lesions(T9 | {"biopsied": "yes", "biopsied_on": "2999-01-01"}) | {"as_listed": "on"},
            "in the future",
        ),
    ],
)
def test_a_contradictory_extent_is_refused_with_a_sentence(
    alice: Client, patient: Patient, change: dict[str, str], sentence: str
) -> None:
    assert sentence in posted(alice, patient, PAGE, EXTENT | change)
    assert ExtentAssessment.objects.count() == 0


def test_a_lesion_taken_off_the_list_is_not_looked_at(alice: Client, patient: Patient) -> None:
    wrong = {"site": "", "suv_max": "high", "remove": "on"}
    posted(alice, patient, PAGE, EXTENT | lesions(wrong, T9) | {"as_listed": "on"})
    assert [lesion.place for lesion in Lesion.objects.all()] == ["T9"]


def test_adding_a_row_keeps_what_was_typed_and_complains_of_nothing(alice: Client, patient: Patient) -> None:
    form = EXTENT | lesions({"site": "", "suv_max": "high"}) | {"add_lesion": "1", "assessed_on": ""}
    answer = posted(alice, patient, PAGE, form)
    assert 'value="high"' in answer
    assert "Lesion 2" in answer
    assert "Nothing was saved yet" not in answer


def test_the_database_refuses_a_plain_film_as_imaging_of_the_whole_body(
    alice: Client, patient: Patient
) -> None:
    posted(alice, patient, PAGE, EXTENT | {"imaging_method": "plain_film"})
    with (
        pytest.raises(IntegrityError, match="extent_plain_film_is_never_whole_body"),
        transaction.atomic(),
    ):
        ExtentAssessment.objects.update(whole_body_imaging=True)


def test_the_extent_is_live_and_says_what_it_waits_for(alice: Client, patient: Patient) -> None:
    seen = {"bone_lesion_count": "2", "whole_body_imaging": "yes"}
    answer = looked(alice, patient, seen)
    assert "Undetermined" in answer
    assert "The marrow biopsy is not known" in answer
    assert "Clonal plasma cells in the marrow" in answer.split("Why?")[0]
    assert "Localized" in looked(alice, patient, seen | {"clonal_marrow_plasma_cells": "no"})


def test_localized_disease_still_names_diffuse_lesions_that_nobody_asked_for(
    alice: Client, patient: Patient
) -> None:
    seen = {"bone_lesion_count": "2", "whole_body_imaging": "yes", "clonal_marrow_plasma_cells": "no"}
    assert "Diffuse bone lesions" in looked(alice, patient, seen).split("Why?")[0]


def test_no_lesion_after_radiation_alone_is_not_disseminated(alice: Client, patient: Patient) -> None:
    seen = {"none_found": "on", "whole_body_imaging": "yes"}
    assert "Disseminated" in looked(alice, patient, seen).split("Why?")[0]
    posted(alice, patient, "treatments/add", RADIATION)
    assert "Disseminated" not in looked(alice, patient, seen).split("Why?")[0]


def test_facts_come_from_the_newest_assessment_with_their_own_day(alice: Client, patient: Patient) -> None:
    imaged = {"whole_body_imaging": "yes", "imaging_on": "2026-03-15", "imaging_method": "pet_ct"}
    posted(alice, patient, PAGE, EXTENT | {"none_found": "on"} | imaged)
    facts = latest_facts(patient, on=date(2026, 5, 1))
    assert facts["extent.bone_lesion_count"].value == 0
    assert facts["extent.whole_body_imaging"].on == date(2026, 3, 15)
    assert "extent.clonal_marrow_plasma_cells" not in facts


def test_the_next_assessment_starts_from_the_lesions_without_their_uptake(
    alice: Client, patient: Patient
) -> None:
    posted(alice, patient, PAGE, EXTENT | lesions(ILIUM) | {"as_listed": "on"})
    page = alice.get(f"/patients/{patient.pk}/{PAGE}/").content.decode()
    assert '<option value="ilium" selected>' in page
    assert "4.50" not in page


def test_a_correction_rewrites_the_list_and_keeps_the_old_one_in_the_history(
    alice: Client, patient: Patient
) -> None:
    posted(alice, patient, PAGE, EXTENT | lesions(T9, ILIUM) | {"as_listed": "on"})
    row = ExtentAssessment.objects.get()
    form = EXTENT | lesions(T9 | {"site": "t10"}) | {"as_listed": "on", "version": str(row.version)}
    posted(alice, patient, f"{PAGE}/{row.pk}", form)
    assert lesions_known(patient) == ["T10"]
    labels = Lesion.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", "site")  # type: ignore[attr-defined]
    assert list(labels)[2:] == [("update", "t10"), ("delete", "ilium")]


def test_a_stale_correction_is_told_that_the_lesions_changed(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, EXTENT | lesions(T9) | {"as_listed": "on"})
    row = ExtentAssessment.objects.get()
    form = EXTENT | {"bone_lesion_count": "1", "version": str(row.version)}
    posted(alice, patient, f"{PAGE}/{row.pk}", form | lesions(T9 | {"site": "t10"}))
    answer = posted(alice, patient, f"{PAGE}/{row.pk}", form | lesions(T9))
    assert "The list of lesions was changed as well" in answer
    assert lesions_known(patient) == ["T10"]


def test_an_extent_entered_in_error_leaves_the_strip(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, EXTENT | {"clonal_marrow_plasma_cells": "yes"})
    patient.summary.refresh_from_db()
    assert patient.summary.extent == "disseminated"
    row = ExtentAssessment.objects.get()
    posted(alice, patient, f"{PAGE}/{row.pk}/error", {"version": str(row.version)})
    patient.summary.refresh_from_db()
    assert patient.summary.extent == ""


@pytest.mark.parametrize(
    "page", ["assessments", "assessments/diagnosis", PAGE, f"{PAGE}/1", f"{PAGE}/1/error"]
)
def test_the_record_of_another_hospital_does_not_exist(carlos: Client, patient: Patient, page: str) -> None:
    assert carlos.get(f"/patients/{patient.pk}/{page}/").status_code == 404
