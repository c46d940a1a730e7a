"""FDG-PET: phases, responses, the verdict that stands, and when the next scan is due."""

import pytest

from tests.guideline.course.histories import alerts, drugs, history, radiation, read, scan, transplant

BASELINE = scan("2025-01-05", 10, 2)
LONG = drugs()


def pet(as_of, *scans, treatments=None):
    return read(history(as_of, treatments or [LONG], pet=list(scans)))["pet"]


@pytest.mark.parametrize(
    ("as_of", "phase"),
    [
        ("2026-01-09", "early"),
        ("2026-01-10", "maturing"),
        ("2026-07-09", "maturing"),
        ("2026-07-10", "mature"),
    ],
)
def test_ongoing_drugs_count_as_a_course_of_six_months(as_of, phase):
    assert pet(as_of)["phase"] == phase


@pytest.mark.parametrize(("as_of", "phase"), [("2025-09-30", "early"), ("2025-10-01", "maturing")])
def test_a_shorter_course_counts_from_its_end(as_of, phase):
    assert pet(as_of, treatments=[drugs(end="2025-04-01")])["phase"] == phase


def test_a_longer_course_counts_as_six_months():
    assert pet("2026-01-10", treatments=[drugs(end="2025-12-01")])["phase"] == "maturing"


@pytest.mark.parametrize(
    ("treatment", "anchor"),
    [
        (radiation(end="2025-02-14"), "2025-02-14"),
        (radiation(), "2025-03-11"),
        (transplant("2025-01-10", "2025-01-30"), "2025-01-30"),
        (transplant("2025-01-10"), "2025-01-10"),
    ],
)
def test_radiation_and_transplantation_count_from_their_end(treatment, anchor):
    assert pet("2026-01-01", treatments=[treatment])["anchor"] == anchor


def test_the_latest_of_them_counts():
    treatments = [transplant("2025-03-01", "2025-03-20", continues=True), radiation(end="2025-02-14")]
    assert pet("2026-01-01", treatments=treatments)["anchor"] == "2025-03-20"


def test_a_transplantation_still_to_come_does_not_count_for_an_older_scan():
    treatments = [drugs(end="2025-04-10"), transplant("2026-01-05", "2026-01-20")]
    reading = pet("2026-02-01", BASELINE, scan("2025-11-01", 4, 1), treatments=treatments)
    assert (reading["scans"][0]["phase"], reading["phase"]) == ("maturing", "early")


@pytest.mark.parametrize(("end", "verdict"), [(None, "may_still_mature"), ("2026-04-01", "may_still_mature")])
def test_stopping_a_long_treatment_leaves_an_old_scan_alone(end, verdict):
    reading = pet("2026-05-01", BASELINE, scan("2026-03-01", 4, 1), treatments=[drugs(end=end)])
    assert reading["verdict"] == verdict


@pytest.mark.parametrize(
    ("total", "lesions", "new", "response"),
    [
        (8, 2, False, "none"),
        (5.1, 2, False, "none"),
        (5, 2, False, "partial"),
        (5, 1, None, "partial"),
        (0, 0, False, "complete"),
        (14.9, 2, False, "none"),
        (15, 2, False, "progression"),
        (4, 3, False, "progression"),
        (4, 1, True, "progression"),
        (0, 0, True, "progression"),
        (15, 0, False, "progression"),
    ],
)
def test_the_response_of_a_scan(total, lesions, new, response):
    assert pet("2026-08-01", BASELINE, scan("2026-07-20", total, lesions, new=new))["response"] == response


def test_progression_is_measured_from_the_best_scan_so_far():
    scans = [BASELINE, scan("2025-09-01", 4, 1), scan("2026-02-01", 6, 1)]
    reading = pet("2026-03-01", *scans)
    assert (reading["verdict"], reading["change_percent"]) == ("progression", -40)


def test_fewest_lesions_and_lowest_sum_may_come_from_two_scans():
    scans = [BASELINE, scan("2025-06-01", 9, 1), scan("2025-09-01", 4, 1), scan("2026-02-01", 5.9, 1)]
    assert pet("2026-03-01", *scans)["response"] == "none"
    assert pet("2026-03-01", *scans[:-1], scan("2026-02-01", 5.9, 2))["response"] == "progression"


def test_a_lowest_sum_of_zero_cannot_be_risen_from():
    scans = [scan("2025-01-05", 0, 1), scan("2026-07-20", 9, 1)]
    assert pet("2026-08-01", *scans)["verdict"] == "none"


