"""A rise of VEGF, its confirmation, the primary series, and the alerts that follow."""

import pytest

from tests.guideline.course.histories import (
    alerts,
    bevacizumab,
    drugs,
    history,
    radiation,
    read,
    read_vegf,
    result,
    scan,
    vegf,
)

AS_OF = "2025-12-01"
SERUM = {"specimen": "serum", "laboratory": "B", "upper_limit": 1000}


def rising(*values, as_of=AS_OF, treatments=None):
    return read_vegf(as_of, *values, treatments=treatments)["rising"]


@pytest.mark.parametrize(("value", "found"), [(149, None), (150, "unconfirmed"), (151, "unconfirmed")])
def test_a_rise_is_one_and_a_half_times_the_lowest_before(value, found):
    assert rising(vegf("2025-01-02", 1000), vegf("2025-05-01", 100), vegf("2025-11-01", value)) == found


@pytest.mark.parametrize(("value", "found"), [(96, None), (97, "unconfirmed")])
def test_a_rise_within_the_limit_is_none(value, found):
    assert rising(vegf("2025-01-02", 1000), vegf("2025-05-01", 20), vegf("2025-11-01", value)) == found


def test_a_rise_is_confirmed_by_the_value_before_it():
    values = [vegf("2025-05-01", 100), vegf("2025-10-01", 150), vegf("2025-11-01", 150)]
    assert rising(*values) == "confirmed"


def test_the_value_before_is_tested_against_the_values_before_it():
    values = [vegf("2025-04-01", 300), vegf("2025-05-01", 200), vegf("2025-11-01", 300)]
    assert rising(*values) == "unconfirmed"


def test_a_rise_from_a_normal_baseline_counts():
    assert rising(vegf("2025-01-02", 80), vegf("2025-11-01", 120)) == "unconfirmed"


def test_a_value_before_the_baseline_is_not_compared_with():
    assert rising(vegf("2024-12-01", 10), vegf("2025-01-02", 100), vegf("2025-11-01", 140)) is None


def test_a_single_later_value_without_a_baseline_has_not_risen():
    assert rising(vegf("2025-11-01", 900)) is None


def test_a_high_baseline_alone_is_no_rise():
    assert rising(vegf("2024-12-01", 10), vegf("2025-01-02", 900)) is None


@pytest.mark.parametrize(
    ("before", "latest", "found"),
    [
        ((100, "<"), (150, None), "unconfirmed"),
        ((100, ">"), (150, None), None),
        ((100, "<"), (149, ">="), None),
        ((100, None), (150, ">="), "unconfirmed"),
        ((100, None), (150, "<"), None),
        ((10, None), (96, ">"), "unconfirmed"),
        ((10, None), (96, ">="), None),
    ],
)
def test_an_uncertain_rise_is_none(before, latest, found):
    assert rising(vegf("2025-05-01", *before), vegf("2025-11-01", *latest)) == found


def test_one_certain_lower_value_is_enough():
    values = [vegf("2025-04-01", 50, ">"), vegf("2025-05-01", 100), vegf("2025-11-01", 150)]
    assert rising(*values) == "unconfirmed"


def test_an_uncertain_confirmation_leaves_a_rise_unconfirmed():
    values = [vegf("2025-05-01", 100), vegf("2025-10-01", 150, "<="), vegf("2025-11-01", 200)]
    assert rising(*values) == "unconfirmed"


def test_zero_is_a_value_to_rise_from():
    assert rising(vegf("2025-05-01", 0), vegf("2025-11-01", 97)) == "unconfirmed"


def test_a_value_under_anti_vegf_is_not_the_lowest():
    treatments = [drugs(), bevacizumab("2025-04-01", "2025-05-05")]
    values = [vegf("2025-01-02", 200), vegf("2025-05-01", 20), vegf("2025-11-01", 200)]
    assert rising(*values, treatments=treatments) is None


