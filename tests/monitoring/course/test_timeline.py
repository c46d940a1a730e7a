"""The timeline: what the chart is given, what the page says without it."""

import csv
import io
import json
import re
from datetime import date, time
from uuid import uuid4

import pytest
from django.test import Client

from accounts.trail.models import AccessEvent
from monitoring.course.courses import course_of
from monitoring.course.presenters.chart import frame
from monitoring.course.queries import points_of
from monitoring.results.actions import results
from monitoring.results.queries import results_of
from patients.actions import record
from patients.models import Patient
from tests.monitoring.course.builders import drawn
from tests.monitoring.courses import measure, scanned, value
from tests.monitoring.entries import entry, recorded
from tests.personas import NOW, House, registered

TODAY = date(2026, 5, 1)
# Where a point of the chart's data keeps what.
NUMBER, SHOWN, SIGN, UPPER, COUNTED = 2, 3, 4, 5, 7


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def vegf(patient: Patient) -> list[dict]:
    """The VEGF lines of the chart."""
    return [line for lane in drawn(patient)["lanes"] for line in lane["series"]]


def framed(patient: Patient) -> dict:
    return frame(course_of(patient, on=TODAY), patient, may_edit=True)


def treated(patient: Patient, house: House, **changes: object) -> None:
    values = {
        "kind": "radiation",
        "name": "50 Gy to T9",
        "started_on": date(2025, 1, 10),
        "ended_on": date(2025, 2, 14),
        "stop_reason": "completed",
    }
    record.give_treatment(
        patient=patient, values=values | changes, submission=uuid4(), by=house.alice, now=NOW
    )


@pytest.mark.parametrize("other", [{"specimen": "serum"}, {"laboratory": "B"}, {"method": "ECL"}])
def test_lines_are_never_joined_across(house: House, patient: Patient, other: dict[str, str]) -> None:
    recorded(patient, house.alice, entry("1450", "2026-01-05"), entry("700", "2026-02-05", **other))
    assert [len(series["points"]) for series in vegf(patient)] == [1, 1]


def test_units_of_one_series_meet_on_its_axis_and_are_shown_as_reported(
    house: House, patient: Patient
) -> None:
    recorded(patient, house.alice, entry("1.45", unit="ng/mL", upper_limit=None))
    point = vegf(patient)[0]["points"][0]
    assert (point[NUMBER], point[SHOWN]) == (1450.0, "1.45 ng/mL")


def test_points_come_in_the_order_of_the_results(house: House, patient: Patient) -> None:
    times = [time(15, 0), None, time(8, 0), None]
    recorded(patient, house.alice, *(entry(collected_at_time=at) for at in times), entry(on="2025-12-31"))
    assert [point.id for point in points_of(patient, "vegf")] == [row.id for row in results_of(patient)]


def test_a_result_entered_in_error_is_not_drawn(house: House, patient: Patient) -> None:
    result = recorded(patient, house.alice)[0]
    results.mark_error(result=result, expected_version=1, by=house.alice)
    assert drawn(patient)["lanes"] == []


def test_zero_and_bounds_reach_the_chart(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry("0"), entry("20", "2026-02-05", comparator="<"))
    zero, bound = vegf(patient)[0]["points"]
    assert zero[NUMBER] == 0
    assert (bound[SIGN], bound[NUMBER], bound[SHOWN]) == ("<", 20, "<20 pg/mL")


def test_of_two_values_on_one_day_both_are_drawn_and_the_later_counts(house: House, patient: Patient) -> None:
    recorded(
        patient,
        house.alice,
        entry("88", collected_at_time=time(15, 0)),
        entry("120", collected_at_time=time(8, 0)),
    )
    points = vegf(patient)[0]["points"]
    assert [(point[NUMBER], point[COUNTED]) for point in points] == [(120, 0), (88, 1)]


def test_each_value_keeps_the_limit_it_was_printed_with(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry(upper_limit=86), entry("90", "2026-02-05", upper_limit=None))
    series = vegf(patient)[0]
    assert [point[UPPER] for point in series["points"]] == [86, None]
    assert series["limit"] == 96


def test_an_unknown_specimen_has_no_default_limit(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry(specimen="unknown"))
    series = vegf(patient)[0]
    assert (series["limit"], series["label"]) == (None, "Specimen not known · Laboratory A · ELISA")


