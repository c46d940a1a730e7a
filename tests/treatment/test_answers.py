"""Answers: written when given, kept when leaving, never overwritten by a page that is behind."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from patients.actions import record
from tests.personas import NOW, House, member, signed_in
from tests.treatment.cases import DISSEMINATED, LOCALIZED
from tests.treatment.wizard_driver import Wizard
from treatment.models import Answer

NEUROPATHY = "diagnosis.polyneuropathy"
COUNT = "extent.bone_lesion_count"


def stored(wizard: Wizard) -> dict[str, object]:
    return dict(Answer.objects.filter(draft=wizard.draft).values_list("question", "value"))


@pytest.fixture
def begun(wizard: Wizard) -> Wizard:
    """The position in the course is answered."""
    wizard.post("course", {"line": "first"})
    return wizard


def test_an_answer_is_written_when_it_is_given(wizard: Wizard) -> None:
    response = wizard.answer("course", "line", {"line": "first"})
    assert "Saved" in response.content.decode()
    assert stored(wizard) == {"line": "first"}


def test_the_button_writes_without_javascript(wizard: Wizard) -> None:
    response = wizard.post("course", {"line": "relapse"})
    assert response.headers["Location"] == wizard.url("disease")
    assert stored(wizard) == {"line": "relapse"}


def test_save_stays_on_the_page_and_back_goes_back(begun: Wizard) -> None:
    assert begun.post("disease", {}, go="save").headers["Location"] == begun.url("disease")
    assert begun.post("disease", {}, go="back").headers["Location"] == begun.url("course")


def test_the_position_in_the_course_has_no_default(wizard: Wizard) -> None:
    assert " checked" not in wizard.page("course")
    assert wizard.post("course", {}).status_code == 422


def test_a_later_step_leads_back_while_the_position_is_missing(wizard: Wizard) -> None:
    response = wizard.client.get(wizard.url("options"))
    assert response.headers["Location"] == wizard.url("course")


def test_leaving_and_coming_back_loses_nothing(begun: Wizard, house: House) -> None:
    begun.answer("disease", NEUROPATHY, {"diagnosis-polyneuropathy": "true"})
    elsewhere = Wizard(signed_in(house.alice), begun.patient)
    assert elsewhere.draft == begun.draft
    assert 'value="true" checked' in elsewhere.page("disease")


def test_beginning_twice_gives_one_draft(wizard: Wizard) -> None:
    again = Wizard(wizard.client, wizard.patient)
    assert again.draft == wizard.draft


def test_two_tabs_are_told_and_the_older_one_overwrites_nothing(begun: Wizard) -> None:
    first = begun.versions("disease")
    begun.post("disease", {"diagnosis-polyneuropathy": "true"})
    response = begun.client.post(
        begun.url("disease"), first | {"diagnosis-polyneuropathy": "false", "go": "next"}
    )
    assert response.status_code == 422
    assert "after you opened this page" in response.content.decode()
    assert stored(begun)[NEUROPATHY] is True


def test_a_single_answer_from_an_old_page_is_told_too(begun: Wizard) -> None:
    begun.answer("disease", NEUROPATHY, {"diagnosis-polyneuropathy": "true"})
    response = begun.answer("disease", NEUROPATHY, {"diagnosis-polyneuropathy": "false"}, version=0)
    assert response.status_code == 422
    assert "Alice Amann answered “Yes”" in response.content.decode()
    assert stored(begun)[NEUROPATHY] is True


def test_answering_again_after_being_told_replaces_the_answer(begun: Wizard) -> None:
    begun.answer("disease", NEUROPATHY, {"diagnosis-polyneuropathy": "true"})
    begun.answer("disease", NEUROPATHY, {"diagnosis-polyneuropathy": "false"}, version=0)
    begun.answer("disease", NEUROPATHY, {"diagnosis-polyneuropathy": "false"}, version=1)
    assert stored(begun)[NEUROPATHY] is False


def test_the_same_answer_twice_is_no_conflict(begun: Wizard) -> None:
    for _ in range(2):
        response = begun.answer("disease", NEUROPATHY, {"diagnosis-polyneuropathy": "true"}, version=0)
    assert response.status_code == 200
    assert Answer.objects.get(question=NEUROPATHY).version == 1


def test_a_wrong_answer_does_not_keep_the_others_from_being_written(begun: Wizard) -> None:
    page = begun.post("disease", {"extent-bone_lesion_count": "two", "diagnosis-papilledema": "true"})
    assert page.status_code == 422
    assert "is not a number" in page.content.decode()
    assert stored(begun)["diagnosis.papilledema"] is True


def test_not_known_is_an_answer_and_no_answer_is_none(begun: Wizard) -> None:
    begun.post("disease", {"diagnosis-polyneuropathy": "unknown"})
    assert stored(begun) == {"line": "first", NEUROPATHY: None}


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"extent-bone_lesion_count-none": "on"}, 0),
        ({"extent-bone_lesion_count-unknown": "on"}, None),
        ({"extent-bone_lesion_count": "3"}, 3),
    ],
)
def test_no_lesion_unknown_and_a_number_are_three_answers(
    begun: Wizard, fields: dict[str, str], value: int | None
) -> None:
    begun.answer("disease", COUNT, fields)
    assert stored(begun)[COUNT] == value


def test_an_empty_count_is_not_zero(begun: Wizard) -> None:
    begun.post("disease", {"extent-bone_lesion_count": ""})
    assert COUNT not in stored(begun)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "For no lesion choose “None found”"),
        ("-1", "is out of range: 0 to 500"),
        ("501", "is out of range: 0 to 500"),
        ("2.5", "is not a whole number"),
        ("1,450", "1,450 can mean 1.45 or 1450"),
        ("1,4,5", "is not a number"),
        ("<20", "is not a number"),
        ("9" * 400, "is not a number"),
    ],
)
def test_a_count_that_cannot_be_gets_a_sentence(begun: Wizard, typed: str, sentence: str) -> None:
    response = begun.answer("disease", COUNT, {"extent-bone_lesion_count": typed})
    assert sentence in response.content.decode().replace("&lt;", "<")
    assert COUNT not in stored(begun)


def test_a_number_and_not_known_contradict_each_other(begun: Wizard) -> None:
    fields = {"extent-bone_lesion_count": "2", "extent-bone_lesion_count-unknown": "on"}
    assert "contradict each other" in begun.answer("disease", COUNT, fields).content.decode()


def test_a_decimal_comma_is_read_as_one(begun: Wizard) -> None:
    begun.answer("fitness", "labs.hemoglobin_g_dl", {"labs-hemoglobin_g_dl": "12,5"})
    assert stored(begun)["labs.hemoglobin_g_dl"] == 12.5


def test_an_emptied_number_asks_for_not_known(begun: Wizard) -> None:
    begun.answer("disease", COUNT, {"extent-bone_lesion_count": "2"})
    response = begun.answer("disease", COUNT, {"extent-bone_lesion_count": ""}, version=1)
    assert "Empty is not an answer" in response.content.decode()
    assert stored(begun)[COUNT] == 2


def test_facts_that_contradict_each_other_get_the_guidelines_sentence(begun: Wizard) -> None:
    begun.answer("fitness", "fitness.on_thromboprophylaxis", {"fitness-on_thromboprophylaxis": "false"})
    response = begun.answer("fitness", "fitness.on_anticoagulation", {"fitness-on_anticoagulation": "true"})
    assert "An anticoagulant is thromboprophylaxis" in response.content.decode()
    assert "fitness.on_anticoagulation" not in stored(begun)


def test_two_answers_may_change_places_together(begun: Wizard) -> None:
    both = ("fitness-on_thromboprophylaxis", "fitness-on_anticoagulation")
    begun.post("fitness", dict.fromkeys(both, "true"))
    assert begun.post("fitness", dict.fromkeys(both, "false")).status_code == 302
    assert stored(begun)["fitness.on_anticoagulation"] is False


def test_a_question_that_does_not_matter_is_not_asked_and_says_why(wizard_for) -> None:
    wizard = wizard_for(LOCALIZED)
    wizard.post("course", {"line": "first"})
    assert "Not asked: sex for clinical use is male." in wizard.page("fitness")
    assert 'id="question-patient-pregnancy"' in wizard.page("fitness")
    late = wizard.answer("fitness", "patient.pregnancy", {"patient-pregnancy": "yes"})
    assert "no longer asked. Not asked: sex for clinical use is male." in late.content.decode()
    assert wizard.answer("fitness", "line", {"line": "first"}).status_code == 404


def assess_extent(wizard: Wizard, house: House, **values: object) -> None:
    found = {
        "bone_lesion_count": 2,
        "diffuse_bone_lesions": None,
        "whole_body_imaging": None,
        "imaging_on": None,
        "clonal_marrow_plasma_cells": None,
        "marrow_on": None,
        "assessed_on": wizard.draft.recorded_at.date(),
    }
    record.assess_extent(
        patient=wizard.patient, values=found | values, submission=uuid4(), by=house.alice, now=NOW
    )


def test_what_the_record_knows_is_filled_in_with_its_day(begun: Wizard, house: House) -> None:
    assess_extent(begun, house)
    page = begun.page("disease")
    assert 'name="extent-bone_lesion_count" value="2"' in page
    assert f"From {begun.draft.recorded_at:%-d %B %Y}, extent assessment" in page


def test_an_accepted_value_of_the_record_keeps_its_source(begun: Wizard, house: House) -> None:
    assess_extent(begun, house)
    begun.post("disease", {"extent-bone_lesion_count": "2"})
    answer = Answer.objects.get(question=COUNT)
    assert (answer.value, answer.source) == (2, "extent assessment")


def test_an_old_value_of_the_record_is_shown_but_not_filled_in(begun: Wizard, house: House) -> None:
    assess_extent(begun, house, assessed_on=begun.draft.recorded_at.date().replace(year=2020))
    page = begun.page("disease")
    assert 'name="extent-bone_lesion_count" value=""' in page
    assert "more than 365 days old." in page


def test_how_an_earlier_line_ended_is_taken_from_the_treatments_given(wizard: Wizard, house: House) -> None:
    given = {
        "kind": "systemic",
        "name": "Lenalidomide-dexamethasone",
        "regimen": "lenalidomide_dex",
        "started_on": date(2025, 1, 10),
        "ended_on": date(2025, 6, 10),
        "stop_reason": "toxicity",
    }
    record.give_treatment(patient=wizard.patient, values=given, submission=uuid4(), by=house.alice, now=NOW)
    wizard.post("course", {"line": "switch"})
    assert "From 10 June 2025, treatments given" in wizard.page("disease")


def test_a_discarded_draft_takes_no_answer(begun: Wizard) -> None:
    begun.client.post(f"/patients/{begun.patient.pk}/plans/drafts/{begun.draft.pk}/discard/")
    response = begun.answer("disease", NEUROPATHY, {"diagnosis-polyneuropathy": "true"})
    assert "This draft is closed" in response.content.decode()
    assert NEUROPATHY not in stored(begun)


def test_a_colleague_goes_on_with_the_draft(begun: Wizard, house: House) -> None:
    bruno = signed_in(member("Bruno Berg", house.a, ["clinician"]))
    Wizard(bruno, begun.patient).answer("disease", NEUROPATHY, {"diagnosis-polyneuropathy": "true"})
    assert Answer.objects.get(question=NEUROPATHY).recorded_by.full_name == "Bruno Berg"


def test_another_hospital_finds_no_draft(begun: Wizard, carlos: Client) -> None:
    assert carlos.get(begun.url("course")).status_code == 404


def test_a_draft_is_not_found_under_another_patient(begun: Wizard, house: House, wizard_for) -> None:
    other = begun.url("course").replace(str(begun.patient.pk), str(uuid4()))
    assert begun.client.get(other).status_code == 404


def test_a_coordinator_may_not_plan(begun: Wizard, house: House) -> None:
    coordinator = signed_in(member("Cora Cohn", house.a, ["coordinator"]))
    assert coordinator.get(begun.url("course")).status_code == 403
    assert coordinator.get(f"/patients/{begun.patient.pk}/plans/").status_code == 200


def test_titles_and_addresses_say_nothing_clinical(begun: Wizard) -> None:
    begun.enter(DISSEMINATED)
    for step in ("course", "disease", "fitness", "options", "follow-up", "sign"):
        title = begun.page(step).split("<title>")[1].split("</title>")[0]
        assert "Schulz" not in title
        assert "POEMS" not in title
        assert "lenalidomide" not in begun.url(step)
