"""Criteria, extent, pathway, and the statuses that follow."""

import pytest

from guideline.edition import load_edition
from guideline.rules.options import OptionRule
from guideline.rules.pathway import find
from guideline.rules.situation import Situation
from guideline.rules.statuses import status_of
from tests.guideline.builders import DISSEMINATED, LOCALIZED, NO_PRIOR, case_of, decision_of

MANDATORY = {"diagnosis.polyneuropathy": True, "diagnosis.monoclonal_plasma_cell_disorder": True}
MINORS = (
    "organomegaly",
    "extravascular_volume_overload",
    "endocrinopathy",
    "skin_changes",
    "papilledema",
    "thrombocytosis_or_polycythemia",
)
NO_MINOR = {f"diagnosis.{minor}": False for minor in MINORS}
MONTHS, STABLE = "radiation.months_since_last_fraction", "radiation.stabilized"


@pytest.mark.parametrize("major", ["castleman_disease", "sclerotic_bone_lesions", "vegf_elevated"])
@pytest.mark.parametrize("minor", MINORS)
def test_mayo_is_met_with_both_mandatory_one_major_and_one_minor_criterion(major, minor):
    found = decision_of("first", MANDATORY, {f"diagnosis.{major}": True, f"diagnosis.{minor}": True})
    assert found.mayo is True


@pytest.mark.parametrize("mandatory", MANDATORY)
def test_mayo_is_false_without_a_mandatory_criterion_whatever_else_is_unknown(mandatory):
    assert decision_of("first", {mandatory: False}).mayo is False


def test_mayo_is_false_once_every_minor_criterion_is_absent():
    assert decision_of("first", MANDATORY, NO_MINOR).mayo is False


def test_mayo_is_open_while_the_last_minor_criterion_is_unknown():
    found = decision_of(
        "first", MANDATORY, NO_MINOR, diagnosis__vegf_elevated=True, diagnosis__papilledema=None
    )
    assert found.mayo is None


def test_mayo_is_false_without_any_major_criterion():
    majors = dict.fromkeys(
        ("diagnosis.castleman_disease", "diagnosis.sclerotic_bone_lesions", "diagnosis.vegf_elevated"), False
    )
    assert decision_of("first", MANDATORY, majors, diagnosis__skin_changes=True).mayo is False


@pytest.mark.parametrize(
    ("features", "verdict"),
    [
        ((True, True, False, False), True),
        ((True, False, False, False), False),
        ((True, False, False, None), None),
        ((None, None, False, False), None),
        ((False, False, True, True), True),
        ((False, None, None, True), None),
    ],
)
def test_chiba_asks_for_two_of_four_features(features, verdict):
    names = ("extravascular_volume_overload", "skin_changes", "organomegaly", "sclerotic_bone_lesions")
    facts = {f"diagnosis.{name}": value for name, value in zip(names, features, strict=True)}
    assert decision_of("first", MANDATORY, facts, diagnosis__vegf_elevated=True).chiba is verdict


def test_chiba_is_false_without_elevated_vegf():
    assert decision_of("first", MANDATORY, diagnosis__vegf_elevated=False).chiba is False


@pytest.mark.parametrize(
    ("castleman", "clone", "verdict"),
    [(True, False, True), (True, True, False), (True, None, None), (False, None, False), (None, False, None)],
)
def test_the_castleman_variant_is_castleman_without_a_clone(castleman, clone, verdict):
    found = decision_of(
        "first", diagnosis__castleman_disease=castleman, diagnosis__monoclonal_plasma_cell_disorder=clone
    )
    assert found.castleman_variant is verdict


@pytest.mark.parametrize(
    ("judgement", "pathway"), [(True, "undetermined"), (False, "not_established"), (None, "not_established")]
)
def test_only_a_recorded_judgement_establishes_what_both_criteria_deny(judgement, pathway):
    found = decision_of("first", diagnosis__polyneuropathy=False, diagnosis__treat_as_poems=judgement)
    assert found.pathway == pathway


