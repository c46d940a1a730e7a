"""Every advisory: when it appears, how severe it is, and both sides of each boundary."""

import pytest

from tests.guideline.builders import DISSEMINATED, LOCALIZED, decision_of, severities

NOT_POEMS = {"diagnosis.polyneuropathy": False}
VARIANT = {"diagnosis.castleman_disease": True, "diagnosis.monoclonal_plasma_cell_disorder": False}
MONTHS = "radiation.months_since_last_fraction"
STABLE = "radiation.stabilized"
COUNT = "extent.bone_lesion_count"
WOMAN = {"patient.sex": "female", "patient.age_years": 40}

# advisory, severity or None for absent, line, starting facts, changes
TABLE = [
    ("castleman-variant", "critical", "first", LOCALIZED, VARIANT),
    ("castleman-variant", None, "first", LOCALIZED, {"diagnosis.castleman_disease": True}),
    ("castleman-variant-possible", "warning", "first", {}, {"diagnosis.castleman_disease": True}),
    ("castleman-variant-possible", None, "first", LOCALIZED, VARIANT),
    ("criteria-not-met", "critical", "first", LOCALIZED, NOT_POEMS),
    ("criteria-not-met", "warning", "first", LOCALIZED, NOT_POEMS | {"diagnosis.treat_as_poems": True}),
    ("criteria-not-met", None, "first", LOCALIZED, {}),
    ("criteria-incomplete", "warning", "first", LOCALIZED, {"diagnosis.polyneuropathy": None}),
    ("criteria-incomplete", "warning", "relapse", {}, {}),
    ("criteria-incomplete", "info", "first", {}, {}),
    ("criteria-incomplete", None, "first", LOCALIZED, {}),
    ("facts-inconsistent", "warning", "first", {COUNT: 0}, {"diagnosis.sclerotic_bone_lesions": True}),
    ("facts-inconsistent", None, "first", {COUNT: 1}, {"diagnosis.sclerotic_bone_lesions": True}),
    ("facts-inconsistent", "warning", "first", {COUNT: 0}, {"extent.diffuse_bone_lesions": True}),
    ("facts-inconsistent", "warning", "after_radiation", {COUNT: 0}, {}),
    ("facts-inconsistent", None, "first", {COUNT: 0}, {}),
    ("facts-inconsistent", None, "after_radiation", {COUNT: None}, {}),
    (
        "facts-inconsistent",
        "warning",
        "first",
        {"extent.clonal_marrow_plasma_cells": True},
        {"diagnosis.monoclonal_plasma_cell_disorder": False},
    ),
    ("facts-inconsistent", "warning", "first", LOCALIZED, {"neuropathy.severity": "none"}),
    ("facts-inconsistent", None, "first", LOCALIZED, {"neuropathy.severity": "mild"}),
    ("facts-inconsistent", "warning", "first", NOT_POEMS, {"neuropathy.severity": "mild"}),
    ("facts-inconsistent", "warning", "first", NOT_POEMS, {"neuropathy.severity": "severe"}),
    ("facts-inconsistent", None, "first", NOT_POEMS, {"neuropathy.severity": "none"}),
    (
        "facts-inconsistent",
        "warning",
        "first",
        {},
        {"workup.thyroid_tested": False, "workup.thyroid_abnormal": False},
    ),
    (
        "facts-inconsistent",
        "warning",
        "first",
        {},
        {"workup.gonadal_tested": False, "workup.gonadal_abnormal": True},
    ),
    (
        "facts-inconsistent",
        "warning",
        "first",
        {},
        {"workup.adrenal_tested": False, "workup.adrenal_abnormal": True},
    ),
    ("facts-inconsistent", None, "first", {}, {"workup.thyroid_abnormal": True}),
    ("systemic-mandatory", "critical", "first", DISSEMINATED, {}),
    ("systemic-mandatory", "critical", "first", LOCALIZED, {"extent.diffuse_bone_lesions": True}),
    ("systemic-mandatory", "warning", "first", LOCALIZED, {COUNT: 4}),
    ("systemic-mandatory", "warning", "first", LOCALIZED, {COUNT: 0}),
    ("systemic-mandatory", None, "relapse", LOCALIZED, {}),
    ("systemic-mandatory", None, "first", DISSEMINATED, NOT_POEMS),
    ("extent-undetermined", "warning", "first", LOCALIZED, {"extent.whole_body_imaging": False}),
    ("extent-undetermined", None, "first", LOCALIZED, {}),
    ("extent-undetermined", None, "first", NOT_POEMS, {}),
    ("pregnant", "critical", "first", {}, WOMAN | {"patient.pregnancy": "yes"}),
    ("pregnant", None, "first", {}, WOMAN | {"patient.pregnancy": "possible"}),
    ("exclude-pregnancy", "critical", "first", {}, WOMAN | {"patient.pregnancy": "possible"}),
    ("exclude-pregnancy", "warning", "first", {}, WOMAN | {"patient.age_years": 54}),
    ("exclude-pregnancy", None, "first", {}, WOMAN | {"patient.age_years": 55}),
    ("exclude-pregnancy", None, "first", NOT_POEMS, WOMAN),
    ("exclude-pregnancy", None, "after_radiation", LOCALIZED, WOMAN),
    ("exclude-pregnancy", "warning", "after_radiation", DISSEMINATED, WOMAN),
    ("imid-precautions", "warning", "first", DISSEMINATED, {}),
    ("imid-precautions", None, "first", LOCALIZED, {}),
    ("after-radiation-too-early", "info", "after_radiation", LOCALIZED, {MONTHS: 2.9}),
    ("after-radiation-too-early", "info", "after_radiation", LOCALIZED, {MONTHS: 0, STABLE: True}),
    ("after-radiation-too-early", None, "after_radiation", LOCALIZED, {MONTHS: 3}),
    ("after-radiation-too-early", None, "after_radiation", LOCALIZED, {MONTHS: 2, STABLE: False}),
    ("after-radiation-worse-early", "warning", "after_radiation", LOCALIZED, {MONTHS: 2.9, STABLE: False}),
    ("after-radiation-worse-early", None, "after_radiation", LOCALIZED, {MONTHS: 3, STABLE: False}),
    ("after-radiation-worse-early", None, "after_radiation", LOCALIZED, {MONTHS: 2}),
    ("after-radiation-assess", "warning", "after_radiation", LOCALIZED, {MONTHS: 3}),
    ("after-radiation-assess", "warning", "after_radiation", LOCALIZED, {MONTHS: 5.9}),
    ("after-radiation-assess", None, "after_radiation", LOCALIZED, {MONTHS: 6}),
    ("after-radiation-assess", None, "after_radiation", LOCALIZED, {MONTHS: 4, STABLE: True}),
    ("after-radiation-overdue", "critical", "after_radiation", LOCALIZED, {MONTHS: 6}),
    ("after-radiation-overdue", None, "after_radiation", LOCALIZED, {MONTHS: 5.9}),
    ("after-radiation-overdue", None, "after_radiation", LOCALIZED, {MONTHS: 7, STABLE: True}),
    ("after-radiation-overdue", None, "after_radiation", DISSEMINATED, {MONTHS: 7}),
    ("after-radiation-not-stabilized", "critical", "after_radiation", LOCALIZED, {MONTHS: 3, STABLE: False}),
    ("after-radiation-not-stabilized", None, "after_radiation", LOCALIZED, {MONTHS: 2.9, STABLE: False}),
    ("after-radiation-not-stabilized", None, "after_radiation", LOCALIZED, {STABLE: False}),
    ("after-radiation-not-stabilized", None, "after_radiation", NOT_POEMS, {MONTHS: 3, STABLE: False}),
    ("after-radiation-new-lesion", "critical", "after_radiation", LOCALIZED, {"radiation.new_lesions": True}),
    ("after-radiation-new-lesion", None, "after_radiation", LOCALIZED, {"radiation.new_lesions": False}),
    ("after-radiation-new-lesion", None, "after_radiation", NOT_POEMS, {"radiation.new_lesions": True}),
    ("after-radiation-stable", "info", "after_radiation", LOCALIZED, {MONTHS: 3, STABLE: True}),
    ("after-radiation-stable", None, "after_radiation", LOCALIZED, {MONTHS: 2, STABLE: True}),
    ("after-radiation-stable", None, "after_radiation", LOCALIZED, {MONTHS: 3}),
    ("after-radiation-incomplete", "warning", "after_radiation", LOCALIZED, {}),
    ("after-radiation-incomplete", "critical", "after_radiation", LOCALIZED, {STABLE: False}),
    ("after-radiation-incomplete", None, "after_radiation", LOCALIZED, {MONTHS: 0}),
    ("after-radiation-incomplete", None, "first", LOCALIZED, {}),
    ("adverse-features", "warning", "first", {"patient.sex": "male"}, {"labs.hemoglobin_g_dl": 12.9}),
    ("adverse-features", None, "first", {"patient.sex": "male"}, {"labs.hemoglobin_g_dl": 13}),
    ("adverse-features", "warning", "first", {"patient.sex": "female"}, {"labs.hemoglobin_g_dl": 11.9}),
    ("adverse-features", None, "first", {"patient.sex": "female"}, {"labs.hemoglobin_g_dl": 12}),
    ("adverse-features", None, "first", {}, {"labs.hemoglobin_g_dl": 12.5}),
    ("adverse-features", "warning", "first", {}, {"labs.platelets_10e9_l": 149}),
    ("adverse-features", None, "first", {}, {"labs.platelets_10e9_l": 150}),
    ("adverse-features", "warning", "first", {}, {"patient.age_years": 61}),
    ("adverse-features", None, "first", {}, {"patient.age_years": 60}),
    ("adverse-features", None, "first", {}, {}),
    ("survival-risk-factors", "info", "first", {}, {"patient.age_years": 51}),
    ("survival-risk-factors", None, "first", {}, {"patient.age_years": 50}),
    ("survival-risk-factors", "info", "first", {}, {"cardiopulmonary.pulmonary_hypertension": True}),
    ("survival-risk-factors", "info", "first", {}, {"cardiopulmonary.pleural_effusion": True}),
    ("survival-risk-factors", "info", "first", {}, {"labs.egfr_ml_min_173m2": 29.9}),
    ("survival-risk-factors", None, "first", {}, {"labs.egfr_ml_min_173m2": 30}),
    (
        "induction-before-mobilization",
        "info",
        "first",
        DISSEMINATED,
        {"fitness.stem_cells_collected": False},
    ),
    ("induction-before-mobilization", None, "first", DISSEMINATED, {}),
    (
        "induction-before-mobilization",
        None,
        "first",
        DISSEMINATED,
        {"fitness.stem_cells_collected": None, "induction.completed": True},
    ),
    ("induction-before-mobilization", None, "first", LOCALIZED, {"fitness.stem_cells_collected": False}),
    ("thrombocytosis-prophylaxis", "warning", "first", {}, {"labs.platelets_10e9_l": 451}),
    ("thrombocytosis-prophylaxis", None, "first", {}, {"labs.platelets_10e9_l": 450}),
    (
        "thrombocytosis-prophylaxis",
        None,
        "first",
        {},
        {"labs.platelets_10e9_l": 451, "fitness.on_thromboprophylaxis": True},
    ),
    ("test-pulmonary-function", "info", "first", {}, {"workup.pulmonary_function_tested": False}),
    ("test-pulmonary-function", None, "first", {}, {"workup.pulmonary_function_tested": True}),
    ("test-echocardiography", "info", "first", {}, {}),
    ("test-echocardiography", None, "first", {}, {"workup.echocardiography_done": True}),
    ("monitor-vegf", "info", "first", NOT_POEMS, {}),
    ("monitor-pet-lag", "info", "first", NOT_POEMS, {}),
    ("monitor-neurologic-lag", "info", "first", NOT_POEMS, {}),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]}-{row[1]}")
