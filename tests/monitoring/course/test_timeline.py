"""The timeline: what the chart is given, what the page says without it."""

import json
from datetime import date, time
from uuid import uuid4

import pytest
from django.test import Client

from guideline.edition import load_edition
from monitoring.course.presenters import chart_data
from monitoring.course.queries import points_of
from monitoring.course.series import series_of
from monitoring.results.actions import results
from monitoring.results.queries import results_of
from patients.actions import record
from patients.models import AccessEvent, Patient
from patients.queries import treatments_of
from tests.monitoring.entries import entry, recorded
from tests.personas import NOW, House, registered

TODAY = date(2026, 5, 1)


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def drawn(patient: Patient) -> dict:
    edition = load_edition()
    series = series_of(points_of(patient, "vegf"), edition)
    return chart_data(series, treatments_of(patient), edition.analytes["vegf"], on=TODAY)


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
    assert [len(series["points"]) for series in drawn(patient)["series"]] == [1, 1]


def test_units_of_one_series_meet_on_its_axis_and_are_shown_as_reported(
    house: House, patient: Patient
) -> None:
    recorded(patient, house.alice, entry("1.45", unit="ng/mL", upper_limit=None))
    point = drawn(patient)["series"][0]["points"][0]
    assert (point["number"], point["shown"]) == (1450.0, "1.45 ng/mL")


def test_points_come_in_the_order_of_the_results(house: House, patient: Patient) -> None:
    times = [time(15, 0), None, time(8, 0), None]
    recorded(patient, house.alice, *(entry(collected_at_time=at) for at in times), entry(on="2025-12-31"))
    assert [point.id for point in points_of(patient, "vegf")] == [row.id for row in results_of(patient)]


def test_a_result_entered_in_error_is_not_drawn(house: House, patient: Patient) -> None:
    result = recorded(patient, house.alice)[0]
    results.mark_error(result=result, expected_version=1, by=house.alice)
    assert drawn(patient)["series"] == []


def test_zero_and_bounds_reach_the_chart(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry("0"), entry("20", "2026-02-05", comparator="<"))
    zero, bound = drawn(patient)["series"][0]["points"]
    assert zero["number"] == 0
    assert (bound["comparator"], bound["number"], bound["shown"]) == ("<", 20, "<20 pg/mL")


def test_of_two_values_on_one_day_both_are_drawn_and_the_later_counts(house: House, patient: Patient) -> None:
    recorded(
        patient,
        house.alice,
        entry("88", collected_at_time=time(15, 0)),
        entry("120", collected_at_time=time(8, 0)),
    )
    points = drawn(patient)["series"][0]["points"]
    assert [(point["number"], point["counted"]) for point in points] == [(120, False), (88, True)]


def test_each_value_keeps_the_limit_it_was_printed_with(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry(upper_limit=86), entry("90", "2026-02-05", upper_limit=None))
    series = drawn(patient)["series"][0]
    assert [point["upper"] for point in series["points"]] == [86, None]
    assert series["default_limit"] == 96


def test_an_unknown_specimen_has_no_default_limit(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry(specimen="unknown"))
    series = drawn(patient)["series"][0]
    assert (series["default_limit"], series["label"]) == (None, "Specimen not known · Laboratory A · ELISA")


def test_treatments_of_one_name_share_a_row(house: House, patient: Patient) -> None:
    lendex = {"kind": "systemic", "name": "Lenalidomide-dex", "stop_reason": ""}
    treated(patient, house)
    treated(patient, house, **lendex, started_on=date(2025, 6, 1), ended_on=date(2025, 9, 1))
    treated(patient, house, **lendex, started_on=date(2026, 1, 1), ended_on=None)
    bars = drawn(patient)["treatments"]
    assert [(bar["row"], bar["end"]) for bar in bars] == [(0, "2025-02-14"), (1, "2025-09-01"), (1, None)]


def test_the_data_have_exactly_this_shape(house: House, alice: Client, patient: Patient) -> None:
    recorded(patient, house.alice)
    treated(patient, house)
    answer = alice.get(f"/patients/{patient.pk}/timeline/data/")
    data = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]
    assert set(data) == {"as_of", "analyte", "unit", "treatments", "series"}
    assert data["series"] == [
        {
            "label": "Plasma · Laboratory A · ELISA",
            "specimen": "plasma",
            "default_limit": 96.0,
            "points": [
                {
                    "on": "2026-01-05",
                    "at": None,
                    "number": 1450.0,
                    "comparator": "",
                    "shown": "1450 pg/mL",
                    "upper": 96.0,
                    "counted": True,
                }
            ],
        }
    ]
    assert data["treatments"][0] == {
        "row": 0,
        "kind": "radiation",
        "kind_label": "Radiation",
        "name": "50 Gy to T9",
        "start": "2025-01-10",
        "end": "2025-02-14",
        "stop_reason": "Completed",
    }


def test_without_scripts_the_page_says_and_lists_the_values(
    house: House, alice: Client, patient: Patient
) -> None:
    recorded(patient, house.alice, entry("1450"), entry("0.02", "2026-02-05", unit="ng/mL", comparator="<"))
    page = alice.get(f"/patients/{patient.pk}/timeline/").content.decode()
    assert "2 values. Latest" in page
    assert '&lt;0.02 ng/mL <span class="muted">(&lt;20 pg/mL)</span>' in page


def test_the_table_is_paged_without_repeating_or_losing_a_value(
    house: House, alice: Client, patient: Patient
) -> None:
    recorded(patient, house.alice, *(entry(str(value), specimen="serum") for value in range(1000, 1060)))
    first = alice.get(f"/patients/{patient.pk}/timeline/")
    second = alice.get(first.context["older_url"])
    shown = [line.value for page in (first, second) for line in page.context["lines"]]
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
    with django_assert_max_num_queries(11):
        alice.get(f"/patients/{patient.pk}/timeline/{place}")


def test_what_is_known_only_to_the_month_or_year_is_said_to_be_about_then(
    house: House, alice: Client, patient: Patient
) -> None:
    rough = {"collected_at": None, "collected_precision": "month"}
    recorded(patient, house.alice, entry("700", "2026-03-01", **rough), entry("600", "2026-04-05"))
    treated(patient, house, started_on=date(2024, 1, 1), started_precision="year")
    month, day = drawn(patient)["series"][0]["points"]
    assert (month["about"], "about" in day) == ("Mar 2026", False)
    bar = drawn(patient)["treatments"][0]
    assert (bar["about_start"], "about_end" in bar) == ("about 2024", False)
    page = alice.get(f"/patients/{patient.pk}/timeline/").content.decode()
    assert "about Mar 2026" in page
    assert "about 2024 \N{EN DASH} 14 Feb 2025" in page
    assert 'first <span class="number">700 pg/mL</span> about Mar 2026' in page