def test_treatments_of_one_name_share_a_row(house: House, patient: Patient) -> None:
    lendex = {"kind": "systemic", "name": "Lenalidomide-dex", "stop_reason": ""}
    treated(patient, house)
    treated(patient, house, **lendex, started_on=date(2025, 6, 1), ended_on=date(2025, 9, 1))
    treated(patient, house, **lendex, started_on=date(2026, 1, 1), ended_on=None)
    bars = framed(patient)["treatments"]
    assert [(bar["row"], bar["end"]) for bar in bars] == [(0, "2025-02-14"), (1, "2025-09-01"), (1, None)]


def test_a_bar_has_the_number_of_its_line_and_where_to_say_that_it_was_guessed_wrong(
    house: House, patient: Patient
) -> None:
    treated(patient, house)
    treated(
        patient,
        house,
        kind="systemic",
        name="Lendex",
        started_on=date(2025, 6, 1),
        ended_on=None,
        stop_reason="",
        continues=False,
    )
    treated(
        patient,
        house,
        kind="asct",
        name="Melphalan",
        started_on=date(2025, 9, 1),
        ended_on=None,
        stop_reason="",
    )
    first, second, third = framed(patient)["treatments"]
    assert [bar["line"] for bar in (first, second, third)] == [1, 2, 2]
    assert (second["inferred"], second["answer"]) == (False, "")
    assert third["because"] == "transplantation soon after the start of an induction"
    assert third["answer"].startswith(f"/patients/{patient.pk}/treatments/")


def test_months_can_be_counted_from_radiation_the_line_and_the_transplant(
    house: House, patient: Patient
) -> None:
    treated(patient, house)
    treated(
        patient,
        house,
        kind="asct",
        name="Melphalan",
        started_on=date(2025, 9, 1),
        ended_on=None,
        stop_reason="",
        continues=False,
    )
    zeros = {zero["key"]: zero["on"] for zero in framed(patient)["zeros"]}
    assert zeros == {"radiation": "2025-02-14", "line": "2025-09-01", "transplant": "2025-09-01"}


def test_bands_say_until_when_it_is_too_early(house: House, patient: Patient) -> None:
    treated(patient, house)
    early, maturing, lag, best = framed(patient)["bands"]
    assert (early["group"], early["text"], early["until"]) == ("pet", "too early to judge", "2025-08-14")
    assert (maturing["hatched"], best["hatched"], lag["hatched"]) == (False, False, True)
    assert (lag["group"], lag["until"]) == ("nerve", "2027-01-10")


def test_values_are_compared_with_baseline_and_best_of_their_own_series(
    house: House, patient: Patient
) -> None:
    treated(patient, house)
    plasma = [entry("1450", "2025-01-02"), entry("300", "2025-06-01"), entry("420", "2025-09-01")]
    recorded(patient, house.alice, *plasma, entry("900", "2025-10-01", specimen="serum"))
    own, serum = framed(patient)["references"]["vegf"]
    assert own == [["2025-01-02", 1450.0, "1450 pg/mL", ""], ["2025-06-01", 300.0, "300 pg/mL", ""]]
    assert serum == [None, ["2025-10-01", 900.0, "900 pg/mL", ""]]


def test_a_unit_that_nothing_converts_has_a_lane_of_its_own(house: House, patient: Patient) -> None:
    mine = value("free_t4", "2026-01-05", 12, unit="pmol/L")
    measure(patient, house.alice, mine, value("free_t4", "2026-02-05", 1, unit="ng/dL"))
    assert [(lane["key"], lane["unit"]) for lane in drawn(patient)["lanes"]] == [
        ("free_t4", "pmol/L"),
        ("free_t4 ng/dL", "ng/dL"),
    ]


def test_unable_is_drawn_as_such_and_never_as_a_number(house: House, patient: Patient) -> None:
    measure(patient, house.alice, value("walk_10m_s", "2026-01-05", None))
    point = drawn(patient)["lanes"][0]["series"][0]["points"][0]
    assert (point[NUMBER], point[SHOWN]) == (None, "unable")


def test_a_test_that_is_positive_or_negative_is_a_mark(house: House, patient: Patient) -> None:
    measure(patient, house.alice, value("immunofixation", "2026-01-05", 1, specimen="serum"))
    lane = drawn(patient)["lanes"][0]
    assert (lane["scale"], lane["series"][0]["points"][0][SHOWN]) == ("marks", "positive")


