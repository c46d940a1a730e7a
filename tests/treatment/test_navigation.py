"""The way through the wizard, without HTTP and without a database."""

import pytest

from guideline.fact_table import FACTS
from treatment.wizard.navigator import Navigator
from treatment.wizard.steps import FROM_IDENTITY, STEP, STEPS, matters


def test_every_fact_is_asked_exactly_once_or_stands_in_the_identity() -> None:
    asked = [question for step in STEPS for question in step.questions]
    assert sorted([*asked, *FROM_IDENTITY]) == sorted(fact.path for fact in FACTS)


def test_only_the_first_step_is_open_before_the_position_is_known() -> None:
    milestones = Navigator("course", {}, ()).milestones
    assert [milestone.open for milestone in milestones] == [True, *[False] * (len(STEPS) - 1)]


def test_a_deep_link_leads_back_to_the_position_while_it_is_missing() -> None:
    assert Navigator("options", {}, ()).allowed is STEP["course"]


def test_with_the_position_known_a_deep_link_is_followed() -> None:
    assert Navigator("options", {"line": "first"}, ()).allowed is STEP["options"]


def test_next_and_back_follow_the_order_of_the_steps() -> None:
    way = Navigator("disease", {"line": "first"}, ())
    assert (way.previous, way.next) == (STEP["course"], STEP["fitness"])


def test_there_is_nothing_before_the_first_step_and_nothing_after_the_last() -> None:
    assert Navigator("course", {}, ()).previous is None
    assert Navigator("sign", {}, ()).next is None


def test_a_step_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        Navigator("nowhere", {}, ())


@pytest.mark.parametrize(
    ("question", "facts", "asked"),
    [
        ("radiation.stabilized", {"line": "after_radiation"}, True),
        ("radiation.stabilized", {"line": "first"}, False),
        ("prior.asct", {"line": "relapse"}, True),
        ("prior.asct", {"line": "switch"}, True),
        ("prior.asct", {"line": "after_radiation"}, False),
        ("patient.pregnancy", {"line": "first", "patient.sex": "male"}, False),
        ("patient.pregnancy", {"line": "first", "patient.sex": "female"}, True),
        ("patient.pregnancy", {"line": "first"}, True),
    ],
)
def test_a_question_is_asked_only_where_it_matters(question: str, facts: dict, asked: bool) -> None:
    assert matters(question, facts) is asked


def test_a_step_counts_only_the_questions_that_matter() -> None:
    way = Navigator("fitness", {"line": "first", "patient.sex": "male"}, ["neuropathy.severity"])
    assert way.current.answered == 1
    assert way.current.asked == len(STEP["fitness"].questions) - 1


def test_a_step_is_complete_when_every_question_that_matters_is_answered() -> None:
    assert Navigator("course", {"line": "first"}, ["line"]).current.complete
