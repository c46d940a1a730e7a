"""What each answer to an unknown fact would make of the decision."""

import pytest

from guideline.decide import decide
from guideline.edition import load_edition
from guideline.outcomes import outcomes
from tests.guideline.builders import DISSEMINATED, LOCALIZED, case_of

MARROW = "extent.clonal_marrow_plasma_cells"


def by_value(case, path):
    return {outcome.value: outcome for outcome in outcomes(case, load_edition(), path)}


def test_each_answer_to_an_unknown_marrow_leads_elsewhere():
    found = by_value(case_of("first", LOCALIZED, extent__clonal_marrow_plasma_cells=None), MARROW)
    assert (found[True].extent, found[True].pathway) == ("disseminated", "systemic")
    assert (found[False].extent, found[False].pathway) == ("localized", "radiation")
    assert found[True].statuses["radiation"] == "excluded"
    assert found[False].statuses["radiation"] == "preferred"


def test_what_stays_the_same_is_not_named():
    found = by_value(
        case_of("first", DISSEMINATED, fitness__transplant_eligible=None), "fitness.transplant_eligible"
    )
    assert (found[True].extent, found[True].pathway) == (None, None)
    assert found[True].statuses["asct"] == "preferred"
    assert "ivig" not in found[True].statuses


def test_a_value_that_the_case_would_refuse_is_not_tried():
    case = case_of("first", fitness__on_thromboprophylaxis=False)
    assert list(by_value(case, "fitness.on_anticoagulation")) == [False]


def test_a_fact_that_matters_only_with_another_has_no_outcome_of_its_own():
    facts = {**LOCALIZED, "extent.bone_lesion_count": None, MARROW: None}
    assert not any(
        one.extent for one in outcomes(case_of("first", facts), load_edition(), "extent.whole_body_imaging")
    )


@pytest.mark.parametrize("path", [MARROW, "neuropathy.severity", "extent.bone_lesion_count"])
def test_an_outcome_is_what_the_decision_would_be(path):
    case = case_of("first", LOCALIZED, **{path.replace(".", "__"): None})
    for outcome in outcomes(case, load_edition(), path):
        decision = decide(case.having(path, outcome.value), load_edition())
        assert outcome.extent in (None, decision.extent)
        assert outcome.pathway in (None, decision.pathway)
        for option, status in outcome.statuses.items():
            assert decision.option(option).status == status