@pytest.mark.parametrize(
    ("count", "extent"),
    [(0, "disseminated"), (1, "localized"), (3, "localized"), (4, "disseminated"), (None, "undetermined")],
)
def test_the_lesion_count_decides_the_extent(count, extent):
    assert decision_of("first", LOCALIZED, extent__bone_lesion_count=count).extent == extent


@pytest.mark.parametrize("imaging", [False, None])
def test_no_lesion_means_disseminated_only_after_whole_body_imaging(imaging):
    found = decision_of("first", LOCALIZED, extent__bone_lesion_count=0, extent__whole_body_imaging=imaging)
    assert found.extent == "undetermined"


def test_no_lesion_after_radiation_is_not_disseminated_disease():
    assert decision_of("after_radiation", LOCALIZED, extent__bone_lesion_count=0).extent == "undetermined"


@pytest.mark.parametrize(
    ("path", "value", "extent"),
    [
        ("extent.diffuse_bone_lesions", None, "localized"),
        ("extent.diffuse_bone_lesions", True, "disseminated"),
        ("extent.clonal_marrow_plasma_cells", None, "undetermined"),
        ("extent.clonal_marrow_plasma_cells", True, "disseminated"),
        ("extent.whole_body_imaging", None, "undetermined"),
        ("extent.whole_body_imaging", False, "undetermined"),
    ],
)
def test_localized_needs_a_clear_marrow_and_a_whole_skeleton_but_not_the_question_of_diffuse(
    path, value, extent
):
    assert decision_of("first", LOCALIZED, {path: value}).extent == extent


@pytest.mark.parametrize(
    ("line", "changes", "pathway"),
    [
        ("first", {}, "radiation"),
        ("switch", {}, "systemic"),
        ("relapse", {}, "systemic"),
        ("first", {"extent.clonal_marrow_plasma_cells": True}, "systemic"),
        ("first", {"extent.bone_lesion_count": None}, "undetermined"),
        ("after_radiation", {}, "observe_after_radiation"),
        ("after_radiation", {"extent.bone_lesion_count": 4}, "systemic"),
        ("after_radiation", {"radiation.new_lesions": True}, "systemic"),
        ("after_radiation", {"radiation.new_lesions": False}, "observe_after_radiation"),
        ("after_radiation", {STABLE: False, MONTHS: 3}, "systemic"),
        ("after_radiation", {STABLE: False, MONTHS: 2.9}, "observe_after_radiation"),
        ("after_radiation", {STABLE: False}, "observe_after_radiation"),
        ("after_radiation", {STABLE: True, MONTHS: 9}, "observe_after_radiation"),
        ("after_radiation", {MONTHS: 9}, "observe_after_radiation"),
        ("first", {"diagnosis.castleman_disease": True}, "radiation"),
    ],
)
def test_the_pathway_follows_line_extent_and_what_radiation_did(line, changes, pathway):
    assert decision_of(line, LOCALIZED, changes).pathway == pathway


@pytest.mark.parametrize(
    ("judgement", "pathway"), [(True, "radiation"), (False, "undetermined"), (None, "undetermined")]
)
def test_castleman_with_an_unknown_clone_leaves_the_pathway_open_unless_judged(judgement, pathway):
    found = decision_of(
        "first",
        LOCALIZED,
        diagnosis__castleman_disease=True,
        diagnosis__monoclonal_plasma_cell_disorder=None,
        diagnosis__treat_as_poems=judgement,
    )
    assert found.pathway == pathway


def test_castleman_without_a_clone_is_not_covered_also_when_treated_as_poems():
    facts = {"diagnosis.castleman_disease": True, "diagnosis.monoclonal_plasma_cell_disorder": False}
    found = decision_of("relapse", facts, diagnosis__treat_as_poems=True)
    assert found.pathway == "not_covered"
    assert {option.status for option in found.options} == {"not_applicable"}
    assert {option.status_rule for option in found.options} == {"STATUS-NOT-COVERED"}


