"""Is this POEMS syndrome? Two published sets of criteria, the Castleman variant, and what is established."""

from guideline.edition import Edition
from guideline.facts import Case
from guideline.logic import Truth, all_of, any_of, at_least, negation


def mayo(case: Case, edition: Edition) -> Truth:
    """Both mandatory criteria, one other major one and enough minor ones (Dispenzieri)."""
    found = case.diagnosis
    return all_of(
        found.polyneuropathy,
        found.monoclonal_plasma_cell_disorder,
        any_of(found.castleman_disease, found.sclerotic_bone_lesions, found.vegf_elevated),
        at_least(
            int(edition.numbers["minor_criteria_minimum"]),
            found.organomegaly,
            found.extravascular_volume_overload,
            found.endocrinopathy,
            found.skin_changes,
            found.papilledema,
            found.thrombocytosis_or_polycythemia,
        ),
    )


def chiba(case: Case, edition: Edition) -> Truth:
    """All three major criteria and enough of four supporting features (Suichi 2019)."""
    found = case.diagnosis
    return all_of(
        found.polyneuropathy,
        found.monoclonal_plasma_cell_disorder,
        found.vegf_elevated,
        at_least(
            int(edition.numbers["chiba_features_minimum"]),
            found.extravascular_volume_overload,
            found.skin_changes,
            found.organomegaly,
            found.sclerotic_bone_lesions,
        ),
    )


def castleman_variant(case: Case) -> Truth:
    """Castleman disease without a clone: another disease, treated differently."""
    return all_of(case.diagnosis.castleman_disease, negation(case.diagnosis.monoclonal_plasma_cell_disorder))


def established(case: Case, mayo_met: Truth, chiba_met: Truth) -> bool:
    """False only if both sets of criteria are false and nobody judged otherwise; unknown is not false."""
    if case.diagnosis.treat_as_poems is True:
        return True
    return not (mayo_met is False and chiba_met is False)
