"""The table of facts: what each row says is allowed, and where its value stands in a case."""

import pytest

from guideline import fact_table
from guideline.fact_table import FACT, FactDefinition
from tests.guideline.builders import case_of

AGE = FactDefinition("patient.age_years", "integer", "Age", minimum=0, maximum=120, unit="a")


def test_a_fact_knows_its_group_its_name_and_how_to_read_it():
    assert (AGE.group, AGE.name) == ("patient", "age_years")
    assert AGE.read(case_of("first", patient__age_years=50)) == 50
    line = FactDefinition("line", "choice", "Line", ("first", "switch"), required=True)
    assert (line.group, line.name) == ("", "line")
    assert line.read(case_of("switch")) == "switch"


@pytest.mark.parametrize(
    ("fact", "allowed"),
    [
        (AGE, "a whole number from 0 to 120 or null is allowed"),
        (
            FactDefinition("labs.x", "number", "X", minimum=1, maximum=2),
            "a number from 1 to 2 or null is allowed",
        ),
        (FactDefinition("d.x", "boolean", "X"), "true, false or null is allowed"),
        (FactDefinition("d.x", "choice", "X", ("a", "b")), 'one of "a", "b" or null is allowed'),
        (FactDefinition("d.x", "choice", "X", ("a", "b"), required=True), 'one of "a", "b" is allowed'),
    ],
)
def test_a_fact_says_what_is_allowed(fact, allowed):
    assert fact.allowed == allowed


def test_a_question_of_yes_or_no_keeps_its_label_its_hint_and_its_line():
    fact = fact_table._yes_no("radiation.x", "Stable", "A hint.", only_with_line="after_radiation")
    assert fact == FactDefinition(
        "radiation.x", "boolean", "Stable", hint="A hint.", only_with_line="after_radiation"
    )


def test_an_earlier_treatment_is_a_choice_of_outcomes():
    fact = fact_table._prior("asct", "transplantation")
    assert fact == FactDefinition(
        "prior.asct", "choice", "Earlier treatment: transplantation", fact_table.PRIOR_OUTCOMES
    )


def test_a_row_of_the_table_is_found_by_its_path():
    assert FACT["line"].required
    assert FACT["radiation.stabilized"].only_with_line == "after_radiation"
    assert FACT["extent.bone_lesion_count"].hint is not None
