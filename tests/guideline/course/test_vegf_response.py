"""The response of a VEGF series: classes, boundaries, early months, bounds, anti-VEGF therapy."""

import pytest

from tests.guideline.course.histories import bevacizumab, drugs, history, read, read_vegf, vegf

BASELINE = vegf("2025-01-02", 1000)
AS_OF = "2025-12-01"


@pytest.mark.parametrize(
    ("value", "response"),
    [(96, "complete"), (97, "partial"), (500, "partial"), (501, "none"), (2000, "none"), (0, "complete")],
)
def test_the_response_is_read_from_the_latest_value(value, response):
    assert read_vegf(AS_OF, BASELINE, vegf("2025-08-01", value))["response"] == response


@pytest.mark.parametrize(("on", "response"), [("2025-04-09", "too_early_to_judge"), ("2025-04-10", "none")])
def test_an_absent_response_is_judged_from_three_months_on(on, response):
    assert read_vegf(AS_OF, BASELINE, vegf(on, 900))["response"] == response


@pytest.mark.parametrize(
    ("on", "response"), [("2025-04-09", "too_early_to_judge"), ("2025-04-10", "partial")]
)
def test_a_partial_response_is_judged_from_three_months_on(on, response):
    assert read_vegf(AS_OF, BASELINE, vegf(on, 400))["response"] == response


def test_a_normal_value_is_complete_at_once():
    assert read_vegf(AS_OF, BASELINE, vegf("2025-01-11", 90))["response"] == "complete"


def test_the_number_is_shown_although_it_is_too_early_to_judge():
    assert read_vegf(AS_OF, BASELINE, vegf("2025-02-01", 900))["change_percent"] == -10


@pytest.mark.parametrize(
    ("value", "comparator", "response", "reason"),
    [
        (96, "<", "complete", None),
        (400, "<", "not_evaluable", "bound"),
        (96, "<=", "complete", None),
        (97, "<", "not_evaluable", "bound"),
        (500, ">", "none", None),
        (500, ">=", "not_evaluable", "bound"),
        (400, ">", "not_evaluable", "bound"),
    ],
)
def test_a_bound_gives_a_class_only_where_it_leaves_no_other(value, comparator, response, reason):
    reading = read_vegf(AS_OF, BASELINE, vegf("2025-08-01", value, comparator))
    assert (reading["response"], reason) == (response, reading["reason"])


@pytest.mark.parametrize(
    ("baseline", "comparator", "latest", "response", "reason"),
    [
        (1000, ">", 500, "partial", None),
        (1000, ">=", 500, "partial", None),
        (1000, "<", 500, "not_evaluable", "bound"),
        (1000, ">", 501, "not_evaluable", "bound"),
        (96, "<=", 50, "not_evaluable", "baseline normal"),
        (96, ">", 50, "complete", None),
        (96, ">=", 50, "not_evaluable", "bound"),
        (150, "<", 50, "not_evaluable", "bound"),
    ],
)
def test_a_bounded_baseline_is_read_the_same_way(baseline, comparator, latest, response, reason):
    reading = read_vegf(AS_OF, vegf("2025-01-02", baseline, comparator), vegf("2025-08-01", latest))
    assert (reading["response"], reading["reason"]) == (response, reason)


def test_a_bound_between_two_classes_that_are_both_early_is_too_early():
    reading = read_vegf(AS_OF, BASELINE, vegf("2025-02-01", 400, ">"))
    assert reading["response"] == "too_early_to_judge"


def test_an_early_bound_that_may_be_normal_stays_open():
    assert read_vegf(AS_OF, BASELINE, vegf("2025-02-01", 400, "<"))["reason"] == "bound"


@pytest.mark.parametrize(
    ("latest", "comparator", "bound"), [(20, "<", "at least"), (600, ">", "at most"), (20, None, None)]
)
def test_the_percentage_of_a_bound_says_so(latest, comparator, bound):
    assert read_vegf(AS_OF, BASELINE, vegf("2025-08-01", latest, comparator))["bound"] == bound


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        ("2024-10-11", "no baseline"),
        ("2024-10-12", None),
        ("2025-01-10", None),
        ("2025-01-11", "no baseline"),
    ],
)
def test_the_baseline_lies_in_the_90_days_up_to_the_start(on, reason):
    assert read_vegf(AS_OF, vegf(on, 1000), vegf("2025-08-01", 400))["reason"] == reason


def test_the_baseline_is_the_last_of_those_values():
    reading = read_vegf(AS_OF, vegf("2025-01-02", 1000), vegf("2025-01-09", 800), vegf("2025-08-01", 400))
    assert reading["baseline"]["value"] == 800


def test_without_a_later_value_there_is_no_response():
    assert read_vegf(AS_OF, BASELINE)["reason"] == "no later value"


def test_a_normal_baseline_leaves_no_response_to_read():
    assert read_vegf(AS_OF, vegf("2025-01-02", 96), vegf("2025-08-01", 50))["reason"] == "baseline normal"


def test_each_value_is_read_against_its_own_limit():
    old, new = vegf("2025-01-02", 150, upper_limit=100), vegf("2025-08-01", 150, upper_limit=160)
    assert read_vegf(AS_OF, old, new)["response"] == "complete"


@pytest.mark.parametrize(
    ("specimen", "value", "response"), [("plasma", 97, "partial"), ("serum", 1000, "complete")]
)
def test_a_missing_limit_is_the_default_of_its_specimen_and_flagged(specimen, value, response):
    more = {"specimen": specimen, "upper_limit": None}
    reading = read_vegf(AS_OF, vegf("2025-01-02", 3000, **more), vegf("2025-08-01", value, **more))
    assert (reading["response"], reading["default_limit"]) == (response, True)


