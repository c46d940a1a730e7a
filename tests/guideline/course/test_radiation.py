"""The clock after radiation: stability between three and six months, and a last fraction nobody entered."""

import pytest

from tests.guideline.course.histories import alerts, drugs, history, radiation, read, transplant

END = "2025-02-14"


def clock(as_of, *treatments):
    return read(history(as_of, list(treatments)))["radiation_clock"]


def rt_alerts(as_of, *treatments):
    found = alerts(read(history(as_of, list(treatments))))
    return {id: severity for id, severity in found.items() if id.startswith("rt-")}


@pytest.mark.parametrize(
    ("as_of", "answer", "answered_on", "state", "expected"),
    [
        ("2025-05-13", None, None, "too_early", {}),
        ("2025-05-13", True, "2025-05-01", "too_early", {}),
        ("2025-05-13", False, "2025-05-01", "worse_early", {"rt-worse-early": "warning"}),
        ("2025-05-14", None, None, "question_open", {"rt-assess": "warning"}),
        ("2025-08-13", None, None, "question_open", {"rt-assess": "warning"}),
        ("2025-08-14", None, None, "overdue", {"rt-overdue": "critical"}),
        ("2025-05-14", True, "2025-05-14", "stable", {}),
        ("2025-05-14", True, "2025-05-13", "question_open", {"rt-assess": "warning"}),
        ("2025-05-14", True, None, "question_open", {"rt-assess": "warning"}),
        ("2025-09-01", True, "2025-05-13", "overdue", {"rt-overdue": "critical"}),
        ("2025-09-01", True, "2025-05-14", "stable", {}),
        ("2025-05-14", False, None, "systemic_indicated", {"rt-not-stabilized": "critical"}),
        ("2025-05-14", False, "2025-03-01", "systemic_indicated", {"rt-not-stabilized": "critical"}),
        ("2025-06-01", False, "2025-06-02", "question_open", {"rt-assess": "warning"}),
        ("2025-06-01", True, "2025-06-02", "question_open", {"rt-assess": "warning"}),
        ("2025-06-01", False, "2025-06-01", "systemic_indicated", {"rt-not-stabilized": "critical"}),
    ],
)
def test_the_answer_is_read_by_the_months_since_the_last_fraction(
    as_of, answer, answered_on, state, expected
):
    treatment = radiation(end=END, stabilized=answer, stabilized_on=answered_on)
    assert clock(as_of, treatment) == state
    assert rt_alerts(as_of, treatment) == expected


@pytest.mark.parametrize(
    ("as_of", "state", "expected"),
    [
        ("2025-03-10", "not_finished", {}),
        ("2025-03-11", "end_missing", {"rt-end-missing": "warning"}),
        ("2025-07-09", "end_missing", {"rt-end-missing": "warning"}),
        ("2025-07-10", "end_missing", {"rt-end-missing": "critical"}),
    ],
)
def test_a_radiation_without_an_end_is_asked_about(as_of, state, expected):
    assert clock(as_of, radiation()) == state
    assert rt_alerts(as_of, radiation()) == expected


def test_a_no_without_an_end_is_told_too():
    found = rt_alerts("2025-02-01", radiation(stabilized=False))
    assert found == {"rt-worse-early": "warning"}


def test_a_yes_without_an_end_tells_nothing():
    assert rt_alerts("2025-02-01", radiation(stabilized=True, stabilized_on="2025-01-20")) == {}


def test_an_end_after_the_day_of_reading_is_not_known_yet():
    assert clock("2025-02-01", radiation(end=END)) == "not_finished"


def test_the_clock_runs_from_the_latest_last_fraction():
    first = radiation("2025-01-10", END, stabilized=False)
    second = radiation("2025-03-01", "2025-04-01", continues=True)
    assert clock("2025-06-30", first, second) == "too_early"
    assert clock("2025-07-01", first, second) == "question_open"


def test_a_second_radiation_still_running_has_not_finished():
    first, second = radiation("2025-01-10", END), radiation("2025-06-01", continues=True)
    assert clock("2025-06-20", first, second) == "not_finished"


def test_the_earliest_radiation_without_an_end_is_asked_about():
    first, second = radiation("2025-01-10"), radiation("2025-06-01", "2025-06-20", continues=True)
    assert clock("2025-06-25", first, second) == "end_missing"
    assert rt_alerts("2025-06-25", first, second) == {"rt-end-missing": "warning"}


def test_a_missing_end_is_asked_about_although_drugs_followed():
    treatments = [radiation(), drugs("2025-02-01", continues=True)]
    assert clock("2025-08-01", *treatments) is None
    assert rt_alerts("2025-08-01", *treatments) == {"rt-end-missing": "critical"}


def test_a_no_is_not_told_when_drugs_followed():
    treatments = [radiation(stabilized=False), drugs("2025-01-15", continues=True)]
    assert rt_alerts("2025-02-01", *treatments) == {}


@pytest.mark.parametrize(
    "treatments", [[], [drugs()], [transplant("2025-01-10")], [radiation(end=END), drugs("2025-09-01")]]
)
def test_without_radiation_at_the_end_of_the_line_there_is_no_clock(treatments):
    assert clock("2025-12-01", *treatments) is None


def test_adjunct_radiation_has_no_clock():
    assert clock("2025-12-01", drugs(), radiation("2025-03-01", intent="adjunct")) is None


def test_an_early_yes_is_shown_and_not_counted():
    reading = read(history("2025-06-01", [radiation(end=END, stabilized=True, stabilized_on="2025-04-01")]))
    assert reading["radiation"]["answer"] is True
    assert reading["radiation"]["counted"] is None


def test_the_open_question_tells_stability_from_improvement():
    alert = next(
        a for a in read(history("2025-06-01", [radiation(end=END)]))["alerts"] if a["id"] == "rt-assess"
    )
    assert "not improvement" in alert["text"]
    assert "14 August 2025" in alert["text"]
    assert (alert["since"], alert["values"][0]["date"]) == ("2025-05-14", END)


@pytest.mark.parametrize(
    ("answered_on", "since"),
    [(None, "2025-05-14"), ("2025-03-01", "2025-05-14"), ("2025-07-01", "2025-07-01")],
)
def test_an_indication_holds_since_it_could_be_judged_and_was(answered_on, since):
    treatment = radiation(end=END, stabilized=False, stabilized_on=answered_on)
    alert = read(history("2025-08-01", [treatment]))["alerts"][0]
    assert (alert["id"], alert["since"]) == ("rt-not-stabilized", since)