STATUSES = [
    ("first", LOCALIZED, {}, "radiation", "preferred", "STATUS-CONFIRMED"),
    ("first", LOCALIZED, {}, "ivig", "excluded", "STATUS-EXCLUDED"),
    ("first", LOCALIZED, {}, "bevacizumab", "not_recommended", "STATUS-STRONG-AGAINST"),
    ("first", LOCALIZED, {}, "melphalan_dex", "not_applicable", "STATUS-OTHER-PATHWAY"),
    (
        "first",
        LOCALIZED,
        {"extent.bone_lesion_count": None},
        "radiation",
        "undetermined",
        "STATUS-OPEN-QUESTION",
    ),
    ("first", LOCALIZED, {"extent.bone_lesion_count": None}, "asct", "undetermined", "STATUS-OPEN-PATHWAY"),
    ("relapse", LOCALIZED, {}, "radiation", "not_judged", "STATUS-RADIATION-AGAIN"),
    ("switch", LOCALIZED, {}, "radiation", "not_judged", "STATUS-RADIATION-AGAIN"),
    ("switch", DISSEMINATED, {}, "radiation", "excluded", "STATUS-EXCLUDED"),
    ("first", DISSEMINATED, {}, "melphalan_dex", "suitable", "STATUS-FOR"),
    ("first", DISSEMINATED, {}, "bortezomib_mono", "caution", "STATUS-WEAK-AGAINST"),
    ("first", DISSEMINATED, {}, "asct", "preferred", "STATUS-CONFIRMED"),
    ("after_radiation", LOCALIZED, {STABLE: False}, "asct", "undetermined", "STATUS-OPEN-PATHWAY"),
    ("after_radiation", LOCALIZED, {STABLE: True}, "asct", "not_applicable", "STATUS-OTHER-PATHWAY"),
    ("after_radiation", LOCALIZED, {}, "asct", "not_applicable", "STATUS-OTHER-PATHWAY"),
    (
        "after_radiation",
        LOCALIZED,
        {"extent.bone_lesion_count": None},
        "asct",
        "undetermined",
        "STATUS-OPEN-PATHWAY",
    ),
    ("relapse", DISSEMINATED, NO_PRIOR, "bortezomib_combination", "caution", "STATUS-WEAK-AGAINST"),
]


@pytest.mark.parametrize("row", STATUSES, ids=lambda row: f"{row[0]}-{row[3]}-{row[4]}")
def test_the_first_of_the_ten_rules_gives_the_status_and_its_reason(row):
    line, facts, changes, option, status, reason = row
    found = decision_of(line, facts, changes).option(option)
    assert (found.status, found.status_rule) == (status, reason)


def test_options_are_ranked_by_status_and_then_by_the_table():
    found = decision_of("first", DISSEMINATED)
    assert [(option.rank, option.id) for option in found.options] == [
        (1, "lenalidomide_dex"),
        (2, "asct"),
        (3, "melphalan_dex"),
        (4, "bortezomib_mono"),
        (5, "bortezomib_combination"),
        (6, "bevacizumab"),
        (7, "radiation"),
        (8, "thalidomide_based"),
        (9, "ivig"),
        (10, "plasma_exchange"),
    ]


def test_leaving_the_recommendation_asks_for_a_reason():
    found = decision_of("first", LOCALIZED)
    assert found.option("ivig").needs_reason
    assert found.option("bevacizumab").needs_reason
    assert not found.option("radiation").needs_reason


def test_an_option_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError):
        decision_of("first").option("leeches")


def test_an_option_at_home_that_nothing_speaks_for_is_not_applicable():
    option = OptionRule("melphalan_dex", "systemic", ())
    case, edition = case_of("relapse", LOCALIZED), load_edition()
    situation = Situation(case, find(case, edition), edition)
    assert status_of(option, situation) == ("not_applicable", "STATUS-NO-ARGUMENT")