def test_a_rise_without_any_treatment_is_told():
    assert rising(vegf("2025-05-01", 100), vegf("2025-11-01", 200), treatments=[]) == "unconfirmed"


def test_an_unknown_specimen_without_a_limit_cannot_rise():
    more = {"specimen": None, "upper_limit": None}
    assert rising(vegf("2025-05-01", 100, **more), vegf("2025-11-01", 900, **more)) is None


def test_the_strongest_rise_of_all_series_is_told():
    plasma = [vegf("2025-05-01", 100), vegf("2025-10-01", 150), vegf("2025-11-01", 150)]
    serum = [vegf("2025-05-01", 500, **SERUM), vegf("2025-11-15", 2000, **SERUM)]
    assert rising(*plasma, *serum) == "confirmed"


@pytest.mark.parametrize(("as_of", "found"), [("2026-05-31", "unconfirmed"), ("2026-06-01", None)])
def test_an_old_rise_is_no_longer_a_rise(as_of, found):
    assert rising(vegf("2025-05-01", 100), vegf("2025-11-01", 200), as_of=as_of) == found


def test_an_old_rise_is_told_as_one_that_was():
    reading = read_vegf("2026-07-01", vegf("2025-05-01", 100), vegf("2025-11-01", 200))
    assert reading["series"][0]["was_rising_on"] == "2025-11-01"


class TestPrimarySeries:
    def test_is_the_one_measured_last(self):
        plasma, serum = vegf("2025-10-01", 100), vegf("2025-11-01", 100, **SERUM)
        assert read_vegf(AS_OF, plasma, serum)["primary"]["specimen"] == "serum"

    def test_on_a_tie_is_plasma(self):
        plasma, serum = vegf("2025-11-01", 100), vegf("2025-11-01", 100, **SERUM)
        assert read_vegf(AS_OF, plasma, serum)["primary"]["specimen"] == "plasma"

    def test_between_two_plasma_series_is_the_later_in_the_list(self):
        values = [vegf("2025-11-01", 100, laboratory="B"), vegf("2025-11-01", 100, laboratory="A")]
        assert read_vegf(AS_OF, *values)["primary"]["laboratory"] == "A"

    def test_is_evaluable_if_any_is(self):
        plasma = [vegf("2025-01-02", 900), vegf("2025-08-01", 200)]
        serum = vegf("2025-11-01", 1800, **SERUM)
        assert read_vegf(AS_OF, *plasma, serum)["primary"]["specimen"] == "plasma"

    @pytest.mark.parametrize(("as_of", "specimen"), [("2026-02-28", "plasma"), ("2026-03-01", "serum")])
    def test_gives_way_when_it_is_old(self, as_of, specimen):
        plasma = [vegf("2025-01-02", 900), vegf("2025-08-01", 200)]
        serum = vegf("2025-11-01", 1800, **SERUM)
        assert read_vegf(as_of, *plasma, serum)["primary"]["specimen"] == specimen

    def test_counts_values_under_anti_vegf_as_measured(self):
        treatments = [drugs(), bevacizumab("2025-11-01")]
        other = [vegf("2025-01-02", 900, **SERUM, method="x"), vegf("2025-10-01", 200, **SERUM, method="x")]
        plasma = [vegf("2025-01-02", 900), vegf("2025-08-01", 200), vegf("2025-11-10", 30)]
        reading = read_vegf(AS_OF, *other, *plasma, treatments=treatments)
        assert (reading["primary"]["specimen"], reading["latest"]["value"]) == ("plasma", 200)


