"""The criteria through their pages: answers, evidence, live verdicts, corrections."""

from datetime import date

import pytest
from django.test import Client

from patients.models import CriterionEvidence, DiagnosisAssessment, Patient
from patients.queries import latest_facts
from tests.patients.entries import DIAGNOSIS, posted
from tests.personas import House, registered

PAGE = "assessments/diagnosis"
MANDATORY = {"polyneuropathy": "yes", "monoclonal_plasma_cell_disorder": "yes"}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def looked(client: Client, patient: Patient, **answers: str) -> str:
    return posted(client, patient, PAGE, DIAGNOSIS | {"look": "1"} | answers, **{"HX-Request": "true"})


def test_not_assessed_is_kept_as_unknown_and_no_as_no(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, DIAGNOSIS | {"polyneuropathy": "yes", "castleman_disease": "no"})
    row = DiagnosisAssessment.objects.get()
    assert (row.polyneuropathy, row.castleman_disease, row.papilledema) == (True, False, None)


def test_evidence_keeps_when_it_was_found_as_far_as_that_is_known(alice: Client, patient: Patient) -> None:
    said = {"polyneuropathy_on": "May 2024", "polyneuropathy_evidence": "EMG/NCS, demyelinating"}
    posted(alice, patient, PAGE, DIAGNOSIS | {"polyneuropathy": "yes"} | said)
    [one] = CriterionEvidence.objects.all()
    assert (str(one.found), one.evidence) == ("May 2024", "EMG/NCS, demyelinating")


def test_evidence_is_read_beside_its_criterion(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, DIAGNOSIS | {"papilledema": "yes", "papilledema_evidence": "Fundoscopy"})
    assert "Fundoscopy" in alice.get(f"/patients/{patient.pk}/assessments/").content.decode()


def test_found_after_the_assessment_is_refused(alice: Client, patient: Patient) -> None:
    answer = posted(alice, patient, PAGE, DIAGNOSIS | {"papilledema_on": "2026-04-02"})
    assert "Found later than it was assessed" in answer


def test_an_earlier_assessment_stays_when_a_newer_one_is_made(alice: Client, patient: Patient) -> None:
    for day in ("2026-04-01", "2026-04-20"):
        posted(alice, patient, PAGE, DIAGNOSIS | {"assessed_on": day})
    assert DiagnosisAssessment.objects.of(patient).count() == 2


def test_the_next_assessment_starts_from_what_was_ever_documented(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, DIAGNOSIS | {"skin_changes": "yes", "skin_changes_evidence": "Angiomas"})
    assert 'value="Angiomas"' in alice.get(f"/patients/{patient.pk}/{PAGE}/").content.decode()


def test_treating_as_poems_against_the_criteria_needs_a_reason(alice: Client, patient: Patient) -> None:
    assert "Say why this is treated as POEMS" in posted(
        alice, patient, PAGE, DIAGNOSIS | {"treat_as_poems": "yes"}
    )


def test_a_look_shows_both_verdicts_and_saves_nothing(alice: Client, patient: Patient) -> None:
    answer = looked(alice, patient, **MANDATORY, vegf_elevated="yes", skin_changes="yes")
    assert "Mayo criteria" in answer
    assert "Chiba criteria" in answer
    assert "<html" not in answer
    assert DiagnosisAssessment.objects.count() == 0


def test_the_verdicts_may_differ_and_name_what_is_missing(alice: Client, patient: Patient) -> None:
    answer = looked(alice, patient, **MANDATORY, vegf_elevated="yes", skin_changes="yes")
    mayo, chiba = answer.split("Chiba criteria")
    assert "met" in mayo
    assert "could change it" not in mayo
    assert "Organomegaly" in chiba.split("Why?")[0]
    assert "Papilledema" not in chiba.split("Why?")[0]


