"""Which way does the guideline lead: radiation, systemic treatment, waiting, or somewhere else?"""

from guideline.edition import Edition
from guideline.facts import Case
from guideline.logic import Truth
from guideline.rules.diagnosis import castleman_variant, chiba, established, mayo
from guideline.rules.extent import extent
from guideline.rules.situation import ExtentFinding, Findings, Pathway


def find(case: Case, edition: Edition) -> Findings:
    """Everything that follows from the facts before any option is looked at."""
    mayo_met, chiba_met = mayo(case, edition), chiba(case, edition)
    variant, how_far = castleman_variant(case), extent(case, edition)
    is_established = established(case, mayo_met, chiba_met)
    return Findings(
        mayo=mayo_met,
        chiba=chiba_met,
        castleman_variant=variant,
        established=is_established,
        extent=how_far,
        pathway=pathway(case, edition, is_established, variant, how_far),
        pregnancy_not_excluded=pregnancy_not_excluded(case, edition),
    )


def pathway(
    case: Case, edition: Edition, is_established: bool, variant: Truth, how_far: ExtentFinding
) -> Pathway:
    """The first that applies, in the order of the specification."""
    if not is_established:
        return "not_established"
    if variant is True:
        return "not_covered"
    if variant_possible(case) and case.diagnosis.treat_as_poems is not True:
        return "undetermined"
    if calls_for_systemic(case, edition, how_far):
        return "systemic"
    if case.line == "after_radiation":
        return "observe_after_radiation"
    return "radiation" if how_far == "localized" else "undetermined"


def variant_possible(case: Case) -> bool:
    """Castleman disease while it is not known whether there is a clone."""
    return case.diagnosis.castleman_disease is True and case.diagnosis.monoclonal_plasma_cell_disorder is None


def calls_for_systemic(case: Case, edition: Edition, how_far: ExtentFinding) -> bool:
    """A later line, disseminated disease, or radiation that did not hold."""
    if case.line in ("switch", "relapse") or how_far == "disseminated":
        return True
    return case.line == "after_radiation" and (
        case.radiation.new_lesions is True or not_stabilized_in_time(case, edition)
    )


def not_stabilized_in_time(case: Case, edition: Edition) -> bool:
    """Not stabilized, judged at a time when stability can be judged."""
    months = case.radiation.months_since_last_fraction
    return (
        case.radiation.stabilized is False
        and months is not None
        and months >= edition.numbers["stability_from_months"]
    )


def pregnancy_not_excluded(case: Case, edition: Edition) -> bool:
    """Possible, or nobody asked a patient who may be of childbearing potential."""
    patient = case.patient
    if patient.pregnancy is not None:
        return patient.pregnancy == "possible"
    return patient.sex != "male" and (
        patient.age_years is None or patient.age_years < edition.numbers["childbearing_age_limit"]
    )
