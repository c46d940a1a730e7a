"""Which line a treatment belongs to is asked whenever the guideline would infer it."""

from datetime import date

import pytest
from django.test import Client

from patients.models import Patient, Treatment
from patients.queries import latest_facts
from tests.patients.entries import MOBILIZATION, RADIATION, SUPPORTIVE, SYSTEMIC, TRANSPLANT, posted
from tests.personas import House, registered

ADD = "treatments/add"
INDUCTION = SYSTEMIC | {"ended": "2025-09-01", "stop_reason": "completed"}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def without_answer(form: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in form.items() if name != "continues"}


def facts(patient: Patient) -> dict[str, object]:
    return {path: fact.value for path, fact in latest_facts(patient, on=date(2026, 5, 1)).items()}


def test_the_first_treatment_is_not_asked_about(alice: Client, patient: Patient) -> None:
    assert (
        "continue the line before"
        not in alice.get(f"/patients/{patient.pk}/treatments/add/?kind=systemic").content.decode()
    )
    posted(alice, patient, ADD, without_answer(SYSTEMIC))
    assert Treatment.objects.count() == 1


def test_a_later_one_must_be_said_and_is_told_what_would_be_inferred(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, INDUCTION)
    answer = posted(alice, patient, ADD, without_answer(TRANSPLANT))
    assert (
        "it continues line 1 (Lenalidomide-dexamethasone, since 1 June 2025): "
        "transplantation soon after the start of an induction" in answer
    )
    assert Treatment.objects.count() == 1


def test_where_the_guideline_would_start_a_line_it_is_asked_as_well(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, INDUCTION | {"stop_reason": "progression"})
    answer = posted(alice, patient, ADD, without_answer(TRANSPLANT))
    assert "it starts line 2, after line 1" in answer


def test_not_sure_is_an_answer_and_the_line_is_marked_as_inferred(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, INDUCTION)
    posted(alice, patient, ADD, TRANSPLANT)
    assert Treatment.objects.get(kind="asct").continues is None
    page = alice.get(f"/patients/{patient.pk}/treatments/").content.decode()
    assert "Nobody said that it continues this line" in page
    assert "Line 2" not in page


@pytest.mark.parametrize(("said", "lines"), [("yes", 1), ("no", 2)])
def test_what_was_said_decides_and_nothing_is_marked(
    alice: Client, patient: Patient, said: str, lines: int
) -> None:
    posted(alice, patient, ADD, INDUCTION)
    posted(alice, patient, ADD, TRANSPLANT | {"continues": said})
    page = alice.get(f"/patients/{patient.pk}/treatments/").content.decode()
    assert page.count('<h2 id="line-') == lines
    assert "Nobody said" not in page


def test_adjunct_radiation_and_support_join_no_line_and_are_not_asked(
    alice: Client, patient: Patient
) -> None:
    posted(alice, patient, ADD, INDUCTION)
    posted(alice, patient, ADD, RADIATION | {"intent": "adjunct"})
    posted(alice, patient, ADD, SUPPORTIVE)
    assert Treatment.objects.count() == 3
    assert "Line 2" not in alice.get(f"/patients/{patient.pk}/treatments/").content.decode()


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"ended": "2025-09-01", "stop_reason": "toxicity", "response": "responded"}, "stopped_toxicity"),
        ({"ended": "2025-09-01", "stop_reason": "progression"}, "refractory"),
        ({"ended": "2025-09-01", "stop_reason": "completed", "response": "responded"}, "responded"),
        ({"response": "refractory"}, "refractory"),
        ({"ended": "2025-09-01", "stop_reason": "completed"}, None),
        ({"ended": "2025-09-01", "stop_reason": "wish"}, None),
        ({}, None),
    ],
)
def test_how_an_option_ended_is_a_fact_only_where_it_is_certain(
    alice: Client, patient: Patient, said: dict[str, str], outcome: str | None
) -> None:
    posted(alice, patient, ADD, SYSTEMIC | said)
    assert facts(patient).get("prior.lenalidomide_dex") == outcome


def test_the_newest_course_with_an_outcome_speaks_for_its_option(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, SYSTEMIC | {"started": "2020", "ended": "2021", "response": "responded"})
    posted(alice, patient, ADD, INDUCTION | {"stop_reason": "progression"})
    posted(alice, patient, ADD, SYSTEMIC | {"started": "2026-01-10", "ended": ""})
    assert facts(patient)["prior.lenalidomide_dex"] == "refractory"


def test_what_was_not_recorded_is_never_said_not_to_have_been_given(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, SYSTEMIC | {"response": "responded"})
    assert not {"prior.asct", "prior.melphalan_dex", "fitness.on_anticoagulation"} & facts(patient).keys()


def test_an_anticoagulant_that_goes_on_is_thromboprophylaxis(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, SUPPORTIVE)
    known = facts(patient)
    assert known["fitness.on_anticoagulation"] is known["fitness.on_thromboprophylaxis"] is True


def test_an_antiplatelet_drug_that_ended_says_nothing(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, SUPPORTIVE | {"support": "antiplatelet", "ended": "2026-04-01"})
    assert "fitness.on_thromboprophylaxis" not in facts(patient)


def test_collected_cells_are_known_until_a_transplantation_used_them(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, MOBILIZATION)
    assert facts(patient)["fitness.stem_cells_collected"] is True
    posted(alice, patient, ADD, TRANSPLANT)
    assert "fitness.stem_cells_collected" not in facts(patient)