def test_a_limit_of_its_own_is_not_flagged():
    assert read_vegf(AS_OF, BASELINE, vegf("2025-08-01", 400))["default_limit"] is False


@pytest.mark.parametrize("specimen", [None, "citrated blood"])
def test_an_unknown_specimen_is_not_evaluable(specimen):
    values = [vegf("2025-01-02", 1000, specimen=specimen), vegf("2025-08-01", 400, specimen=specimen)]
    assert read_vegf(AS_OF, *values)["reason"] == "specimen"


def test_of_two_values_on_one_day_the_later_in_the_list_is_used_and_the_other_kept():
    reading = read_vegf(AS_OF, BASELINE, vegf("2025-08-01", 50), vegf("2025-08-01", 700))
    assert reading["latest"]["value"] == 700
    assert [value["value"] for value in reading["series"][0]["set_aside"]] == [50]


def test_nanograms_per_litre_are_the_same_number():
    assert read_vegf(AS_OF, BASELINE, vegf("2025-08-01", 96, unit="ng/L"))["response"] == "complete"


def test_nanograms_per_millilitre_are_converted_with_their_limit():
    reading = read_vegf(AS_OF, BASELINE, vegf("2025-08-01", 0.4, unit="ng/mL", upper_limit=0.096))
    assert (reading["latest"]["value"], reading["latest"]["upper_limit"]) == (400, 96)


def test_the_nadir_is_the_lowest_later_value_and_never_the_baseline():
    values = [
        vegf("2025-01-02", 100),
        vegf("2025-03-01", 500),
        vegf("2025-05-01", 300),
        vegf("2025-08-01", 400),
    ]
    assert read_vegf(AS_OF, *values)["nadir"]["value"] == 300


@pytest.mark.parametrize(
    ("comparator", "lowest"), [("<", "2025-05-01"), (">", "2025-03-01"), (None, "2025-03-01")]
)
def test_of_equal_numbers_the_bound_from_above_is_the_lowest(comparator, lowest):
    values = [BASELINE, vegf("2025-03-01", 300), vegf("2025-05-01", 300, comparator)]
    assert read_vegf(AS_OF, *values)["nadir"]["date"] == lowest


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("2025-08-01", None, "anti-VEGF therapy"),
        ("2025-08-02", None, None),
        ("2025-04-01", "2025-06-02", "anti-VEGF therapy"),
        ("2025-04-01", "2025-06-01", None),
    ],
)
def test_a_value_under_anti_vegf_or_within_60_days_after_it_does_not_count(start, end, reason):
    treatments = [drugs(), bevacizumab(start, end)]
    assert read_vegf(AS_OF, BASELINE, vegf("2025-08-01", 40), treatments=treatments)["reason"] == reason


def test_a_value_under_anti_vegf_is_shown():
    treatments = [drugs(), bevacizumab("2025-07-01")]
    reading = read_vegf(AS_OF, BASELINE, vegf("2025-08-01", 40), treatments=treatments)
    assert reading["series"][0]["values"][1]["under_anti_vegf"] is True


def test_a_baseline_under_anti_vegf_gives_way_to_one_before_it():
    treatments = [drugs(), bevacizumab("2025-01-01", "2025-01-09")]
    values = [vegf("2024-12-20", 900), vegf("2025-01-05", 60), vegf("2025-08-01", 400)]
    assert read_vegf(AS_OF, *values, treatments=treatments)["baseline"]["value"] == 900


def test_no_baseline_is_said_before_anti_vegf_therapy():
    treatments = [drugs(), bevacizumab("2025-07-01")]
    assert read_vegf(AS_OF, vegf("2025-08-01", 40), treatments=treatments)["reason"] == "no baseline"


def test_without_a_line_every_value_is_a_later_one_and_nothing_is_judged():
    reading = read_vegf(AS_OF, vegf("2025-01-02", 100), vegf("2025-02-02", 200), treatments=[])
    assert (reading["reason"], reading["latest"]["value"], reading["nadir"]["value"]) == (
        "no treatment",
        200,
        100,
    )


def test_without_any_value_the_reason_is_the_missing_baseline():
    reading = read_vegf(AS_OF)
    assert (reading["response"], reading["reason"], reading["primary"]) == (
        "not_evaluable",
        "no baseline",
        None,
    )


@pytest.mark.parametrize(("as_of", "stale"), [("2025-12-31", False), ("2026-01-01", True)])
def test_a_reading_is_old_after_seven_months(as_of, stale):
    reading = read_vegf(as_of, BASELINE, vegf("2025-06-01", 90))
    assert (reading["as_of_value"], reading["stale"]) == ("2025-06-01", stale)


def test_the_reading_carries_its_rule_its_numbers_and_its_values():
    basis = read_vegf(AS_OF, BASELINE, vegf("2025-08-01", 380))["basis"]
    assert "fall of 62.0 %" in basis["text"]
    assert "vegf_partial_fall" in basis["thresholds"]
    assert [value["date"] for value in basis["values"]] == ["2025-01-02", "2025-08-01"]
    assert "50 %" in basis["rule_in_words"]


def test_numbers_of_many_digits_are_compared_unrounded():
    just_above = vegf("2025-08-01", 500.00000000001)
    assert read_vegf(AS_OF, BASELINE, just_above)["response"] == "none"


def test_values_after_the_day_of_reading_change_nothing():
    now = [BASELINE, vegf("2025-08-01", 400)]
    later = [*now, vegf("2025-12-02", 40)]
    assert read(history(AS_OF, None, later)) == read(history(AS_OF, None, now))
