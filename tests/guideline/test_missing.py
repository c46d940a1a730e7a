"""Missing facts: which unknown facts are named, and what they are said to change."""

from guideline.edition import load_edition
from guideline.fact_table import FACTS
from guideline.missing import ABOVE, BEHIND_FINDINGS, BELOW, OPEN_OPTIONS, trial_values
from guideline.rules.options import OPTIONS
from tests.guideline.builders import DISSEMINATED, LOCALIZED, NO_PRIOR, case_of, decision_of, missing_of

SYSTEMIC = {**DISSEMINATED, **NO_PRIOR}


def test_a_complete_case_misses_nothing():
    assert missing_of(decision_of("first", LOCALIZED, neuropathy__severity="mild")) == {}


def test_a_marrow_that_was_not_biopsied_can_change_extent_pathway_and_options():
    found = missing_of(decision_of("first", LOCALIZED, extent__clonal_marrow_plasma_cells=None))
    assert found["extent.clonal_marrow_plasma_cells"][:3] == ("extent", "pathway", "option:radiation")


def test_a_question_that_counts_as_no_is_still_named():
    assert "extent.diffuse_bone_lesions" in missing_of(
        decision_of("first", LOCALIZED, extent__diffuse_bone_lesions=None)
    )


def test_pregnancy_of_a_man_is_never_asked():
    assert "patient.pregnancy" not in missing_of(decision_of("first", SYSTEMIC))


def test_pregnancy_of_a_patient_whose_sex_is_unknown_is_asked():
    found = missing_of(decision_of("first", SYSTEMIC, patient__sex=None))
    assert {"patient.sex", "patient.pregnancy"} <= set(found)


def test_a_sex_that_the_case_would_refuse_is_not_tried():
    found = missing_of(decision_of("first", SYSTEMIC, patient__sex=None, patient__pregnancy="possible"))
    assert "patient.sex" not in found


def test_earlier_treatments_are_asked_only_where_there_were_any():
    assert "prior.asct" in missing_of(decision_of("relapse", SYSTEMIC, prior__asct=None))
    assert "prior.asct" in missing_of(decision_of("switch", SYSTEMIC, prior__asct=None))
    assert "prior.asct" not in missing_of(
        decision_of("first", SYSTEMIC, prior__asct=None, fitness__stem_cells_collected=None)
    )


def test_radiation_facts_are_asked_only_after_radiation():
    assert not [path for path in missing_of(decision_of("first")) if path.startswith("radiation.")]


def test_months_and_stability_matter_together_also_where_neither_does_alone():
    found = missing_of(decision_of("after_radiation", LOCALIZED, radiation__new_lesions=False))
    assert "pathway" in found["radiation.months_since_last_fraction"]
    assert "pathway" in found["radiation.stabilized"]


def test_with_stability_known_the_months_alone_decide():
    found = missing_of(
        decision_of("after_radiation", LOCALIZED, radiation__new_lesions=False, radiation__stabilized=True)
    )
    assert found == {}


def test_count_imaging_and_marrow_are_tried_together_when_two_of_them_are_unknown():
    found = missing_of(
        decision_of(
            "first", LOCALIZED, extent__bone_lesion_count=None, extent__clonal_marrow_plasma_cells=None
        )
    )
    assert found["extent.bone_lesion_count"] == found["extent.clonal_marrow_plasma_cells"]
    assert "option:radiation" in found["extent.bone_lesion_count"]


def test_count_imaging_and_marrow_are_tried_together_when_all_are_unknown():
    found = missing_of(
        decision_of(
            "first",
            LOCALIZED,
            extent__bone_lesion_count=None,
            extent__clonal_marrow_plasma_cells=None,
            extent__whole_body_imaging=None,
        )
    )
    trio = ("extent.bone_lesion_count", "extent.whole_body_imaging", "extent.clonal_marrow_plasma_cells")
    assert len({found[path] for path in trio}) == 1


def test_a_change_from_excluded_to_not_applicable_is_no_change():
    facts = {"diagnosis.castleman_disease": True, "diagnosis.monoclonal_plasma_cell_disorder": False}
    found = missing_of(decision_of("first", facts))
    assert all("option:ivig" not in changes for changes in found.values())


def test_facts_that_only_advisories_read_are_not_missing():
    found = missing_of(decision_of("first", SYSTEMIC))
    assert not {"labs.hemoglobin_g_dl", "workup.thyroid_tested", "induction.completed"} & set(found)


def test_low_filtration_can_turn_a_suitable_option_into_caution():
    found = missing_of(decision_of("first", SYSTEMIC))
    assert found["labs.egfr_ml_min_173m2"] == ("option:lenalidomide_dex", "option:melphalan_dex")


def test_both_sides_of_every_threshold_are_tried():
    edition = load_edition()
    tried = {path: trial_values(path, edition) for path in {*BELOW, *ABOVE}}
    assert tried["patient.age_years"] == (50, 51, 54, 55, 60, 61)
    assert tried["labs.platelets_10e9_l"] == (149, 150, 450, 451)
    assert tried["radiation.months_since_last_fraction"] == (2, 3, 5, 6)
    assert trial_values("extent.bone_lesion_count", edition) == (0, 1, 3, 4)
    assert trial_values("patient.sex", edition) == ("female", "male")
    assert trial_values("fitness.transplant_eligible", edition) == (True, False)


def test_every_number_has_its_thresholds():
    numbers = {
        fact.path for fact in FACTS if fact.minimum is not None and fact.path != "extent.bone_lesion_count"
    }
    assert numbers == {*BELOW, *ABOVE}


def test_findings_rest_on_four_groups_and_the_line():
    assert {path.partition(".")[0] for path in BEHIND_FINDINGS} == {
        "patient",
        "line",
        "diagnosis",
        "extent",
        "radiation",
    }


def test_replacing_a_fact_leaves_the_case_alone():
    case = case_of("first", LOCALIZED)
    other = case.having("extent.bone_lesion_count", 4)
    assert (case.extent.bone_lesion_count, other.extent.bone_lesion_count) == (2, 4)
    assert other.having("extent.bone_lesion_count", 2) == case


def test_an_option_that_is_never_tried_is_set_aside_by_an_argument_without_a_condition():
    never_tried = set(OPTIONS) - set(OPEN_OPTIONS.values())
    assert {option.id for option in never_tried} == {"ivig", "plasma_exchange", "bevacizumab"}
    for option in never_tried:
        only = option.arguments[0]
        assert only.direction == "excludes" or only.strength == "strong"
        assert not only.reads