class TestAlerts:
    @pytest.mark.parametrize(
        ("on", "value", "expected"),
        [
            ("2025-04-09", 900, {}),
            ("2025-04-10", 900, {"vegf-slow": "warning"}),
            ("2025-07-09", 900, {"vegf-slow": "warning"}),
            ("2025-07-10", 900, {"vegf-inadequate": "warning"}),
            ("2025-07-09", 400, {}),
            ("2025-07-10", 400, {"vegf-not-normal-6m": "info"}),
            ("2025-07-10", 90, {}),
        ],
    )
    def test_the_month_of_the_latest_value_decides(self, on, value, expected):
        found = alerts(read(history("2025-08-01", None, [vegf("2025-01-02", 1000), vegf(on, value)])))
        assert {id: found[id] for id in found if id.startswith("vegf")} == expected

    @pytest.mark.parametrize(("on", "id"), [("2025-05-01", "vegf-slow"), ("2025-08-01", "vegf-inadequate")])
    def test_after_radiation_alone_an_absent_response_is_information(self, on, id):
        values = [vegf("2025-01-02", 1000), vegf(on, 900)]
        reading = read(history("2025-08-01", [radiation(end="2025-02-10")], values))
        alert = next(alert for alert in reading["alerts"] if alert["id"] == id)
        assert (alert["severity"], "14 %" in alert["text"]) == ("info", True)

    def test_with_drugs_in_the_line_it_is_a_warning_again(self):
        treatments = [radiation(end="2025-02-10"), drugs("2025-02-15", continues=True)]
        values = [vegf("2025-01-02", 1000), vegf("2025-08-01", 900)]
        assert alerts(read(history("2025-08-01", treatments, values)))["vegf-inadequate"] == "warning"

    def test_a_first_rise_from_an_abnormal_value_is_information(self):
        values = [vegf("2025-05-01", 100), vegf("2025-11-20", 200)]
        assert alerts(read(history(AS_OF, None, values)))["vegf-rising-unconfirmed"] == "info"

    def test_a_first_rise_after_a_normal_value_is_a_warning(self):
        values = [vegf("2025-05-01", 96), vegf("2025-11-20", 200)]
        assert alerts(read(history(AS_OF, None, values)))["vegf-rising-unconfirmed"] == "warning"

    def test_a_first_rise_from_a_normal_baseline_is_information(self):
        values = [vegf("2025-01-02", 90), vegf("2025-11-20", 200)]
        assert alerts(read(history(AS_OF, None, values)))["vegf-rising-unconfirmed"] == "info"

    def test_a_first_rise_after_a_value_that_may_have_been_normal_is_information(self):
        values = [vegf("2025-05-01", 97, "<"), vegf("2025-11-20", 200)]
        assert alerts(read(history(AS_OF, None, values)))["vegf-rising-unconfirmed"] == "info"

    def test_a_first_rise_is_a_warning_when_another_axis_worsens(self):
        values = [vegf("2025-05-01", 100), vegf("2025-11-20", 200)]
        reading = read(history(AS_OF, None, values, [scan("2025-11-01", 5, 1, new=True)]))
        assert alerts(reading)["vegf-rising-unconfirmed"] == "warning"

    @pytest.mark.parametrize(("as_of", "found"), [("2025-12-31", None), ("2026-01-01", "warning")])
    def test_a_rise_is_to_be_repeated_within_42_days(self, as_of, found):
        values = [vegf("2025-05-01", 100), vegf("2025-11-20", 200)]
        assert alerts(read(history(as_of, None, values))).get("vegf-repeat-overdue") == found

    def test_a_confirmed_rise_is_a_warning_that_says_what_it_does_not_prove(self):
        values = [vegf("2025-05-01", 100), vegf("2025-10-01", 150), vegf("2025-11-01", 150)]
        alert = next(a for a in read(history(AS_OF, None, values))["alerts"] if a["id"] == "vegf-rising")
        assert alert["severity"] == "warning"
        assert "does not prove a relapse" in alert["text"]
        assert [fact["date"] for fact in alert["values"]] == ["2025-05-01", "2025-10-01", "2025-11-01"]

    def test_a_confirmed_rise_is_critical_when_another_axis_worsens(self):
        values = [vegf("2025-05-01", 100), vegf("2025-10-01", 150), vegf("2025-11-01", 150)]
        values += [result("immunofixation", "2025-05-01", 0), result("immunofixation", "2025-11-01", 1)]
        found = alerts(read(history(AS_OF, None, values)))
        assert (found["vegf-rising"], found["clone-progression"]) == ("critical", "critical")

    def test_of_two_rising_series_the_more_severe_speaks(self):
        serum = [vegf("2025-05-01", 900, **SERUM), vegf("2025-11-15", 2000, **SERUM)]
        plasma = [vegf("2025-05-01", 100), vegf("2025-11-15", 200)]
        assert alerts(read(history(AS_OF, None, plasma + serum)))["vegf-rising-unconfirmed"] == "warning"

    def test_of_two_series_that_rise_alike_the_newer_speaks(self):
        other = {"laboratory": "B"}
        older = [vegf("2025-05-01", 100), vegf("2025-11-14", 200)]
        newer = [vegf("2025-05-01", 100, **other), vegf("2025-11-15", 200, **other)]
        reading = read(history(AS_OF, None, older + newer))
        (alert,) = [a for a in reading["alerts"] if a["id"] == "vegf-rising-unconfirmed"]
        assert alert["since"] == "2025-11-15"

    @pytest.mark.parametrize(("as_of", "found"), [("2025-11-01", None), ("2025-11-02", "info")])
    def test_a_last_value_older_than_six_months_is_overdue(self, as_of, found):
        assert alerts(read(history(as_of, None, [vegf("2025-05-01", 100)]))).get("vegf-overdue") == found

    @pytest.mark.parametrize(("as_of", "found"), [("2025-04-09", None), ("2025-04-10", "info")])
    def test_nothing_is_overdue_before_three_months_of_treatment(self, as_of, found):
        assert alerts(read(history(as_of, None, [vegf("2024-06-01", 100)]))).get("vegf-overdue") == found
        assert alerts(read(history(as_of))).get("vegf-overdue") == found

    def test_an_overdue_series_that_was_rising_is_a_warning(self):
        values = [vegf("2025-05-01", 100), vegf("2025-06-01", 200)]
        alert = next(
            a for a in read(history("2026-02-01", None, values))["alerts"] if a["id"] == "vegf-overdue"
        )
        assert (alert["severity"], "rising on 1 June 2025" in alert["text"]) == ("warning", True)

    def test_any_series_keeps_vegf_from_being_overdue(self):
        values = [vegf("2025-02-01", 100), vegf("2025-11-01", 100, **SERUM)]
        assert "vegf-overdue" not in alerts(read(history(AS_OF, None, values)))

    def test_without_a_line_nothing_is_overdue(self):
        assert alerts(read(history(AS_OF, [], [vegf("2020-01-01", 100)]))) == {}

    def test_a_change_of_series_is_pointed_out(self):
        values = [vegf("2025-01-02", 900), vegf("2025-08-01", 200), vegf("2025-11-01", 1800, **SERUM)]
        assert alerts(read(history(AS_OF, None, values)))["vegf-series-changed"] == "info"

    def test_a_second_series_on_the_same_day_is_no_change(self):
        values = [vegf("2025-08-01", 200), vegf("2025-11-01", 100), vegf("2025-11-01", 1800, **SERUM)]
        assert "vegf-series-changed" not in alerts(read(history(AS_OF, None, values)))

    def test_a_return_to_the_former_series_is_a_change_only_if_the_other_was_shown(self):
        values = [vegf("2025-01-02", 900), vegf("2025-08-01", 1800, **SERUM), vegf("2025-11-01", 300)]
        assert alerts(read(history(AS_OF, None, values)))["vegf-series-changed"] == "info"

    def test_the_very_first_values_change_nothing(self):
        values = [vegf("2025-11-01", 100), vegf("2025-11-01", 1800, **SERUM)]
        assert "vegf-series-changed" not in alerts(read(history(AS_OF, None, values)))
