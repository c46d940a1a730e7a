"""Nerve scales: smallest changes, lost gains, unable, phases, verdicts and alerts."""

import pytest

from tests.guideline.course.histories import alerts, drugs, history, radiation, read, result, scan

BEFORE, AFTER, LATEST = "2025-01-02", "2025-06-01", "2025-09-01"
AS_OF = "2025-10-01"


def neuro(*observations, as_of=AS_OF, treatments=None):
    return read(history(as_of, treatments, list(observations)))["neuro"]


def word(scale, *values, as_of=AS_OF):
    """The word of a scale whose first value is the baseline and whose others follow month by month."""
    days = [BEFORE, *(f"2025-{month:02d}-01" for month in range(3, 12))]
    observations = [
        result(scale, on, unable=True) if value == "unable" else result(scale, on, value)
        for on, value in zip(days, values, strict=False)
    ]
    return neuro(*observations, as_of=as_of)["scales"][scale]["verdict"]


@pytest.mark.parametrize(
    ("scale", "baseline", "worse", "same", "better"),
    [
        ("onls", 5, 6, 5, 4),
        ("incat", 5, 6, 5, 4),
        ("mrs", 3, 4, 3, 2),
        ("i_rods", 40, 36, 37, 44),
        ("i_rods", 40, 36, 43, 44),
        ("mrc_sum", 50, 48, 49, 52),
        ("grip_kpa", 60, 52, 52.5, 68),
        ("grip_kpa", 60, 52, 67.9, 68),
        ("nis", 40, 42, 41, 38),
        ("mnis7", 40, 42, 41.5, 38),
        ("walk_10m_s", 10, 12.8, 12.79, 7.2),
        ("walk_10m_s", 10, 12.8, 7.21, 7.2),
        ("walk_10m_s", 0.1, 0.128, 0.127, 0.072),
    ],
)
def test_only_the_smallest_change_that_counts_counts(scale, baseline, worse, same, better):
    assert word(scale, baseline, worse) == "worse"
    assert word(scale, baseline, same) == "stable"
    assert word(scale, baseline, better) == "improved"


def test_zero_points_are_a_value():
    assert word("onls", 1, 0) == "improved"
    assert word("onls", 0, 0) == "stable"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((8, 3, 6, 6), "lost"),
        ((8, 3, 3, 6), "improved"),
        ((8, 3, 6, 3), "improved"),
        ((8, 6, 6), "improved"),
        ((8, 3, 4, 4), "lost"),
        ((8, 3, 9, 9), "worse"),
        ((5, 4, 5, 5), "lost"),
        ((8, 3, 6), "improved"),
        ((5, 5), "stable"),
        ((8, 6, 3, 4, 5), "lost"),
        ((8, 6, 5, 3, 5), "improved"),
    ],
)
def test_a_gain_is_lost_when_two_values_running_are_worse_than_the_best_before(values, found):
    assert word("onls", *values) == found


def test_a_lost_gain_of_walking_is_measured_from_the_best_value():
    assert word("walk_10m_s", 20, 10, 12.8, 12.8) == "lost"
    assert word("walk_10m_s", 20, 10, 12.8, 12.7) == "improved"


def test_a_lost_gain_on_a_scale_where_more_is_better():
    assert word("i_rods", 40, 60, 56, 56) == "lost"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((20, "unable"), "worse"),
        (("unable", 300), "improved"),
        (("unable", "unable"), "stable"),
        (("unable", 20, "unable", "unable"), "lost"),
        (("unable", 20, 30, 30), "lost"),
        ((20, "unable", 20), "stable"),
    ],
)
def test_unable_is_worse_than_every_number(values, found):
    assert word("walk_10m_s", *values) == found


def test_unable_has_no_change_in_points():
    reading = neuro(result("grip_kpa", BEFORE, 40), result("grip_kpa", AFTER, unable=True))
    assert reading["scales"]["grip_kpa"]["change"] is None
    assert reading["scales"]["grip_kpa"]["latest"]["unable"] is True


def test_the_change_is_latest_minus_baseline():
    assert neuro(result("onls", BEFORE, 7), result("onls", AFTER, 5))["scales"]["onls"]["change"] == -2


def test_a_scale_without_a_baseline_or_later_value_is_listed_as_not_evaluable():
    reading = neuro(result("onls", BEFORE, 5), result("mrs", AFTER, 2), result("nis", "2024-01-01", 40))
    assert {key: scale["reason"] for key, scale in reading["scales"].items()} == {
        "onls": "no later value",
        "mrs": "no baseline",
        "nis": "no baseline",
    }
    assert reading["verdict"] == "not_evaluable"


