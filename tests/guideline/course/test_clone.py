"""The clone: immunofixation, marrow and M-protein, in the order that the first to apply decides."""

import pytest

from tests.guideline.course.histories import alerts, history, read, result, scan

BEFORE, AFTER, LATEST = "2025-01-02", "2025-06-01", "2025-09-01"
AS_OF = "2025-10-01"


def clone(*observations, treatments=None):
    return read(history(AS_OF, treatments, list(observations)))["clone"]


def spike(baseline, latest, on=AFTER, comparators=(None, None)):
    reading = clone(
        result("m_protein", BEFORE, baseline, comparator=comparators[0]),
        result("m_protein", on, latest, comparator=comparators[1]),
    )
    return reading["response"], reading["reason"]


TOO_SMALL = ("not_evaluable", "baseline too small")
BOUND = ("not_evaluable", "bound")


@pytest.mark.parametrize(
    ("baseline", "latest", "expected"),
    [
        (2.0, 0.2, ("very_good_partial", None)),
        (2.0, 0.21, ("partial", None)),
        (2.0, 1.0, ("partial", None)),
        (2.0, 1.01, ("none", None)),
        (1.0, 0.5, ("partial", None)),
        (0.99, 0.4, TOO_SMALL),
        (0.5, 0.05, ("very_good_partial", None)),
        (0.49, 0, TOO_SMALL),
        (0.5, 0.06, TOO_SMALL),
        (1.0, 1.0, ("none", None)),
    ],
)
def test_the_m_protein_is_judged_only_where_it_was_large_enough(baseline, latest, expected):
    assert spike(baseline, latest) == expected


@pytest.mark.parametrize(("on", "word"), [("2025-04-09", "too_early_to_judge"), ("2025-04-10", "none")])
def test_an_absent_response_is_judged_from_three_months_on(on, word):
    assert spike(2.0, 1.9, on) == (word, None)


def test_a_partial_response_is_told_at_once():
    assert spike(2.0, 0.9, "2025-02-01") == ("partial", None)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ((1.0, 1.5), "progression"),
        ((1.0, 1.49), "none"),
        ((2.0, 2.5), "progression"),
        ((2.0, 2.49), "none"),
        ((3.0, 3.74), "none"),
        ((3.0, 3.75), "progression"),
        ((2.0, 0.1, 0.6), "progression"),
        ((2.0, 0.1, 0.59), "partial"),
        ((2.0, 0, 0.5), "progression"),
    ],
)
def test_a_rise_over_the_lowest_value_by_a_quarter_and_half_a_gram_is_progression(values, word):
    days = [BEFORE, AFTER, LATEST]
    assert (
        clone(*(result("m_protein", on, v) for on, v in zip(days, values, strict=False)))["response"] == word
    )


def test_a_rise_is_seen_without_a_baseline():
    assert (
        clone(result("m_protein", AFTER, 0.2), result("m_protein", LATEST, 0.7))["response"] == "progression"
    )


@pytest.mark.parametrize(
    ("baseline", "latest", "comparators", "expected"),
    [
        (2.0, 0.2, (None, "<"), ("very_good_partial", None)),
        (2.0, 0.3, (None, "<"), BOUND),
        (2.0, 1.0, (None, ">"), BOUND),
        (1.0, 0.1, ("<=", None), BOUND),
        (1.0, 0.1, ("<", None), TOO_SMALL),
        (1.0, 0.5, (">=", None), BOUND),
        (0.4, 0.1, ("<", None), TOO_SMALL),
        (0.1, 0.6, ("<", None), ("progression", None)),
        (1.0, 1.4, ("<", None), BOUND),
        (1.0, 1.5, (None, ">="), ("progression", None)),
        (1.0, 1.5, (None, "<"), BOUND),
        (0.4, 0.3, (None, "<"), TOO_SMALL),
    ],
)
def test_a_bound_gives_a_class_only_where_it_leaves_no_other(baseline, latest, comparators, expected):
    assert spike(baseline, latest, comparators=comparators) == expected


def test_grams_per_litre_are_converted():
    assert (
        clone(result("m_protein", BEFORE, 20, unit="g/L"), result("m_protein", AFTER, 1.0))["response"]
        == "partial"
    )


