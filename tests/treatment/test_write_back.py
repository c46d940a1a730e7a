"""Answers of a signed draft in the record: asked one by one, entered as of today, never silently."""

from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.utils import timezone

from monitoring.matching.belonging import STABILITY
from patients.actions import corrections, record
from patients.models import DiagnosisAssessment, ExtentAssessment, FitnessAssessment, Occurrence, Treatment
from tests.monitoring.entries import entry, recorded
from tests.monitoring.follow_ups.builders import item as item_of, planned
from tests.personas import NOW, PASSWORD, House
from tests.treatment.signed import make_ready
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan

LONG_AGO = date(2026, 1, 10)


@pytest.fixture
def ready(wizard: Wizard) -> Wizard:
    return make_ready(wizard)


def offered(wizard: Wizard) -> str:
    page = wizard.page("sign")
    return (
        page.split('<fieldset class="write-back">')[1].split("</fieldset>")[0] if "write-back" in page else ""
    )


def test_an_answer_that_is_ticked_enters_the_record_with_the_signature(ready: Wizard, house: House) -> None:
    assert ready.sign(PASSWORD, write="neuropathy.severity").status_code == 302
    row = FitnessAssessment.objects.get()
    assert (row.neuropathy_severity, row.assessed_on) == ("severe", timezone.localdate())
    assert row.recorded_by == house.alice.user
    assert row.transplant_eligible is None  # it was not ticked


def test_nothing_is_written_that_was_not_ticked(ready: Wizard) -> None:
    assert 'type="checkbox"' in offered(ready)
    assert " checked" not in offered(ready)
    ready.sign(PASSWORD)
    assert Plan.objects.exists()
    assert not FitnessAssessment.objects.exists()
    assert not DiagnosisAssessment.objects.exists()


def test_a_signature_that_fails_writes_nothing_and_keeps_the_ticks(ready: Wizard) -> None:
    page = unescape(ready.sign("wrong horse", write="neuropathy.severity").content.decode())
    assert 'value="neuropathy.severity" checked' in page
    assert not FitnessAssessment.objects.exists()


def test_a_double_click_writes_once(ready: Wizard) -> None:
    opened = ready.versions("sign")
    for _ in range(2):
        ready.sign(PASSWORD, **opened, write="neuropathy.severity")
    assert FitnessAssessment.objects.count() == 1


def irradiated(wizard: Wizard, house: House, **days: object) -> Treatment:
    given = {"kind": "radiation", "name": "T8", "intent": "definitive", "started_on": LONG_AGO}
    return record.give_treatment(
        patient=wizard.patient,
        values=given | {"ended_on": LONG_AGO + timedelta(days=35)} | days,
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )


def after_radiation(wizard: Wizard) -> Wizard:
    make_ready(wizard)
    wizard.post("course", {"line": "after_radiation"})
    wizard.post("disease", {"radiation-stabilized": "false", "extent-bone_lesion_count": "1"})
    wizard.choose("lenalidomide_dex", reason="tumor_board_decision")
    settle_all(wizard)
    return wizard


def test_that_the_disease_did_not_stabilize_stands_with_the_radiation(wizard: Wizard, house: House) -> None:
    radiation = irradiated(wizard, house)
    after_radiation(wizard)
    assert wizard.sign(PASSWORD, write="radiation.stabilized").status_code == 302
    radiation.refresh_from_db()
    assert (radiation.stabilized, radiation.stabilized_on) == (False, timezone.localdate())
    assert radiation.version == 2
    assert radiation.ended_on == LONG_AGO + timedelta(days=35)


def test_what_was_said_of_the_radiation_closes_the_question_that_waited_for_it(
    wizard: Wizard, house: House
) -> None:
    irradiated(wizard, house)
    today = timezone.localdate()
    window = {"earliest": today - timedelta(days=30), "due": today, "latest": today + timedelta(days=30)}
    item = planned(
        house.alice,
        item_of(kind=STABILITY, title="Stability after radiation", **window),
        patient=wizard.patient,
    )
    after_radiation(wizard)
    wizard.sign(PASSWORD, write="radiation.stabilized")
    item.refresh_from_db()
    assert item.state == "done"


def test_without_a_finished_radiation_in_the_record_stability_is_entered_there(
    wizard: Wizard, house: House
) -> None:
    irradiated(wizard, house, ended_on=None)
    after_radiation(wizard)
    assert "the record holds no radiation with its last day" in offered(wizard)
    assert wizard.sign(PASSWORD, write="radiation.stabilized").status_code == 422


def test_what_the_record_says_already_is_not_offered(ready: Wizard, house: House) -> None:
    values = {"assessed_on": timezone.localdate(), "neuropathy_severity": "severe"}
    assess(ready, house, values)
    assert 'value="neuropathy.severity"' not in offered(ready)
    assert 'value="fitness.transplant_eligible"' in offered(ready)


def assess(wizard: Wizard, house: House, values: dict[str, object]) -> None:
    corrections.add(
        FitnessAssessment, patient=wizard.patient, values=values, submission=uuid4(), by=house.alice, now=NOW
    )


