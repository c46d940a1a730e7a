"""Radiation as the sole treatment."""

from guideline.rules.argument import EXTENT_FACTS, PATHWAY_FACTS, PREGNANCY_FACTS, ArgumentRule
from guideline.rules.extent import is_above_limit
from guideline.rules.situation import Situation


def rt_localized(s: Situation) -> bool:
    return s.findings.pathway == "radiation"


def rt_not_alone(s: Situation) -> bool:
    """The extent alone decides, also where another pathway is taken."""
    found = s.case.extent
    return (
        found.clonal_marrow_plasma_cells is True
        or found.diffuse_bone_lesions is True
        or is_above_limit(s.case, s.edition)
    )


def rt_no_lesion(s: Situation) -> bool:
    return s.case.extent.bone_lesion_count == 0


def rt_undetermined(s: Situation) -> bool:
    return s.findings.pathway == "undetermined"


def rt_already_given(s: Situation) -> bool:
    return s.case.line == "after_radiation" and s.findings.extent in ("localized", "undetermined")


def rt_pregnant(s: Situation) -> bool:
    return s.case.patient.pregnancy == "yes"


def rt_pregnancy_not_excluded(s: Situation) -> bool:
    return s.findings.pathway == "radiation" and s.findings.pregnancy_not_excluded


ARGUMENTS = (
    ArgumentRule(
        "RT-LOCALIZED",
        "confirms",
        None,
        rt_localized,
        rests_on=PATHWAY_FACTS,
        thresholds=("limited_lesion_limit",),
    ),
    ArgumentRule(
        "RT-NOT-ALONE",
        "excludes",
        None,
        rt_not_alone,
        reads=(
            "extent.bone_lesion_count",
            "extent.diffuse_bone_lesions",
            "extent.clonal_marrow_plasma_cells",
        ),
        thresholds=("limited_lesion_limit",),
    ),
    ArgumentRule("RT-NO-LESION", "excludes", None, rt_no_lesion, reads=("extent.bone_lesion_count",)),
    ArgumentRule(
        "RT-UNDETERMINED",
        "undetermined",
        None,
        rt_undetermined,
        rests_on=(
            "diagnosis.monoclonal_plasma_cell_disorder",
            "diagnosis.castleman_disease",
            *EXTENT_FACTS,
        ),
        thresholds=("limited_lesion_limit",),
    ),
    ArgumentRule(
        "RT-ALREADY-GIVEN", "against", "strong", rt_already_given, reads=("line",), rests_on=EXTENT_FACTS
    ),
    ArgumentRule("RT-PREGNANT", "against", "strong", rt_pregnant, reads=("patient.pregnancy",)),
    ArgumentRule(
        "RT-PREGNANCY-NOT-EXCLUDED",
        "undetermined",
        None,
        rt_pregnancy_not_excluded,
        rests_on=(*PREGNANCY_FACTS, *EXTENT_FACTS),
        thresholds=("childbearing_age_limit",),
    ),
)
