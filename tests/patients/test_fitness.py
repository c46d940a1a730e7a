"""Fitness as dated assessments: each answer keeps the day on which it was found."""

from datetime import date

import pytest
from django.test import Client

from patients.models import FitnessAssessment, Occurrence, Patient
from patients.queries import latest_facts
from patients.queries.fitness import known_answers
from tests.personas import House, registered
from treatment.facts import case_of

ON = date(2026, 5, 1)
UNASKED = dict.fromkeys(
    (
        "transplant_eligible",
        "stem_cells_collected",
        "prior_thrombosis",
        "on_thromboprophylaxis",
        "on_anticoagulation",
        "echocardiography_done",
        "pulmonary_hypertension",
        "pulmonary_function_tested",
        "pleural_effusion",
        "thyroid_tested",
        "thyroid_abnormal",
        "adrenal_tested",
        "adrenal_abnormal",
        "gonadal_tested",
        "gonadal_abnormal",
    ),
    "unknown",
)


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def assessed(client: Client, patient: Patient, day: str, **answers: object) -> str:
    form = UNASKED | {"assessed_on": day} | answers
    page = client.post(f"/patients/{patient.pk}/entries/fitness/add/", form, follow=True)
    return page.content.decode().replace("&#x27;", "'")


def test_an_answer_that_is_not_asked_again_keeps_its_own_day(alice: Client, patient: Patient) -> None:
    assessed(alice, patient, "2026-01-10", ecog="2", neuropathy_severity="severe")
    assessed(alice, patient, "2026-04-20", ecog="1")
    known = known_answers(patient)
    assert (known["ecog"].value, known["ecog"].on) == (1, date(2026, 4, 20))
    assert (known["neuropathy_severity"].value, known["neuropathy_severity"].on) == (
        "severe",
        date(2026, 1, 10),
    )


def test_ecog_zero_is_an_answer_and_not_asked_is_none(alice: Client, patient: Patient) -> None:
    assessed(alice, patient, "2026-04-20", ecog="0")
    row = FitnessAssessment.objects.get()
    assert (row.ecog, row.comorbidities, row.prior_thrombosis) == (0, None, None)


def test_none_of_these_is_an_answer(alice: Client, patient: Patient) -> None:
    assessed(alice, patient, "2026-04-20", comorbidities=["none"])
    assert FitnessAssessment.objects.get().comorbidities == []


def test_known_answers_are_facts_with_day_and_source(alice: Client, patient: Patient) -> None:
    assessed(
        alice,
        patient,
        "2026-04-20",
        neuropathy_severity="moderate",
        transplant_eligible="yes",
        transplant_judged_on="2026-03-01",
        thyroid_tested="yes",
        thyroid_on="2026-02-02",
        thyroid_abnormal="no",
    )
    facts = latest_facts(patient, on=ON)
    assert facts["neuropathy.severity"].value == "moderate"
    assert facts["fitness.transplant_eligible"].on == date(2026, 3, 1)
    assert (facts["workup.thyroid_abnormal"].value, facts["workup.thyroid_abnormal"].on) == (
        False,
        date(2026, 2, 2),
    )
    assert facts["neuropathy.severity"].source == "fitness assessment"
    assert "fitness.prior_thrombosis" not in facts


def test_a_recorded_thrombosis_is_an_earlier_thrombosis(alice: Client, patient: Patient) -> None:
    assessed(alice, patient, "2026-04-20", prior_thrombosis="no")
    event = {"kind": "thrombosis", "happened": "2019", "grade": "", "text": ""}
    alice.post(f"/patients/{patient.pk}/entries/event/add/", event)
    fact = latest_facts(patient, on=ON)["fitness.prior_thrombosis"]
    assert (fact.value, fact.on, fact.source) == (True, date(2019, 1, 1), "events, known as 2019")
    Occurrence.objects.update(kind="bleeding")
    assert latest_facts(patient, on=ON)["fitness.prior_thrombosis"].value is False


def test_facts_of_two_assessments_never_contradict_each_other(alice: Client, patient: Patient) -> None:
    assessed(alice, patient, "2026-01-10", on_thromboprophylaxis="no")
    assessed(alice, patient, "2026-04-20", on_anticoagulation="yes")
    assert FitnessAssessment.objects.latest("id").on_thromboprophylaxis is True
    assessed(alice, patient, "2026-04-25", on_thromboprophylaxis="no")
    facts = latest_facts(patient, on=ON)
    assert "fitness.on_anticoagulation" not in facts
    assert case_of({"line": "first"} | {path: fact.value for path, fact in facts.items()})


def test_an_assessment_entered_in_error_counts_nowhere(alice: Client, patient: Patient) -> None:
    assessed(alice, patient, "2026-04-20", ecog="4")
    pk = FitnessAssessment.objects.get().pk
    alice.post(f"/patients/{patient.pk}/entries/fitness/{pk}/error/", {"version": "1"})
    assert known_answers(patient) == {}


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Answer at least one question."),
        ({"ecog": "5"}, "Select a valid choice"),
        ({"comorbidities": ["none", "diabetes"]}, "contradicts the other ticks"),
        (
            {"on_anticoagulation": "yes", "on_thromboprophylaxis": "no"},
            "An anticoagulant is thromboprophylaxis",
        ),
        ({"thyroid_tested": "no", "thyroid_abnormal": "yes"}, "What was not tested cannot be"),
        ({"adrenal_tested": "no", "adrenal_on": "2026-04-01"}, "A day was given; say what was found then"),
        ({"transplant_judged_on": "2026-04-01"}, "A day was given; say what was found then"),
        ({"thyroid_tested": "yes", "thyroid_on": "2026-04-21"}, "later than the assessment"),
    ],
)
def test_answers_that_contradict_each_other_are_refused_with_a_sentence(
    alice: Client, patient: Patient, answers: dict[str, object], sentence: str
) -> None:
    assert sentence in assessed(alice, patient, "2026-04-20", **answers)
    assert FitnessAssessment.objects.count() == 0


def test_a_day_of_a_test_says_that_it_was_done(alice: Client, patient: Patient) -> None:
    assessed(alice, patient, "2026-04-20", gonadal_on="2026-04-01")
    assert FitnessAssessment.objects.get().gonadal_tested is True


def test_the_form_shows_what_is_known_and_fills_nothing_in(alice: Client, patient: Patient) -> None:
    assessed(alice, patient, "2026-04-20", neuropathy_severity="moderate")
    page = alice.get(f"/patients/{patient.pk}/entries/fitness/add/").content.decode()
    assert "Known: moderate, from" in page
    assert '<option value="moderate" selected>' not in page


def test_a_correction_starts_from_what_stands(alice: Client, patient: Patient) -> None:
    assessed(alice, patient, "2026-04-20", comorbidities=["none"], ecog="1", pleural_effusion="no")
    row = FitnessAssessment.objects.get()
    address = f"/patients/{patient.pk}/entries/fitness/{row.pk}/"
    page = alice.get(address).content.decode()
    assert page.count("checked") >= 2
    form = UNASKED | {"assessed_on": "2026-04-20", "ecog": "2", "version": "1", "pleural_effusion": "no"}
    alice.post(address, form)
    row.refresh_from_db()
    assert (row.ecog, row.pleural_effusion, row.comorbidities) == (2, False, None)