def test_an_older_value_that_was_confirmed_can_be_entered_as_of_today(wizard: Wizard, house: House) -> None:
    day = timezone.localdate() - timedelta(days=100)
    assess(wizard, house, {"assessed_on": day, "neuropathy_severity": "severe"})
    make_ready(wizard)
    assert f"Severe, {day:%-d %b %Y}" in offered(wizard)
    wizard.sign(PASSWORD, write="neuropathy.severity")
    assert FitnessAssessment.objects.order_by("-id").first().assessed_on == timezone.localdate()


def test_a_criterion_joins_the_others_and_their_evidence_stays(wizard: Wizard, house: House) -> None:
    before = {"assessed_on": LONG_AGO, "polyneuropathy": True, "skin_changes": True, "earlier_label": "CIDP"}
    evidence = [
        {
            "criterion": "skin_changes",
            "found_on": LONG_AGO,
            "found_precision": "day",
            "evidence": "seen by dermatology",
        }
    ]
    record.assess_diagnosis(
        patient=wizard.patient,
        values=before,
        evidence=evidence,  # type: ignore[arg-type] # as the form gives it
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )
    make_ready(wizard)
    wizard.post("disease", {"diagnosis-skin_changes": "true"})
    assert wizard.sign(PASSWORD, write="diagnosis.endocrinopathy").status_code == 302
    row = DiagnosisAssessment.objects.order_by("-id").first()
    assert (row.endocrinopathy, row.skin_changes, row.polyneuropathy) == (True, True, True)
    assert (row.earlier_label, row.monoclonal_plasma_cell_disorder) == ("CIDP", None)
    assert row.evidence.get().evidence == "seen by dermatology"


def test_what_stays_of_the_extent_keeps_its_own_days_and_lesions(wizard: Wizard, house: House) -> None:
    lesion = {"site": "t8", "side": "", "density": "sclerotic", "fdg_avid": None, "suv_max": None}
    lesion |= {"biopsied": None, "biopsied_on": None, "biopsy_result": "", "note": ""}
    values = {"assessed_on": LONG_AGO, "bone_lesion_count": 2, "whole_body_imaging": True}
    record.assess_extent(
        patient=wizard.patient,
        values=values,
        lesions=[lesion],  # type: ignore[list-item] # as the form gives it
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )
    make_ready(wizard)
    settle_all(wizard)
    assert wizard.sign(PASSWORD, write="extent.clonal_marrow_plasma_cells").status_code == 302
    row = ExtentAssessment.objects.order_by("-id").first()
    assert (row.clonal_marrow_plasma_cells, row.marrow_on, row.bone_lesion_count) == (True, None, 2)
    assert row.imaging_on == LONG_AGO  # imaging that was as old as its assessment does not get younger
    assert [one.site for one in row.lesions.all()] == ["t8"]


def settle_all(wizard: Wizard) -> None:
    wizard.post("sign", {"keep": "all"}, go="")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"labs-hemoglobin_g_dl": "9"}, "a result needs its unit, laboratory and day"),
        ({"induction-completed": "true"}, "it follows from the treatments given"),
    ],
)
def test_what_belongs_elsewhere_says_so_and_leads_there(
    ready: Wizard, typed: dict[str, str], why: str
) -> None:
    ready.post("fitness", typed)
    question = next(iter(typed)).replace("-", ".")
    assert why in offered(ready)
    response = ready.sign(PASSWORD, write=question)
    assert response.status_code == 422
    assert not Plan.objects.exists()


def test_a_judgement_that_needs_a_reason_is_entered_where_it_is_asked(ready: Wizard) -> None:
    ready.post("disease", {"diagnosis-treat_as_poems": "true"})
    assert "it needs a reason" in offered(ready)


def test_fewer_lesions_than_are_listed_are_changed_in_the_list(wizard: Wizard, house: House) -> None:
    lesion = {"site": "t8", "side": "", "density": "", "fdg_avid": None, "suv_max": None}
    lesion |= {"biopsied": None, "biopsied_on": None, "biopsy_result": "", "note": ""}
    record.assess_extent(
        patient=wizard.patient,
        values={"assessed_on": timezone.localdate(), "bone_lesion_count": 2},
        lesions=[lesion, lesion | {"site": "l1"}],  # type: ignore[list-item] # as the form gives it
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )
    make_ready(wizard)
    wizard.post("disease", {"extent-bone_lesion_count": "1"})
    settle_all(wizard)
    assert "more lesions are listed one by one" in offered(wizard)


def test_that_there_was_no_thrombosis_does_not_overrule_the_event(ready: Wizard, house: House) -> None:
    corrections.add(
        Occurrence,
        patient=ready.patient,
        values={"kind": "thrombosis", "happened_on": LONG_AGO},
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )
    ready.post("fitness", {"fitness-prior_thrombosis": "false"})
    settle_all(ready)
    assert "the record holds a thrombosis as an event" in offered(ready)


def test_the_pregnancy_and_the_position_are_of_the_plan_alone(ready: Wizard, house: House) -> None:
    recorded(ready.patient, house.alice, entry("1450", timezone.localdate().isoformat()))
    assert "Pregnancy" not in offered(ready)
    assert "Where the patient is" not in offered(ready)
