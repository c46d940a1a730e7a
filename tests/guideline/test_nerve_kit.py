"""Grades and sums of the nerve kit: each outcome, and nothing guessed for a missing answer."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, strategies as st

from guideline.edition import load_edition
from guideline.nerve_kit import Arms, Legs, Limits, arm_grade, leg_grade, limits_of, onls_total, whole_sum
from tests.guideline.effort import examples

quickly = examples(100)
ONLS = load_edition().instruments["onls"]
TASK = st.sampled_from(["unaffected", "hampered", "prevented", None])
TRUTH = st.sampled_from([True, False, None])
SUPPORT = st.sampled_from(["none", "one_side", "both_sides", "wheelchair", None])
ARMS = st.builds(Arms, tasks=st.tuples(*[TASK] * 5), symptoms=TRUTH, purposeful_movement=TRUTH)
LEGS = st.builds(
    Legs, difficulty=TRUTH, looks_abnormal=TRUTH, support=SUPPORT, stands=TRUTH, purposeful_movement=TRUTH
)


def arms(*tasks: str | None, symptoms: bool | None = None, movement: bool | None = None) -> Arms:
    return Arms((*tasks, *["unaffected"] * (5 - len(tasks))), symptoms, movement)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answers", "grade"),
    [
        (arms(symptoms=False), "normal"),
        (arms(symptoms=True), "symptoms"),
        (arms(), None),
        (arms("hampered"), "hampered"),
        (arms("hampered", None), None),
        (arms("prevented", None), "some_prevented"),
        (arms(*["prevented"] * 4), "some_prevented"),
        (arms(*["prevented"] * 5), None),
        (arms(*["prevented"] * 5, movement=True), "all_prevented"),
        (arms(*["prevented"] * 5, movement=False), "no_movement"),
    ],
)
def test_the_arm_grade_follows_the_tasks(answers, grade):
    assert arm_grade(answers) == grade


@pytest.mark.parametrize(
    ("answers", "grade"),
    [
        (Legs(difficulty=False), "normal"),
        (Legs(difficulty=True), None),
        (Legs(difficulty=True, support="none"), None),
        (Legs(difficulty=True, looks_abnormal=False, support="none"), "looks_normal"),
        (Legs(looks_abnormal=False, support="none"), None),
        (Legs(looks_abnormal=True, support="none"), "looks_abnormal"),
        (Legs(support="one_side"), "one_side"),
        (Legs(difficulty=True, looks_abnormal=True, support="both_sides"), "both_sides"),
        (Legs(difficulty=True, support="wheelchair"), None),
        (Legs(difficulty=True, support="wheelchair", stands=True), "wheelchair"),
        (Legs(difficulty=True, support="wheelchair", stands=False), None),
        (Legs(difficulty=True, support="wheelchair", stands=False, purposeful_movement=True), "cannot_stand"),
        (Legs(difficulty=True, support="wheelchair", stands=False, purposeful_movement=False), "no_movement"),
    ],
)
def test_the_leg_grade_follows_walking_and_support(answers, grade):
    assert leg_grade(answers) == grade


@quickly
@given(ARMS, LEGS)
def test_a_total_lies_in_the_range_of_its_scale_or_is_not_known(arm_answers, leg_answers):
    total = onls_total(arm_grade(arm_answers), leg_grade(leg_answers), ONLS)
    assert total is None or limits_of(ONLS, load_edition().scales).hold(Decimal(total))


@quickly
@given(ARMS)
def test_a_grade_that_is_given_stands_whatever_the_missing_answers_are(answers):
    grade = arm_grade(answers)
    if grade is None:
        return
    choices = [[task] if task else ["unaffected", "hampered", "prevented"] for task in answers.tasks]
    truths = [
        [True, False] if known is None else [known]
        for known in (answers.symptoms, answers.purposeful_movement)
    ]
    for *tasks, symptoms, movement in product(*choices, *truths):
        assert arm_grade(Arms(tuple(tasks), symptoms, movement)) == grade


@quickly
@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=12, max_size=12))
def test_a_sum_is_given_only_for_a_complete_set(grades):
    assert whole_sum(grades) == (None if None in grades else sum(grades))


def test_every_grade_of_the_published_scale_has_its_points():
    assert sorted(ONLS.grades["arms"].values()) == list(range(6))
    assert sorted(ONLS.grades["legs"].values()) == list(range(8))


def test_every_measure_of_the_kit_has_a_range():
    edition = load_edition()
    for instrument in edition.instruments.values():
        limits = limits_of(instrument, edition.scales)
        assert limits.minimum < limits.maximum


def test_the_sum_of_the_muscles_ends_where_the_scale_ends():
    edition = load_edition()
    muscles = edition.instruments["mrc_sum"]
    assert len(muscles.parts) * 2 * muscles.part_maximum == edition.scale("mrc_sum").maximum


def test_a_walk_of_zero_seconds_is_no_walk():
    edition = load_edition()
    limits = limits_of(edition.instruments["walk_10m_s"], edition.scales)
    assert not limits.hold(Decimal(0))
    assert limits.hold(Decimal("0.1"))


def test_every_scale_of_the_course_is_asked_for():
    edition = load_edition()
    assert set(edition.scales) <= set(edition.instruments)


def test_a_measure_without_a_scale_and_without_a_range_is_a_mistake_of_the_content():
    homeless = replace(load_edition().instruments["onls"], key="homeless", minimum=None)
    with pytest.raises(ValueError, match="homeless has neither a scale nor a range"):
        limits_of(homeless, {})


LIMITS = {
    "onls": Limits(0, 12, minimum_excluded=False, whole=True, can_be_unable=False, unit=""),
    "walk_10m_s": Limits(0, 300, minimum_excluded=True, whole=False, can_be_unable=True, unit="s"),
    "grip_kpa": Limits(0, 160, minimum_excluded=False, whole=False, can_be_unable=True, unit="kPa"),
}


@pytest.mark.parametrize("key", LIMITS)
def test_a_measure_with_a_scale_has_the_limits_of_its_scale(key):
    edition = load_edition()
    assert limits_of(edition.instruments[key], edition.scales) == LIMITS[key]


def test_a_measure_without_a_scale_has_limits_of_its_own():
    pain = replace(load_edition().instruments["onls"], minimum=1, maximum=10, can_be_unable=True, unit="kg")
    assert limits_of(pain, {}) == Limits(
        1, 10, minimum_excluded=False, whole=pain.whole, can_be_unable=True, unit="kg"
    )
    assert limits_of(replace(pain, unit=None), {}).unit == ""


@pytest.mark.parametrize(("minimum", "maximum"), [(None, 3), (0, None)])
def test_half_a_range_is_no_range(minimum, maximum):
    half = replace(load_edition().instruments["onls"], minimum=minimum, maximum=maximum)
    with pytest.raises(ValueError, match="add one"):
        limits_of(half, {})


@pytest.mark.parametrize(
    ("number", "held"),
    [("0", True), ("12", True), ("1.5", False), ("-1", False), ("12.5", False), ("13", False)],
)
def test_a_score_is_a_whole_number_between_its_ends(number, held):
    edition = load_edition()
    assert limits_of(edition.instruments["onls"], edition.scales).hold(Decimal(number)) is held


def test_a_sum_needs_every_grade():
    assert whole_sum([1, 2, 0]) == 3
    assert whole_sum([1, None]) is None


def test_legs_that_need_help_are_not_graded_as_looking_normal():
    assert leg_grade(Legs(difficulty=True, looks_abnormal=False, support=None)) is None