def test_a_first_scan_without_a_baseline_shows_progression_only_by_a_new_lesion():
    assert pet("2025-09-01", scan("2025-08-01", 20, 5))["reason"] == "no baseline"
    assert pet("2025-09-01", scan("2025-08-01", 20, 5, new=True))["verdict"] == "progression"


def test_a_second_scan_without_a_baseline_is_compared_with_the_first():
    assert pet("2025-12-01", scan("2025-08-01", 4, 1), scan("2025-11-01", 6, 1))["verdict"] == "progression"


def test_lesions_that_were_not_avid_are_followed_by_ct():
    reading = pet("2026-08-01", scan("2025-01-05", 0, 0), scan("2026-07-20", 0, 0))
    assert (reading["verdict"], reading["reason"], reading["due"]) == (
        "not_evaluable",
        "not avid, follow by CT",
        None,
    )


def test_without_a_later_scan_a_baseline_that_was_not_avid_is_not_evaluable():
    reading = pet("2026-08-01", scan("2025-01-05", 0, 0))
    assert (reading["verdict"], reading["due"]) == ("not_evaluable", None)


def test_an_avid_lesion_where_nothing_was_avid_is_progression():
    assert pet("2026-08-01", scan("2025-01-05", 0, 0), scan("2026-07-20", 5, 1))["verdict"] == "progression"


@pytest.mark.parametrize(
    ("on", "total", "verdict"),
    [
        ("2026-01-09", 8, "too_early_to_judge"),
        ("2026-01-09", 4, "too_early_to_judge"),
        ("2026-01-10", 8, "none"),
        ("2026-01-10", 4, "may_still_mature"),
        ("2026-07-09", 4, "may_still_mature"),
        ("2026-07-10", 4, "partial"),
        ("2026-07-10", 8, "none"),
    ],
)
def test_the_phase_at_the_scan_decides_what_it_is_called(on, total, verdict):
    assert pet("2026-07-20", BASELINE, scan(on, total, 1))["verdict"] == verdict


def test_a_complete_response_stands_at_once():
    assert pet("2025-02-20", BASELINE, scan("2025-02-10", 0, 0))["verdict"] == "complete"


def test_progression_is_told_in_any_phase():
    assert pet("2025-02-20", BASELINE, scan("2025-02-10", 16, 2))["verdict"] == "progression"


class TestProgressionStands:
    progressed = scan("2025-03-01", 20, 4)

    def test_although_a_later_scan_is_better(self):
        assert (
            pet("2026-09-01", BASELINE, self.progressed, scan("2026-08-01", 4, 1))["verdict"] == "progression"
        )

    def test_until_a_scan_is_free_of_avid_lesions(self):
        reading = pet("2026-09-01", BASELINE, self.progressed, scan("2026-08-01", 0, 0))
        assert (reading["verdict"], reading["progressed_on"]) == ("complete", "2025-03-01")

    def test_and_comes_back_after_it_was_cleared(self):
        scans = [BASELINE, self.progressed, scan("2025-09-01", 0, 0), scan("2026-08-01", 3, 1)]
        assert pet("2026-09-01", *scans)["verdict"] == "progression"

    def test_although_the_clear_scan_has_a_new_lesion(self):
        scans = [BASELINE, self.progressed, scan("2026-08-01", 0, 0, new=True)]
        assert pet("2026-09-01", *scans)["verdict"] == "progression"

    def test_and_is_remembered_where_no_response_can_be_read(self):
        for first in ([], [scan("2025-01-05", 0, 0)]):
            reading = pet("2026-09-01", *first, scan("2025-03-01", 9, 2, new=True), scan("2026-08-01", 0, 0))
            assert reading["verdict"] == "not_evaluable"
            assert reading["reason"] == "progression on 2025-03-01, since cleared"

    def test_until_a_new_line_starts(self):
        treatments = [drugs(end="2026-01-01", stop_reason="progression"), drugs("2026-01-02")]
        reading = pet(
            "2026-09-01", BASELINE, self.progressed, scan("2025-12-20", 20, 4), treatments=treatments
        )
        assert (reading["verdict"], reading["baseline"]["date"]) == ("not_done", "2025-12-20")


@pytest.mark.parametrize(
    ("on", "found"),
    [("2024-07-13", None), ("2024-07-14", "2024-07-14"), ("2025-01-10", "2025-01-10"), ("2025-01-11", None)],
)
def test_the_baseline_lies_in_the_180_days_up_to_the_start(on, found):
    baseline = pet("2026-08-01", scan(on, 10, 2))["baseline"]
    assert (baseline and baseline["date"]) == found


