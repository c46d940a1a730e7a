"""How far has the disease spread: localized, disseminated, or not to be said yet?"""

from guideline.edition import Edition
from guideline.facts import Case
from guideline.rules.situation import ExtentFinding


def extent(case: Case, edition: Edition) -> ExtentFinding:
    """Disseminated by one true reason; localized only if everything it needs is known."""
    if disseminated_reasons(case, edition):
        return "disseminated"
    return "localized" if is_localized(case, edition) else "undetermined"


def disseminated_reasons(case: Case, edition: Edition) -> tuple[str, ...]:
    """Which of the four reasons are true, each sufficient whatever else is unknown."""
    found = case.extent
    reasons = {
        "marrow": found.clonal_marrow_plasma_cells is True,
        "diffuse": found.diffuse_bone_lesions is True,
        "count": is_above_limit(case, edition),
        "no_lesion": found.bone_lesion_count == 0
        and found.whole_body_imaging is True
        and case.line != "after_radiation",
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def is_above_limit(case: Case, edition: Edition) -> bool:
    """More bone lesions than limited disease may have."""
    count = case.extent.bone_lesion_count
    return count is not None and count > edition.numbers["limited_lesion_limit"]


def is_localized(case: Case, edition: Edition) -> bool:
    """Few lesions, a clear marrow and a whole skeleton seen.

    Diffuse lesions that nobody asked about count as absent here, on purpose: the list of missing
    facts names them.
    """
    found = case.extent
    return (
        found.bone_lesion_count is not None
        and 1 <= found.bone_lesion_count <= edition.numbers["limited_lesion_limit"]
        and found.clonal_marrow_plasma_cells is False
        and found.diffuse_bone_lesions is not True
        and found.whole_body_imaging is True
    )


def obstacles(case: Case) -> tuple[str, ...]:
    """What stands in the way of calling the disease localized or disseminated."""
    found = case.extent
    in_the_way = {
        "count_unknown": found.bone_lesion_count is None,
        "count_zero": found.bone_lesion_count == 0,
        "marrow_unknown": found.clonal_marrow_plasma_cells is None,
        "imaging_unknown": found.whole_body_imaging is None,
        "imaging_partial": found.whole_body_imaging is False,
    }
    return tuple(name for name, holds in in_the_way.items() if holds)