@pytest.mark.parametrize("values", [[result("m_protein", BEFORE, 2)], [result("m_protein", AFTER, 2)], []])
def test_without_two_values_there_is_no_m_protein_to_read(values):
    assert clone(*values)["reason"] == "no M-protein"


@pytest.mark.parametrize(("on", "reason"), [("2024-10-11", "no M-protein"), ("2024-10-12", None)])
def test_the_baseline_lies_in_the_90_days_up_to_the_start(on, reason):
    assert clone(result("m_protein", on, 2), result("m_protein", AFTER, 0.9))["reason"] == reason


def fixation(*values):
    days = ["2020-01-01", AFTER, "2025-07-01", LATEST]
    return [result("immunofixation", on, v) for on, v in zip(days, values, strict=False) if v is not None]


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ((0, 1), "progression"),
        ((1, 0, 1), "progression"),
        ((None, 0, 1), "progression"),
        ((1, 1), "not_evaluable"),
        ((None, 1), "not_evaluable"),
        ((0, 1, 0), "complete_unconfirmed"),
        ((1, 0), "complete_unconfirmed"),
        ((None, 1, 0), "complete_unconfirmed"),
        ((0, 0), "not_evaluable"),
        ((None, 0), "not_evaluable"),
        ((1,), "not_evaluable"),
    ],
)
def test_immunofixation_counts_by_how_it_turned(values, word):
    assert clone(*fixation(*values))["response"] == word


@pytest.mark.parametrize(("marrow", "word"), [(0, "complete"), (1, "not_evaluable")])
def test_a_later_marrow_confirms_or_denies_a_complete_response(marrow, word):
    assert clone(*fixation(1, 0), result("marrow_clonal", AFTER, marrow))["response"] == word


def test_the_latest_marrow_counts():
    marrow = [result("marrow_clonal", AFTER, 1), result("marrow_clonal", LATEST, 0)]
    assert clone(*fixation(1, 0), *marrow)["response"] == "complete"


def test_a_marrow_from_before_treatment_confirms_nothing():
    assert clone(*fixation(1, 0), result("marrow_clonal", BEFORE, 0))["response"] == "complete_unconfirmed"


def test_a_clonal_marrow_leaves_the_m_protein_to_decide():
    values = [*fixation(1, 0), result("marrow_clonal", AFTER, 1)]
    values += [result("m_protein", BEFORE, 2), result("m_protein", AFTER, 0.9)]
    assert clone(*values)["response"] == "partial"


def test_a_risen_m_protein_is_progression_although_immunofixation_turned_negative():
    values = [*fixation(1, 0), result("m_protein", AFTER, 0.2), result("m_protein", LATEST, 0.7)]
    assert clone(*values)["response"] == "progression"


def test_a_possible_rise_leaves_even_a_complete_response_open():
    values = [
        *fixation(1, 0),
        result("m_protein", AFTER, 0.2),
        result("m_protein", LATEST, 0.7, comparator="<="),
    ]
    assert clone(*values)["reason"] == "bound"


def test_without_a_line_nothing_is_judged():
    assert clone(*fixation(0, 1), treatments=[])["reason"] == "no treatment"


def test_the_reading_rests_on_the_values_that_settled_it():
    values = [*fixation(0, 1), result("m_protein", BEFORE, 2), result("m_protein", LATEST, 1)]
    reading = clone(*values)
    assert reading["as_of_value"] == AFTER
    assert [fact["date"] for fact in reading["basis"]["values"]] == ["2020-01-01", AFTER]


def test_a_clone_that_returned_is_a_warning():
    assert alerts(read(history(AS_OF, None, fixation(0, 1))))["clone-progression"] == "warning"


def test_a_clone_that_returned_with_another_axis_is_critical():
    pet = [scan("2025-02-01", 5, 1, new=True)]
    assert alerts(read(history(AS_OF, None, fixation(0, 1), pet)))["clone-progression"] == "critical"


def test_the_change_of_the_m_protein_is_shown():
    reading = clone(result("m_protein", BEFORE, 2), result("m_protein", AFTER, 0.2, comparator="<"))
    assert (reading["change_percent"], reading["bound"]) == (-90, "at least")