@pytest.mark.parametrize(
    ("on", "found"), [("2024-07-13", "not_evaluable"), ("2024-07-14", "stable"), ("2025-01-10", "stable")]
)
def test_the_baseline_lies_in_the_180_days_up_to_the_start(on, found):
    assert neuro(result("onls", on, 5), result("onls", AFTER, 5))["scales"]["onls"]["verdict"] == found


def test_of_two_values_on_one_day_the_later_in_the_list_is_used():
    values = [result("onls", BEFORE, 5), result("onls", AFTER, 3), result("onls", AFTER, 6)]
    assert neuro(*values)["scales"]["onls"]["verdict"] == "worse"


@pytest.mark.parametrize(
    ("as_of", "phase"),
    [
        ("2027-01-09", "lag"),
        ("2027-01-10", "maximum_expected"),
        ("2028-01-09", "maximum_expected"),
        ("2028-01-10", "late"),
    ],
)
def test_phases_count_from_the_start_of_the_line(as_of, phase):
    assert neuro(as_of=as_of)["phase"] == phase


@pytest.mark.parametrize(
    ("measured", "as_of", "verdict"),
    [
        ("2027-01-09", "2027-01-09", "too_early_to_judge"),
        ("2027-01-09", "2027-01-10", "not_measured"),
        ("2027-01-10", "2027-01-10", "stable_at_expected_maximum"),
        ("2027-01-10", "2028-01-10", "not_measured"),
        ("2028-01-10", "2028-01-10", "no_improvement"),
        ("2028-01-10", "2033-01-10", "no_improvement"),
    ],
)
def test_a_stable_nerve_is_judged_by_the_phase_it_was_measured_in(measured, as_of, verdict):
    assert neuro(result("onls", BEFORE, 5), result("onls", measured, 5), as_of=as_of)["verdict"] == verdict


def test_the_latest_of_all_scales_counts_for_the_phase():
    values = [
        result("onls", BEFORE, 5),
        result("onls", AFTER, 5),
        result("mrs", BEFORE, 3),
        result("mrs", "2027-02-01", 3),
    ]
    assert neuro(*values, as_of="2027-03-01")["verdict"] == "stable_at_expected_maximum"


@pytest.mark.parametrize(
    ("onls", "mrc", "verdict"),
    [
        (4, 50, "improving"),
        (6, 50, "worsening"),
        (4, 48, "mixed"),
        (6, 52, "mixed"),
        (5, 50, "too_early_to_judge"),
    ],
)
def test_the_scales_together(onls, mrc, verdict):
    values = [result("onls", BEFORE, 5), result("onls", AFTER, onls)]
    values += [result("mrc_sum", BEFORE, 50), result("mrc_sum", AFTER, mrc)]
    assert neuro(*values)["verdict"] == verdict


def test_a_lost_gain_is_a_decline():
    values = [
        result("onls", day, value)
        for day, value in zip([BEFORE, "2025-03-01", AFTER, LATEST], [8, 3, 6, 6], strict=True)
    ]
    assert neuro(*values)["verdict"] == "worsening"


@pytest.mark.parametrize(
    ("declines", "worsens"),
    [
        (["onls"], True),
        (["walk_10m_s"], True),
        (["mrc_sum"], False),
        (["mrc_sum", "grip_kpa"], True),
        (["nis", "onls"], True),
        ([], False),
    ],
)
def test_one_impairment_scale_alone_is_not_the_axis(declines, worsens):
    step = {
        "onls": (5, 6),
        "walk_10m_s": (10, 13),
        "mrc_sum": (50, 48),
        "grip_kpa": (60, 50),
        "nis": (40, 42),
    }
    values = [
        result(scale, on, value)
        for scale in declines
        for on, value in zip([BEFORE, AFTER], step[scale], strict=True)
    ]
    assert neuro(*values)["axis_worsens"] is worsens


def test_without_a_line_no_scale_is_judged():
    reading = neuro(result("onls", BEFORE, 5), result("onls", AFTER, 9), treatments=[])
    assert (reading["phase"], reading["verdict"]) == (None, "not_evaluable")
    assert reading["scales"]["onls"]["reason"] == "no treatment"