def test_the_data_have_exactly_this_shape(house: House, alice: Client, patient: Patient) -> None:
    recorded(patient, house.alice)
    scanned(patient, house.alice, date="2026-01-05", sum_suv_max="14.2", avid_lesions=2, new_lesion=None)
    answer = alice.get(f"/patients/{patient.pk}/timeline/data/")
    data = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]
    assert set(data) == {"groups", "lanes", "scans"}
    lane = data["lanes"][0]
    assert (lane["key"], lane["group"], lane["unit"], lane["scale"]) == ("vegf", "vegf", "pg/mL", "log")
    assert lane["series"] == [
        {
            "label": "Plasma · Laboratory A · ELISA",
            "limit": 96.0,
            "points": [["2026-01-05", None, 1450.0, "1450 pg/mL", "", 96.0, None, 1]],
        }
    ]
    scan = {"on": "2026-01-05", "about": "", "fdg": True, "sum": 14.2, "lesions": 2, "new": None, "where": ""}
    assert data["scans"] == [scan]


def test_the_file_has_every_value_with_its_change_and_a_name_that_tells_nothing(
    house: House, alice: Client, patient: Patient
) -> None:
    treated(patient, house)
    recorded(patient, house.alice, entry("1450", "2025-01-02"), entry("300", "2025-06-01"))
    answer = alice.get(f"/patients/{patient.pk}/timeline/values.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Value"] for row in rows] == ["300 pg/mL", "1450 pg/mL"]
    assert rows[0]["From baseline"] == "down 79.3 %, from 1450 pg/mL on 2 January 2025 (baseline)"
    assert re.fullmatch(r'attachment; filename="timeline-[0-9-]+.csv"', answer.headers["Content-Disposition"])


def test_without_scripts_the_page_says_and_lists_the_values(
    house: House, alice: Client, patient: Patient
) -> None:
    recorded(patient, house.alice, entry("1450"), entry("0.02", "2026-02-05", unit="ng/mL", comparator="<"))
    page = alice.get(f"/patients/{patient.pk}/timeline/").content.decode()
    assert "In words" in page
    assert '&lt;0.02 ng/mL <span class="muted">(&lt;20 pg/mL)</span>' in page


def test_the_table_is_paged_without_repeating_or_losing_a_value(
    house: House, alice: Client, patient: Patient
) -> None:
    recorded(patient, house.alice, *(entry(str(value), specimen="serum") for value in range(1000, 1060)))
    first = alice.get(f"/patients/{patient.pk}/timeline/")
    second = alice.get(first.context["older_url"])
    shown = [line.value for page in (first, second) for line in page.context["page"].lines]
    assert shown == [f"{value} pg/mL" for value in reversed(range(1000, 1060))]


def test_an_empty_course_says_so(alice: Client, patient: Patient) -> None:
    assert "Nothing to draw yet" in alice.get(f"/patients/{patient.pk}/timeline/").content.decode()


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30])
def test_a_page_that_does_not_exist_is_the_first(alice: Client, patient: Patient, after: str) -> None:
    assert alice.get(f"/patients/{patient.pk}/timeline/", {"after": after}).status_code == 200


@pytest.mark.parametrize("place", ["", "data/"])
def test_the_course_is_closed_to_others(patient: Patient, ada: Client, carlos: Client, place: str) -> None:
    assert ada.get(f"/patients/{patient.pk}/timeline/{place}").status_code == 403
    assert carlos.get(f"/patients/{patient.pk}/timeline/{place}").status_code == 404


def test_reading_the_data_is_noted_as_a_look(alice: Client, patient: Patient) -> None:
    alice.get(f"/patients/{patient.pk}/timeline/data/")
    assert AccessEvent.objects.filter(address="course:data").count() == 1


@pytest.mark.parametrize("place", ["", "data/"])
def test_queries_do_not_grow_with_values(
    house: House, alice: Client, patient: Patient, django_assert_max_num_queries, place: str
) -> None:
    recorded(patient, house.alice, *(entry(str(value + 100)) for value in range(60)))
    treated(patient, house)
    with django_assert_max_num_queries(19):
        alice.get(f"/patients/{patient.pk}/timeline/{place}")


def test_what_is_known_only_to_the_month_or_year_is_said_to_be_about_then(
    house: House, alice: Client, patient: Patient
) -> None:
    rough = {"collected_at": None, "collected_precision": "month"}
    recorded(patient, house.alice, entry("700", "2026-03-01", **rough), entry("600", "2026-04-05"))
    treated(patient, house, started_on=date(2024, 1, 1), started_precision="year")
    month, day = vegf(patient)[0]["points"]
    assert (month[-1], len(month) - len(day)) == ("Mar 2026", 1)
    bar = framed(patient)["treatments"][0]
    assert (bar["about_start"], "about_end" in bar) == ("about 2024", False)
    page = alice.get(f"/patients/{patient.pk}/timeline/").content.decode()
    assert "about Mar 2026" in page
    assert "about 2024 \N{EN DASH} 14 Feb 2025" in page