def test_of_two_scans_on_one_day_the_later_in_the_list_is_used():
    assert (
        pet("2025-03-01", BASELINE, scan("2025-02-10", 20, 4), scan("2025-02-10", 0, 0))["verdict"]
        == "complete"
    )


@pytest.mark.parametrize(
    ("as_of", "due"),
    [("2026-01-09", None), ("2026-01-10", "due"), ("2026-07-09", "due"), ("2026-07-10", "overdue")],
)
def test_a_scan_that_was_not_done_or_too_early_becomes_due(as_of, due):
    assert pet(as_of, BASELINE)["due"] == due
    assert pet(as_of, BASELINE, scan("2025-06-01", 8, 2))["due"] == due


@pytest.mark.parametrize(("as_of", "due"), [("2026-07-09", None), ("2026-07-10", "due")])
def test_a_response_that_may_mature_is_looked_at_again(as_of, due):
    assert pet(as_of, BASELINE, scan("2026-01-10", 4, 1))["due"] == due


def test_a_scan_that_was_judged_makes_none_due():
    assert pet("2027-01-01", BASELINE, scan("2026-08-01", 8, 1))["due"] is None


def test_without_a_line_nothing_is_judged():
    reading = read(history("2026-01-01", [], pet=[BASELINE]))["pet"]
    assert (reading["phase"], reading["verdict"], reading["reason"]) == (
        None,
        "not_evaluable",
        "no treatment",
    )


@pytest.mark.parametrize(("as_of", "stale"), [("2026-08-09", False), ("2026-08-10", True)])
def test_an_imaging_reading_is_old_after_fourteen_months(as_of, stale):
    assert pet(as_of, BASELINE, scan("2025-06-10", 0, 0))["stale"] is stale


@pytest.mark.parametrize(
    ("as_of", "scans", "expected"),
    [
        ("2025-03-01", [BASELINE, scan("2025-02-20", 16, 2)], {"pet-progression": "critical"}),
        ("2025-03-01", [BASELINE, scan("2025-02-20", 8, 2)], {"pet-early": "info"}),
        ("2026-03-01", [BASELINE, scan("2025-02-20", 8, 2)], {"pet-early": "info", "pet-due": "info"}),
        ("2026-08-01", [BASELINE, scan("2025-02-20", 8, 2)], {"pet-early": "info", "pet-overdue": "warning"}),
        ("2026-08-01", [BASELINE, scan("2026-02-20", 8, 2)], {"pet-residual": "warning"}),
        ("2026-08-01", [BASELINE, scan("2026-07-20", 4, 2)], {"pet-residual": "warning"}),
        ("2026-08-01", [BASELINE, scan("2026-02-20", 4, 2)], {"pet-due": "info"}),
        ("2026-08-01", [BASELINE, scan("2026-02-20", 0, 0)], {}),
        ("2026-03-01", [], {"pet-due": "info"}),
        ("2026-08-01", [], {"pet-overdue": "info"}),
        ("2026-08-01", [BASELINE], {"pet-overdue": "warning"}),
    ],
)
def test_alerts_of_imaging(as_of, scans, expected):
    found = alerts(read(history(as_of, [LONG], pet=scans)))
    assert {id: found[id] for id in found if id.startswith("pet")} == expected


@pytest.mark.parametrize(
    ("as_of", "id", "since"),
    [("2026-03-01", "pet-due", "2026-01-10"), ("2026-08-01", "pet-overdue", "2026-07-10")],
)
def test_a_due_scan_says_since_when(as_of, id, since):
    alert = next(a for a in read(history(as_of, [LONG], pet=[BASELINE]))["alerts"] if a["id"] == id)
    assert alert["since"] == since


def test_a_response_still_maturing_is_due_since_it_is_mature():
    scans = [BASELINE, scan("2026-02-20", 4, 2)]
    alert = next(a for a in read(history("2026-08-01", [LONG], pet=scans))["alerts"] if a["id"] == "pet-due")
    assert alert["since"] == "2026-07-10"


def test_progression_names_the_scans_it_is_compared_with():
    scans = [BASELINE, scan("2025-06-01", 9, 1), scan("2025-09-01", 4, 1), scan("2026-02-01", 7, 2)]
    alert = next(
        a for a in read(history("2026-03-01", [LONG], pet=scans))["alerts"] if a["id"] == "pet-progression"
    )
    assert [fact["role"] for fact in alert["values"]] == [
        "baseline",
        "fewest lesions before",
        "lowest sum before",
        "progression",
    ]