def test_without_javascript_a_look_returns_the_form_as_it_was_typed(alice: Client, patient: Patient) -> None:
    said = {"look": "1", "skin_changes": "yes", "skin_changes_evidence": "Angiomas", "assessed_on": "soon"}
    answer = posted(alice, patient, PAGE, DIAGNOSIS | said)
    assert 'value="Angiomas"' in answer
    assert 'value="soon"' in answer
    assert "Nothing was saved yet" not in answer


def test_the_castleman_variant_is_warned_of_while_answering(alice: Client, patient: Patient) -> None:
    answer = looked(alice, patient, castleman_disease="yes", monoclonal_plasma_cell_disorder="no")
    assert "this is the Castleman variant" in answer


def corrected(client: Client, patient: Patient, row: DiagnosisAssessment, **answers: str) -> str:
    form = DIAGNOSIS | {"version": str(row.version), "submission": str(row.submission)} | answers
    return posted(client, patient, f"{PAGE}/{row.pk}", form)


def test_a_correction_changes_the_row_and_its_evidence(alice: Client, patient: Patient) -> None:
    said = {"skin_changes": "yes", "skin_changes_evidence": "Angiomas", "papilledema_evidence": "none"}
    posted(alice, patient, PAGE, DIAGNOSIS | said)
    row = DiagnosisAssessment.objects.get()
    corrected(alice, patient, row, skin_changes="no", skin_changes_evidence="Seen again")
    row.refresh_from_db()
    assert (row.skin_changes, row.version) == (False, 2)
    assert [one.evidence for one in row.evidence.all()] == ["Seen again"]


def test_the_second_of_two_people_is_told_what_the_first_changed(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, DIAGNOSIS)
    row = DiagnosisAssessment.objects.get()
    corrected(alice, patient, row, papilledema="yes", papilledema_evidence="Fundoscopy")
    answer = corrected(alice, patient, row, papilledema="no")
    assert "Nothing was overwritten" in answer
    assert "Alice Amann saved this" in answer
    assert "Papilledema: not known → <strong>yes</strong>" in answer
    assert "The evidence of the criteria was changed as well" in answer
    assert DiagnosisAssessment.objects.get().papilledema is True


def test_what_was_entered_in_error_counts_nowhere_and_stays_readable(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, DIAGNOSIS | {"papilledema": "yes"})
    row = DiagnosisAssessment.objects.get()
    posted(alice, patient, f"{PAGE}/{row.pk}/error", {"version": str(row.version)})
    assert "diagnosis.papilledema" not in latest_facts(patient, on=date(2026, 5, 1))
    page = alice.get(f"/patients/{patient.pk}/assessments/").content.decode()
    assert "Entered in error: 1" in page
    assert "Diagnosis of 1 April 2026" in page


def test_an_entry_that_changed_meanwhile_is_not_marked_unseen(alice: Client, patient: Patient) -> None:
    posted(alice, patient, PAGE, DIAGNOSIS)
    row = DiagnosisAssessment.objects.get()
    answer = posted(alice, patient, f"{PAGE}/{row.pk}/error", {"version": "7"})
    assert "Somebody saved this entry meanwhile" in answer
    row.refresh_from_db()
    assert row.entered_in_error_at is None


def test_a_double_click_adds_one_assessment(alice: Client, patient: Patient) -> None:
    for _ in range(2):
        submission = {"submission": "2b6d3a3e-0000-4000-8000-000000000002"}
        posted(alice, patient, PAGE, DIAGNOSIS | submission | {"papilledema_evidence": "Fundoscopy"})
    assert DiagnosisAssessment.objects.count() == CriterionEvidence.objects.count() == 1


def test_a_page_of_many_assessments_asks_the_database_as_often_as_one_of_two(
    alice: Client, patient: Patient, django_assert_max_num_queries: object
) -> None:
    for day in range(1, 13):
        answers = {"papilledema": "yes", "papilledema_evidence": "Seen", "polyneuropathy": "no"}
        posted(alice, patient, PAGE, DIAGNOSIS | answers | {"assessed_on": f"2026-04-{day:02}"})
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        alice.get(f"/patients/{patient.pk}/assessments/")
