"""Nerve scales whose values carry a bound: what is certain is said, and nothing else."""

import pytest

from tests.guideline.course.histories import alerts, history, read, result

BEFORE, AFTER = "2025-01-02", "2025-06-01"


def reading_of(*observations):
    return read(history("2025-10-01", None, list(observations)))


def word(scale, *values):
    """The word of a scale from (number, comparator) pairs, the first of which is the baseline."""
    days = [BEFORE, *(f"2025-{month:02d}-01" for month in range(3, 12))]
    dated = zip(days, values, strict=False)
    written = [result(scale, on, number, comparator=comparator) for on, (number, comparator) in dated]
    return reading_of(*written)["neuro"]["scales"][scale]["verdict"]


@pytest.mark.parametrize(
    ("baseline", "latest", "found"),
    [
        ((10, None), (12.8, ">"), "worse"),
        ((10, None), (12, ">"), "not_evaluable"),
        ((10, None), (8, "<"), "not_evaluable"),
        ((10, None), (7.2, "<"), "improved"),
        ((10, ">"), (12, None), "not_evaluable"),
        ((10, "<"), (12.8, None), "worse"),
    ],
)
def test_a_bounded_walk_is_read_only_where_the_bound_leaves_no_doubt(baseline, latest, found):
    assert word("walk_10m_s", baseline, latest) == found


def test_a_bounded_grip_reads_the_other_way_round():
    assert word("grip_kpa", (60, None), (52, "<")) == "worse"


@pytest.mark.parametrize(
    ("scale", "baseline", "latest", "found"),
    [
        ("i_rods", (97, ">="), (100, None), "stable"),
        ("i_rods", (96, ">="), (100, None), "not_evaluable"),
        ("i_rods", (96, ">"), (100, None), "stable"),
        ("onls", (12, ">="), (12, None), "stable"),
        ("onls", (11, ">"), (12, None), "stable"),
        ("onls", (11, ">="), (12, None), "not_evaluable"),
        ("onls", (1, "<"), (0, None), "stable"),
        ("onls", (1, "<="), (0, None), "not_evaluable"),
        ("mrc_sum", (1, "<="), (0, None), "stable"),
    ],
)
def test_a_bound_ends_where_the_scale_ends(scale, baseline, latest, found):
    assert word(scale, baseline, latest) == found


@pytest.mark.parametrize("latest", [6, 7, 8])
def test_a_decline_that_is_certain_is_told_also_where_its_name_is_not(latest):
    values = [(5, ">"), (5, None), (6, None), (latest, None)]
    assert word("onls", *values) == "lost"


def test_a_decline_of_which_only_the_name_is_uncertain_raises_its_alert():
    observations = [
        result("onls", BEFORE, 5, comparator=">"),
        result("onls", "2025-03-01", 5),
        result("onls", "2025-04-01", 6),
        result("onls", AFTER, 7),
    ]
    assert alerts(reading_of(*observations))["neuro-worsening"] == "warning"


def test_a_loss_that_a_bound_leaves_open_is_not_told():
    assert word("onls", (8, None), (5, None), (6, "<="), (6, None)) == "not_evaluable"