class TestAlerts:
    stable = (result("onls", BEFORE, 5), result("onls", AFTER, 5))
    worse = (result("onls", BEFORE, 5), result("onls", AFTER, 6))
    noisy = (result("mrc_sum", BEFORE, 50), result("mrc_sum", AFTER, 40))

    def found(self, *observations, as_of=AS_OF, treatments=None, pet=None):
        all_alerts = alerts(read(history(as_of, treatments, list(observations), pet)))
        return {id: severity for id, severity in all_alerts.items() if id.startswith("neuro")}

    def test_no_gain_within_the_lag_is_information(self):
        assert self.found(*self.stable) == {"neuro-lag": "info"}

    def test_no_gain_is_not_excused_while_another_axis_is_poor(self):
        pet = [scan("2025-01-05", 5, 1), scan("2025-09-01", 9, 2)]
        assert self.found(*self.stable, pet=pet) == {}

    def test_no_gain_after_the_lag_is_a_warning(self):
        values = [result("onls", BEFORE, 5), result("onls", "2028-02-01", 5)]
        assert self.found(*values, as_of="2028-03-01") == {"neuro-no-improvement": "warning"}

    def test_a_decline_is_a_warning(self):
        assert self.found(*self.worse) == {"neuro-worsening": "warning"}

    def test_a_decline_of_one_scale_among_gains_is_told(self):
        assert self.found(*self.noisy, result("onls", BEFORE, 5), result("onls", AFTER, 3)) == {
            "neuro-worsening": "warning"
        }

    def test_a_decline_with_another_axis_is_critical(self):
        pet = [scan("2025-01-05", 5, 1), scan("2025-09-01", 9, 2)]
        assert self.found(*self.worse, pet=pet) == {"neuro-worsening": "critical"}

    def test_a_noisy_score_with_another_axis_is_a_warning(self):
        pet = [scan("2025-01-05", 5, 1), scan("2025-09-01", 9, 2)]
        assert self.found(*self.noisy, pet=pet) == {"neuro-worsening": "warning"}

    @pytest.mark.parametrize(
        ("start", "end", "severity"),
        [
            ("2025-02-01", None, "critical"),
            ("2025-02-01", "2025-03-03", "critical"),
            ("2025-02-01", "2025-03-02", "warning"),
            ("2025-06-01", None, "critical"),
            ("2025-06-02", None, "warning"),
        ],
    )
    def test_a_decline_in_the_shadow_of_a_neurotoxic_drug_is_critical(self, start, end, severity):
        toxic = {"kind": "supportive", "name": "toxic", "start": start, "end": end, "neurotoxic": True}
        assert self.found(*self.worse, treatments=[drugs(), toxic]) == {"neuro-worsening": severity}

    def test_a_noisy_score_under_a_neurotoxic_drug_is_a_warning(self):
        assert self.found(*self.noisy, treatments=[drugs(neurotoxic=True)]) == {"neuro-worsening": "warning"}

    def test_a_drug_not_known_to_be_neurotoxic_does_not_raise_it(self):
        assert self.found(*self.worse, treatments=[drugs(neurotoxic=None)]) == {"neuro-worsening": "warning"}

    @pytest.mark.parametrize(
        ("as_of", "found"), [("2025-12-01", {}), ("2025-12-02", {"neuro-overdue": "info"})]
    )
    def test_a_scale_is_overdue_after_six_months(self, as_of, found):
        overdue = {id: s for id, s in self.found(*self.stable, as_of=as_of).items() if id == "neuro-overdue"}
        assert overdue == found

    @pytest.mark.parametrize(
        ("as_of", "found"), [("2025-07-09", {}), ("2025-07-10", {"neuro-overdue": "info"})]
    )
    def test_a_scale_is_expected_after_six_months_of_treatment(self, as_of, found):
        assert self.found(as_of=as_of) == found
        assert self.found(result("onls", "2024-10-01", 5), as_of=as_of) == found

    def test_a_nerve_not_measured_for_a_phase_is_a_warning(self):
        assert self.found(*self.stable, as_of="2027-06-01") == {"neuro-overdue": "warning"}

    def test_unable_counts_as_measured(self):
        assert "neuro-overdue" not in self.found(result("walk_10m_s", "2025-09-01", unable=True))

    def test_a_lost_gain_names_the_best_value_and_the_two_after_it(self):
        days = [BEFORE, "2025-03-01", AFTER, LATEST]
        values = [result("onls", day, value) for day, value in zip(days, [8, 3, 6, 6], strict=True)]
        alert = next(
            a
            for a in read(history(AS_OF, [radiation(end="2025-02-01")], values))["alerts"]
            if a["id"] == "neuro-worsening"
        )
        assert [fact["value"] for fact in alert["values"]] == ["8", "3", "6", "6"]

    def test_an_overdue_measurement_names_every_scale_of_the_last_day(self):
        observations = [result("nis", "2025-08-30", 50), result("onls", "2025-08-30", 4)]
        reading = read(history("2026-03-10", None, observations))
        overdue = next(alert for alert in reading["alerts"] if alert["id"] == "neuro-overdue")
        assert [fact["label"] for fact in overdue["values"]] == [
            "Overall Neuropathy Limitations Scale",
            "Neuropathy Impairment Score",
        ]
