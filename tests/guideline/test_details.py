"""Finer points of advisories and missing facts, each of which a careless change once passed by."""

import pytest

from guideline.edition import load_edition
from tests.guideline.builders import (
    DISSEMINATED,
    LOCALIZED,
    NO_PRIOR,
    decision_of,
    missing_of,
    severities,
)


def text_of(decision, id):
    return next(advisory.text for advisory in decision.advisories if advisory.id == id)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"neuropathy__severity": "mild"}, "preferred"),
        ({"neuropathy__severity": "none"}, "suitable"),
        ({"labs__egfr_ml_min_173m2": 20}, "caution"),
    ],
)
def test_immunomodulators_bring_their_precautions_whenever_one_may_be_given(changes, status):
    decision = decision_of("first", DISSEMINATED, **changes)
    assert decision.option("lenalidomide_dex").status == status
    assert severities(decision)["imid-precautions"] == "warning"


@pytest.mark.parametrize(("prior", "status"), [("none", "preferred"), ("responded", "caution")])
def test_induction_comes_before_mobilization_also_where_transplantation_asks_for_caution(prior, status):
    facts = {**DISSEMINATED, **NO_PRIOR, "fitness.stem_cells_collected": False, "prior.asct": prior}
    decision = decision_of("relapse", facts)
    assert decision.option("asct").status == status
    assert "induction-before-mobilization" in severities(decision)


@pytest.mark.parametrize(
    ("thyroid", "adrenal", "found"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_both_glands_must_be_abnormal_for_the_order_of_their_replacement(thyroid, adrenal, found):
    decision = decision_of("first", workup__thyroid_abnormal=thyroid, workup__adrenal_abnormal=adrenal)
    assert ("adrenal-before-thyroid" in severities(decision)) is found


@pytest.mark.parametrize(("sex", "limit"), [("male", "13"), ("female", "12"), (None, "12")])
def test_anemia_is_told_with_the_limit_of_the_sex(sex, limit):
    said = text_of(decision_of("first", patient__sex=sex, labs__hemoglobin_g_dl=10), "adverse-features")
    assert limit in said


@pytest.mark.parametrize("severity", ["mild", "moderate", "severe"])
def test_a_graded_neuropathy_that_is_not_there_is_a_contradiction(severity):
    decision = decision_of("first", neuropathy__severity=severity, diagnosis__polyneuropathy=False)
    assert severities(decision)["facts-inconsistent"] == "warning"


@pytest.mark.parametrize(("age", "not_excluded"), [(54, True), (55, False)])
def test_pregnancy_is_asked_below_the_limit_of_childbearing_age(age, not_excluded):
    assert decision_of("first", patient__age_years=age).pregnancy_not_excluded is not_excluded


def test_imaging_that_matters_only_together_with_the_count_is_missing():
    facts = {**LOCALIZED, "extent.bone_lesion_count": None, "extent.whole_body_imaging": None}
    assert "extent.whole_body_imaging" in missing_of(decision_of("first", facts))


def test_what_an_unknown_marrow_can_change_is_named_whole():
    facts = {**LOCALIZED, "neuropathy.severity": "mild", "fitness.transplant_eligible": True}
    found = missing_of(decision_of("first", facts, extent__clonal_marrow_plasma_cells=None))
    assert found["extent.clonal_marrow_plasma_cells"] == (
        "extent",
        "pathway",
        "option:radiation",
        "option:lenalidomide_dex",
        "option:melphalan_dex",
        "option:bortezomib_mono",
        "option:asct",
    )


def test_an_option_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="leeches"):
        decision_of("first").option("leeches")


def test_items_of_a_schedule_know_their_anchor():
    schedule = load_edition().schedules["transplantation"]
    assert {item.anchor for item in schedule.items} == {"transplant_day"}
    assert len(schedule.items) > len(schedule.own_items)


def test_what_was_given_before_is_said_without_the_line():
    decision = decision_of("switch", DISSEMINATED, NO_PRIOR, prior__asct=None)
    (unknown,) = [a for a in decision.option("asct").arguments if a.rule == "PRIOR-UNKNOWN"]
    assert "stopped without progression" not in unknown.text