def test_an_advisory_appears_with_its_severity_only_when_its_condition_is_true(row):
    advisory, severity, line, facts, changes = row
    assert severities(decision_of(line, facts, changes)).get(advisory) == severity


@pytest.mark.parametrize("axis", ["thyroid", "adrenal", "gonadal"])
@pytest.mark.parametrize(
    ("tested", "abnormal", "asked"),
    [(None, None, True), (False, None, True), (True, None, False), (None, True, False), (None, False, True)],
)
def test_an_axis_is_to_be_tested_unless_tested_or_known_to_be_abnormal(axis, tested, abnormal, asked):
    facts = {f"workup.{axis}_tested": tested, f"workup.{axis}_abnormal": abnormal}
    assert (f"test-{axis}" in severities(decision_of("first", facts))) is asked


@pytest.mark.parametrize("axis", ["adrenal", "gonadal"])
@pytest.mark.parametrize("abnormal", [True, False, None])
def test_an_axis_is_replaced_only_when_abnormal(axis, abnormal):
    found = severities(decision_of("first", {f"workup.{axis}_abnormal": abnormal}))
    assert found.get(f"replace-{axis}") == ("warning" if abnormal else None)


@pytest.mark.parametrize(
    ("adrenal_abnormal", "adrenal_tested", "expected"),
    [
        (None, None, "adrenal-first"),
        (None, True, "adrenal-first"),
        (False, None, "adrenal-first"),
        (False, False, "adrenal-first"),
        (False, True, "replace-thyroid"),
    ],
)
def test_thyroxine_waits_until_the_adrenal_axis_is_tested(adrenal_abnormal, adrenal_tested, expected):
    facts = {
        "workup.thyroid_abnormal": True,
        "workup.adrenal_abnormal": adrenal_abnormal,
        "workup.adrenal_tested": adrenal_tested,
    }
    found = severities(decision_of("first", facts))
    assert {"adrenal-first", "replace-thyroid"} & set(found) == {expected}


