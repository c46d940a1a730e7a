"""An assessment and its results are written, corrected, withdrawn and moved as one."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from guideline.edition import load_edition
from monitoring.results.actions import nerve
from monitoring.results.models import NerveAssessment, Result, State
from monitoring.results.nerve_values import computed_total, values_of
from monitoring.results.queries import results_of
from patients.actions.corrections import StaleRowError
from patients.models import Patient
from tests.monitoring.assessments import MUSCLES, assessed, nerve_entry
from tests.monitoring.entries import entry
from tests.personas import NOW, House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def corrected(house: House, assessment: NerveAssessment, version: int = 1, **answers: str) -> NerveAssessment:
    return nerve.correct(
        assessment=assessment,
        entry=nerve_entry(**answers),
        expected_version=version,
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )


def test_a_correction_changes_the_same_result_and_history_keeps_both(house: House, patient: Patient) -> None:
    assessment = assessed(patient, house.alice, onls="5")
    corrected(house, assessment, onls="4")
    result = Result.objects.get()
    assert list(result.history.order_by("pgh_id").values_list("value", "version")) == [(5, 1), (4, 2)]
    history = assessment.history.order_by("pgh_id")
    assert [event.answers for event in history] == [{"onls": "5"}, {"onls": "4"}]


def test_a_correction_leaves_what_did_not_change_untouched(house: House, patient: Patient) -> None:
    corrected(house, assessed(patient, house.alice, onls="5", mrs="2"), onls="5", mrs="3")
    assert list(Result.objects.order_by("analyte").values_list("analyte", "version")) == [
        ("mrs", 2),
        ("onls", 1),
    ]


def test_a_value_that_was_withdrawn_stays_as_entered_in_error(house: House, patient: Patient) -> None:
    corrected(house, assessed(patient, house.alice, onls="5", mrs="2"), mrs="2")
    assert Result.objects.get(analyte="onls").state == State.ENTERED_IN_ERROR
    assert [row.analyte for row in results_of(patient)] == ["mrs"]


def test_a_corrected_version_moves_the_result_to_its_own_series(house: House, patient: Patient) -> None:
    corrected(house, assessed(patient, house.alice, onls="5"), onls="5", onls_version="Graham 2006")
    assert Result.objects.get().method == "Graham 2006"


def test_a_side_is_corrected_as_that_side(house: House, patient: Patient) -> None:
    hands = {"grip_device": "grip_kpa", "grip_right": "40", "grip_left": "30"}
    assessment = assessed(patient, house.alice, **hands)
    corrected(house, assessment, **hands | {"grip_left": "35", "grip_version": "Best of three"})
    values = {row.method: row.value for row in results_of(patient)}
    assert values == {"Right · Best of three": 40, "Left · Best of three": 35}
    assert Result.objects.count() == 2


def test_a_stale_correction_overwrites_nothing(house: House, patient: Patient) -> None:
    assessment = assessed(patient, house.alice, onls="5")
    corrected(house, assessment, onls="4")
    with pytest.raises(StaleRowError) as stale:
        corrected(house, assessment, onls="3")
    assert stale.value.current.answers == {"onls": "4"}
    assert Result.objects.get().value == 4


def test_an_assessment_in_error_takes_its_results_along(house: House, patient: Patient) -> None:
    assessment = assessed(patient, house.alice, onls="5", mrs="2")
    nerve.mark_error(assessment=assessment, expected_version=1, by=house.alice)
    assert results_of(patient) == []
    with pytest.raises(StaleRowError):
        corrected(house, assessment, version=2, onls="4")


def test_a_moved_assessment_takes_its_results_along_and_both_histories_show_it(
    house: House, patient: Patient
) -> None:
    assessment = assessed(patient, house.alice, onls="5")
    other = registered(house.alice, record_number="A-1002")
    nerve.move(assessment=assessment, to=other, expected_version=1, by=house.alice)
    assert results_of(patient) == []
    assert [row.value for row in results_of(other)] == [5]
    for history in (assessment.history, Result.objects.get().history):
        assert list(history.order_by("pgh_id").values_list("patient", flat=True)) == [patient.pk, other.pk]


def test_one_bad_result_of_the_visit_saves_no_assessment(house: House, patient: Patient) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        nerve.assess(
            patient=patient,
            entry=nerve_entry(onls="5"),
            beside=[entry("-1")],
            submission=uuid4(),
            by=house.alice,
            now=NOW,
        )
    assert NerveAssessment.objects.count() == Result.objects.count() == 0


def test_the_history_of_assessments_cannot_be_rewritten(house: House, patient: Patient) -> None:
    assessment = assessed(patient, house.alice, onls="5")
    with pytest.raises(ProgrammingError), transaction.atomic():
        assessment.history.update(answers={})


GRADES = st.dictionaries(st.sampled_from(sorted(MUSCLES)), st.integers(0, 5))


@given(GRADES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_sum_of_muscles_is_exact_or_absent(grades: dict[str, int]) -> None:
    edition = load_edition()
    total = computed_total("mrc_sum", grades, edition)
    assert total == (sum(grades.values()) if len(grades) == len(MUSCLES) else None)
    assert [value.value for value in values_of(grades, edition)] == ([] if total is None else [total])
