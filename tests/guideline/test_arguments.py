"""Every argument: when it applies, when it does not, what unknown does, and both sides of each boundary."""

import pytest

from guideline.edition import load_edition
from tests.guideline.argument_rows import FEMALE, TABLE
from tests.guideline.builders import DISSEMINATED, LOCALIZED, NO_PRIOR, case_of, decision_of, rules_of


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]}-{row[2]}")
def test_an_argument_applies_only_when_its_condition_is_true(row):
    rule, option, applies, line, facts, changes = row
    decision = decision_of(line, facts, changes)
    assert (rule in rules_of(decision, option)) is applies


@pytest.mark.parametrize(("eligible", "strength"), [(True, "strong"), (None, "weak")])
def test_melphalan_before_harvest_is_as_strong_as_eligibility_is_known(eligible, strength):
    decision = decision_of(
        "first", DISSEMINATED, fitness__stem_cells_collected=False, fitness__transplant_eligible=eligible
    )
    found = [a.strength for a in decision.option("melphalan_dex").arguments if a.rule == "MEL-BEFORE-HARVEST"]
    assert found == [strength]


def test_what_was_given_before_comes_first_among_the_arguments():
    decision = decision_of("relapse", DISSEMINATED, NO_PRIOR, prior__asct="responded")
    assert rules_of(decision, "asct") == ["PRIOR-RESPONDED", "ASCT-OFFER"]


def test_an_immunomodulator_in_pregnancy_is_absolute():
    decision = decision_of("first", LOCALIZED, FEMALE, patient__pregnancy="yes")
    assert decision.option("lenalidomide_dex").absolute
    assert not decision.option("melphalan_dex").absolute


def test_an_argument_shows_the_facts_and_thresholds_it_used():
    decision = decision_of("first", DISSEMINATED, labs__egfr_ml_min_173m2=24)
    renal = next(a for a in decision.option("melphalan_dex").arguments if a.rule == "MEL-RENAL")
    assert [(fact.path, fact.value) for fact in renal.facts] == [("labs.egfr_ml_min_173m2", 24)]
    assert [(threshold.key, threshold.value) for threshold in renal.thresholds] == [("egfr_low", 30)]


def test_status_argument_and_advisory_say_their_rule_with_its_numbers():
    decision = decision_of("first", DISSEMINATED, labs__egfr_ml_min_173m2=24)
    option = decision.option("melphalan_dex")
    renal = next(argument for argument in option.arguments if argument.rule == "MEL-RENAL")
    factors = next(advisory for advisory in decision.advisories if advisory.id == "survival-risk-factors")
    assert renal.rule_in_words == "The pathway is systemic and eGFR is below 30."
    assert " 30" in factors.rule_in_words
    assert option.rule_in_words == load_edition().statement("STATUS-WEAK-AGAINST").rule_in_words


def test_facts_behind_a_finding_are_shown_only_where_they_are_known():
    decision = decision_of("first", DISSEMINATED)
    option = next(a for a in decision.option("lenalidomide_dex").arguments if a.rule == "SYS-LENDEX-OPTION")
    assert [fact.path for fact in option.facts] == ["line", "extent.clonal_marrow_plasma_cells"]


def test_every_row_of_the_table_is_a_case_that_is_accepted():
    assert all(case_of(line, facts, changes) for _, _, _, line, facts, changes in TABLE)