def test_with_both_axes_abnormal_hydrocortisone_comes_before_thyroxine():
    facts = {"workup.thyroid_abnormal": True, "workup.adrenal_abnormal": True}
    found = severities(decision_of("first", facts))
    assert found["adrenal-before-thyroid"] == "critical"
    assert {"replace-thyroid", "replace-adrenal"} <= set(found)
    assert "adrenal-first" not in found


def test_advisories_come_critical_first_and_then_in_the_order_of_the_table():
    facts = {"patient.sex": "female", "patient.age_years": 54, "patient.pregnancy": "yes"}
    found = list(severities(decision_of("first", DISSEMINATED, facts)))
    assert found[:3] == ["systemic-mandatory", "pregnant", "survival-risk-factors"]


def test_a_count_alone_advises_systemic_treatment_with_sources_of_its_own():
    decision = decision_of("first", LOCALIZED, extent__bone_lesion_count=5)
    advisory = next(a for a in decision.advisories if a.id == "systemic-mandatory")
    assert advisory.text == "The lesion count is 5 (limit 3): systemic treatment is advised."
    assert advisory.sources == ("X-ASH14F", "X-Disp23")


def test_an_undetermined_extent_names_everything_that_stands_in_the_way():
    decision = decision_of("first", patient__sex="male")
    advisory = next(a for a in decision.advisories if a.id == "extent-undetermined")
    assert advisory.text == (
        "The extent cannot be determined: the lesion count is not known, the marrow biopsy is not known "
        "and whether the whole skeleton was imaged is not known."
    )


def test_inconsistent_facts_are_named():
    decision = decision_of("first", extent__bone_lesion_count=0, diagnosis__sclerotic_bone_lesions=True)
    advisory = next(a for a in decision.advisories if a.id == "facts-inconsistent")
    assert advisory.text == (
        "These facts do not fit together: the lesion count is 0 while sclerotic bone lesions are documented."
    )
