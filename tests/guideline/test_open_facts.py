"""What a single finding still hangs on, asked of the finding itself."""

from functools import partial

from guideline.case_input import parse_case
from guideline.edition import load_edition
from guideline.open_facts import open_facts
from guideline.rules.diagnosis import chiba, mayo
from guideline.rules.extent import extent

EDITION = load_edition()
CRITERIA = (
    "polyneuropathy",
    "monoclonal_plasma_cell_disorder",
    "castleman_disease",
    "sclerotic_bone_lesions",
    "vegf_elevated",
    "organomegaly",
    "extravascular_volume_overload",
    "endocrinopathy",
    "skin_changes",
    "papilledema",
    "thrombocytosis_or_polycythemia",
)
EXTENT = ("bone_lesion_count", "whole_body_imaging", "diffuse_bone_lesions", "clonal_marrow_plasma_cells")


def open_for(rule, **answers):
    case = parse_case({"line": "first", "diagnosis": answers})
    paths = [f"diagnosis.{name}" for name in CRITERIA]
    found = open_facts(partial(rule, edition=EDITION), case, EDITION, paths)
    return {one.fact.removeprefix("diagnosis."): one.alone for one in found}


def open_extent(line="first", **found):
    case = parse_case({"line": line, "extent": found})
    paths = [f"extent.{name}" for name in EXTENT]
    return {
        one.fact.removeprefix("extent."): one.alone
        for one in open_facts(partial(extent, edition=EDITION), case, EDITION, paths)
    }


MANDATORY = {"polyneuropathy": True, "monoclonal_plasma_cell_disorder": True}


def test_with_nothing_known_all_criteria_of_mayo_are_open():
    assert set(open_for(mayo)) == set(CRITERIA)


def test_a_mandatory_criterion_alone_can_settle_mayo_by_its_absence():
    found = open_for(mayo)
    assert found["polyneuropathy"]
    assert not found["vegf_elevated"]


def test_an_absent_mandatory_criterion_leaves_nothing_open():
    assert open_for(mayo, polyneuropathy=False) == {}


def test_one_minor_criterion_is_all_that_mayo_still_waits_for():
    found = open_for(mayo, **MANDATORY, vegf_elevated=True)
    assert set(found) == set(CRITERIA[5:])
    assert all(found.values())


def test_what_chiba_does_not_read_is_never_open_for_chiba():
    assert not {"papilledema", "endocrinopathy", "castleman_disease"} & set(open_for(chiba))


def test_vegf_decides_chiba_where_two_features_are_there():
    found = open_for(chiba, **MANDATORY, skin_changes=True, organomegaly=True)
    assert found == {"vegf_elevated": True}


def test_a_clonal_marrow_settles_the_extent():
    assert open_extent(clonal_marrow_plasma_cells=True) == {}


def test_localized_disease_still_hangs_on_diffuse_lesions_nobody_asked_for():
    found = open_extent(bone_lesion_count=2, whole_body_imaging=True, clonal_marrow_plasma_cells=False)
    assert found == {"diffuse_bone_lesions": True}


def test_imaging_matters_only_together_with_a_count():
    found = open_extent(clonal_marrow_plasma_cells=False, diffuse_bone_lesions=False)
    assert found == {"bone_lesion_count": True, "whole_body_imaging": False}
