"""What the record fills in by itself: results and treatments, never more than they say."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from guideline.edition import load_edition
from monitoring.results.models import Result
from patients.actions import corrections, record
from patients.models import FitnessAssessment, Patient
from tests.monitoring.entries import entry, recorded
from tests.personas import NOW, House, registered
from tests.treatment.wizard_driver import Wizard
from treatment.known import Known
from treatment.models import Answer
from treatment.on_record import on_record

ON = date(2026, 5, 1)
HEMOGLOBIN = "labs.hemoglobin_g_dl"
MONTHS = "radiation.months_since_last_fraction"


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def known(patient: Patient, on: date = ON) -> Known:
    return on_record(patient, load_edition(), on=on)


def hemoglobin(value: str | None = "12.4", on: str = "2026-04-20", **changes: object):
    usual = {"analyte": "hemoglobin", "unit": "g/dL", "specimen": "whole_blood", "upper_limit": None}
    return entry(value, on, **(usual | changes))


def test_the_newest_blood_count_is_filled_in_with_its_day_and_laboratory(house: House, patient) -> None:
    recorded(patient, house.alice, hemoglobin("10.1", "2026-01-02"), hemoglobin("12.4"))
    fact = known(patient).facts[HEMOGLOBIN]
    assert (fact.value, fact.on, fact.source) == (12.4, date(2026, 4, 20), "Laboratory A")


@pytest.mark.parametrize(
    ("reported", "path", "found"),
    [
        (("hemoglobin", "124", "g/L"), HEMOGLOBIN, 12.4),
        (("platelets", "480", "10*3/uL"), "labs.platelets_10e9_l", 480),
        (("platelets", "480000", "/uL"), "labs.platelets_10e9_l", 480),
        (("egfr", "28.5", "mL/min/{1.73_m2}"), "labs.egfr_ml_min_173m2", 28.5),
    ],
)
def test_a_value_is_brought_to_the_unit_of_the_question(
    house: House, patient, reported: tuple[str, str, str], path: str, found: float
) -> None:
    analyte, value, unit = reported
    recorded(patient, house.alice, hemoglobin(value, analyte=analyte, unit=unit))
    assert known(patient).facts[path].value == found


@pytest.mark.parametrize(
    ("report", "why"),
    [
        ({"value": Decimal(5), "comparator": "<"}, "That is a bound and no number"),
        ({"value": Decimal(7), "unit": "mmol/L"}, "That unit is never converted"),
        ({"value": None, "text": "clotted", "unit": ""}, "That is no number"),
        ({"value": Decimal(30)}, "Only 1 to 25 can be used"),
    ],
)
def test_what_is_no_usable_number_is_shown_and_stays_unknown(house: House, patient, report, why) -> None:
    recorded(patient, house.alice, hemoglobin("12.4", "2026-01-02"), hemoglobin(**report))
    found = known(patient)
    assert HEMOGLOBIN not in found.facts
    assert why in found.beside[HEMOGLOBIN][0]


def test_a_preliminary_result_is_shown_and_the_final_one_before_it_is_used(house: House, patient) -> None:
    first, second = recorded(patient, house.alice, hemoglobin("12.4", "2026-04-01"), hemoglobin("9"))
    Result.objects.filter(pk=second.pk).update(state="entered_in_error")
    Result.objects.filter(pk=second.pk).update(state="preliminary")
    found = known(patient)
    assert (found.facts[HEMOGLOBIN].value, found.facts[HEMOGLOBIN].on) == (12.4, first.collected_on)
    assert found.beside[HEMOGLOBIN][0].endswith("It is preliminary and not used.")


def test_a_result_of_a_later_day_is_not_known_yet(house: House, patient) -> None:
    recorded(patient, house.alice, hemoglobin())
    assert HEMOGLOBIN not in known(patient, on=date(2026, 4, 19)).facts


def test_a_test_was_done_where_its_result_was_seen_and_nothing_is_said_of_the_others(
    house: House, patient
) -> None:
    recorded(patient, house.alice, hemoglobin("2.1", analyte="tsh", unit="m[IU]/L", specimen="serum"))
    facts = known(patient).facts
    assert facts["workup.thyroid_tested"].source == "TSH, Laboratory A"
    assert facts["workup.thyroid_tested"].value is True
    assert "workup.adrenal_tested" not in facts
    assert "workup.thyroid_abnormal" not in facts


@pytest.mark.parametrize(("days", "value"), [(365, True), (366, False)])
def test_a_result_of_the_last_year_outweighs_that_nothing_was_tested(
    house: House, patient, days: int, value: bool
) -> None:
    seen = (ON - timedelta(days=days)).isoformat()
    recorded(patient, house.alice, hemoglobin("2.1", seen, analyte="tsh", unit="m[IU]/L"))
    values = {"assessed_on": ON, "thyroid_tested": False}
    corrections.add(
        FitnessAssessment, patient=patient, values=values, submission=uuid4(), by=house.alice, now=NOW
    )
    assert known(patient).facts["workup.thyroid_tested"].value is value


def test_a_pressure_answers_nothing_about_hypertension_and_stands_beside_it(house: House, patient) -> None:
    pressure = hemoglobin("58", analyte="rvsp_mmhg", unit="mm[Hg]", specimen="")
    recorded(patient, house.alice, pressure)
    found = known(patient)
    assert "cardiopulmonary.pulmonary_hypertension" not in found.facts
    assert "58 mmHg on 20 Apr 2026" in found.beside["cardiopulmonary.pulmonary_hypertension"][0]
    assert found.facts["workup.echocardiography_done"].value is True


def test_what_was_measured_stands_beside_the_criterion(house: House, patient) -> None:
    recorded(patient, house.alice, entry("1450", "2026-04-20"))
    found = known(patient)
    assert "diagnosis.vegf_elevated" not in found.facts
    assert "1450 pg/mL on 20 Apr 2026" in found.beside["diagnosis.vegf_elevated"][0]


def give(house: House, patient: Patient, **treatment: object) -> None:
    usual = {"kind": "radiation", "name": "50 Gy to T8", "started_on": date(2025, 12, 1)}
    values = usual | {"ended_on": date(2026, 1, 31), "intent": "definitive"} | treatment
    record.give_treatment(patient=patient, values=values, submission=uuid4(), by=house.alice, now=NOW)


@pytest.mark.parametrize(
    ("on", "months"), [(date(2026, 4, 29), 2), (date(2026, 4, 30), 3), (date(2026, 1, 31), 0)]
)
def test_whole_months_are_counted_from_the_last_fraction(
    house: House, patient, on: date, months: int
) -> None:
    give(house, patient)
    fact = known(patient, on=on).facts[MONTHS]
    assert (fact.value, fact.on) == (months, on)


def test_a_last_fraction_known_to_the_month_counts_only_where_both_ends_agree(house: House, patient) -> None:
    give(house, patient, ended_on=date(2026, 1, 1), ended_precision="month")
    assert known(patient, on=date(2026, 4, 30)).facts[MONTHS].value == 3
    uncertain = known(patient, on=date(2026, 4, 15))
    assert MONTHS not in uncertain.facts
    assert uncertain.beside[MONTHS] == ["Last fraction Jan 2026: 2 to 3 whole months ago."]


def test_radiation_without_a_last_day_counts_no_months(house: House, patient) -> None:
    give(house, patient, ended_on=None)
    assert MONTHS not in known(patient).facts
    assert "No last fraction is recorded" in known(patient).beside[MONTHS][0]


def test_radiation_added_to_a_systemic_treatment_counts_no_months(house: House, patient) -> None:
    give(house, patient, intent="adjunct")
    assert MONTHS not in known(patient).facts


@pytest.mark.parametrize(
    ("stabilized", "judged", "value"),
    [
        (True, date(2026, 4, 30), True),
        (True, date(2026, 4, 29), None),
        (True, None, None),
        (False, date(2026, 2, 10), False),
    ],
)
def test_a_yes_to_stability_counts_only_from_the_third_month(
    house: House, patient, stabilized: bool, judged: date | None, value: bool | None
) -> None:
    give(house, patient, stabilized=stabilized, stabilized_on=judged)
    found = known(patient)
    fact = found.facts.get("radiation.stabilized")
    assert (fact.value if fact else None) is value
    assert ("radiation.stabilized" in found.beside) is (value is None)


@pytest.mark.parametrize(
    ("changes", "value"), [({}, True), ({"stop_reason": "toxicity"}, None), ({"ended_on": None}, None)]
)
def test_a_completed_systemic_treatment_is_a_completed_induction(
    house: House, patient, changes: dict[str, object], value: bool | None
) -> None:
    systemic = {"kind": "systemic", "name": "Len-dex", "regimen": "lenalidomide_dex", "intent": ""}
    stopped = {"stop_reason": "completed"} if changes.get("ended_on", "") == "" else {}
    give(house, patient, **(systemic | stopped | changes))
    fact = known(patient).facts.get("induction.completed")
    assert (fact.value if fact else None) is value


def test_transplantation_after_it_says_nothing_of_another_induction(house: House, patient) -> None:
    give(house, patient, kind="systemic", name="Len-dex", intent="", stop_reason="completed")
    give(house, patient, kind="asct", name="ASCT", intent="", started_on=date(2026, 3, 1), ended_on=None)
    assert "induction.completed" not in known(patient).facts


def test_the_position_has_no_default_and_the_treatments_stand_beside_it(house: House, patient) -> None:
    give(house, patient)
    found = known(patient)
    assert "line" not in found.facts
    assert found.beside["line"] == ["50 Gy to T8, 1 Dec 2025 to 31 Jan 2026."]


# In the wizard


def old_severity(wizard: Wizard, house: House, days: int = 91, severity: str = "moderate") -> date:
    found_on = timezone.localdate() - timedelta(days=days)
    values = {"assessed_on": found_on, "neuropathy_severity": severity}
    corrections.add(
        FitnessAssessment,
        patient=wizard.patient,
        values=values,
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )
    return found_on


@pytest.fixture
def begun(wizard: Wizard) -> Wizard:
    wizard.post("course", {"line": "first"})
    return wizard


def test_an_older_value_is_unknown_until_one_key_says_it_is_still_true(begun: Wizard, house: House) -> None:
    found_on = old_severity(begun, house)
    older = {"older-neuropathy-severity": begun.versions("fitness")["older-neuropathy-severity"]}
    page = begun.page("fitness")
    assert "more than 90 days old." in page
    begun.post("fitness", {})
    assert not Answer.objects.filter(question="neuropathy.severity").exists()
    reply = begun.answer("fitness", "neuropathy.severity", older | {"still": "neuropathy.severity"})
    assert 'value="moderate" checked autofocus' in reply.content.decode()
    answer = Answer.objects.get(question="neuropathy.severity")
    assert (answer.value, answer.source_on, answer.confirmed_on) == (
        "moderate",
        found_on,
        timezone.localdate(),
    )


def test_still_true_works_without_javascript_and_saves_the_other_answers(begun: Wizard, house: House) -> None:
    old_severity(begun, house)
    typed = {"still": "neuropathy.severity", "fitness-prior_thrombosis": "true"}
    response = begun.post("fitness", typed, go="")
    assert response.headers["Location"] == f"{begun.url('fitness')}#question-neuropathy-severity"
    stored = dict(Answer.objects.values_list("question", "value"))
    assert stored == {"line": "first", "neuropathy.severity": "moderate", "fitness.prior_thrombosis": True}


def test_what_changed_since_it_was_shown_is_not_confirmed_unseen(begun: Wizard, house: House) -> None:
    old_severity(begun, house, days=200)
    seen = begun.versions("fitness")
    old_severity(begun, house, days=100, severity="severe")
    typed = seen | {"still": "neuropathy.severity"}
    response = begun.client.post(begun.url("fitness"), typed)
    assert "The record changed after you opened this page" in response.content.decode()
    assert not Answer.objects.filter(question="neuropathy.severity").exists()


def test_a_fresh_value_says_where_it_comes_from_and_needs_no_key(begun: Wizard, house: House) -> None:
    old_severity(begun, house, days=90)
    page = begun.page("fitness")
    assert "fitness assessment; kept when you go on" in page
    assert "data-still" not in page
