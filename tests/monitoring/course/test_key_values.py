"""The values an axis is read by, each with the change that every other page tells."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from monitoring.course.courses import course_of
from monitoring.course.presenters.key_values import KeyValue
from monitoring.course.presenters.reading import panel_of
from monitoring.course.presenters.words import in_words
from monitoring.results.trend import MINUS
from patients.models import Patient
from tests.monitoring.courses import entered_case, measure, rich_course, scanned, treat, value
from tests.monitoring.entries import entry, recorded
from tests.personas import House, registered

TODAY = date(2026, 11, 24)


def values_of(patient: Patient, key: str, on: date = TODAY) -> tuple[KeyValue, ...]:
    return next(axis for axis in panel_of(course_of(patient, on=on)).axes if axis.key == key).values


def said(patient: Patient, key: str) -> list[tuple[str, str, list[str]]]:
    return [
        (one.label, one.shown, [f"{change.trend.short} from {change.since}" for change in one.changes])
        for one in values_of(patient, key)
    ]


def test_vegf_is_compared_with_its_baseline(house: House) -> None:
    patient = registered(house.alice)
    treat(patient, house.alice, kind="radiation", start="2025-01-10", end="2025-02-14")
    recorded(patient, house.alice, entry("1450", "2025-01-02"), entry("300", "2026-03-01"))
    assert said(patient, "vegf") == [("VEGF", "300 pg/mL", [f"↓ {MINUS}79.3 % from baseline"])]


def test_a_value_that_rose_again_is_down_from_baseline_and_up_from_the_best(house: House) -> None:
    patient = registered(house.alice)
    treat(patient, house.alice, kind="radiation", start="2025-01-10", end="2025-02-14")
    fell = (("1450", "2025-01-02"), ("200", "2025-06-01"), ("480", "2026-03-01"))
    recorded(patient, house.alice, *(entry(number, day) for number, day in fell))
    assert said(patient, "vegf") == [
        ("VEGF", "480 pg/mL", [f"↓ {MINUS}66.9 % from baseline", "↑ +140 % from best"])
    ]


def test_without_a_baseline_the_value_before_is_compared_with(house: House) -> None:
    patient = registered(house.alice)
    recorded(patient, house.alice, entry("200", "2025-01-02"), entry("300", "2026-03-01"))
    assert said(patient, "vegf") == [("VEGF", "300 pg/mL", ["↑ +50 % from the value before"])]


def test_one_value_has_nothing_to_compare_with(house: House) -> None:
    patient = registered(house.alice)
    recorded(patient, house.alice, entry("200", "2025-01-02"))
    assert said(patient, "vegf") == [("VEGF", "200 pg/mL", [])]


def test_an_immunofixation_speaks_in_words(house: House) -> None:
    patient = registered(house.alice)
    days = (("2026-01-05", 0), ("2026-04-05", 1))
    measure(patient, house.alice, *(value("immunofixation", day, one, specimen="serum") for day, one in days))
    assert said(patient, "clone") == [
        ("Immunofixation", "positive", ["↑ turned positive from the value before"])
    ]


def test_a_scan_is_compared_by_its_summed_uptake(house: House) -> None:
    patient = registered(house.alice)
    for day, total in (("2025-01-05", "14.2"), ("2026-01-05", "7.1")):
        scanned(patient, house.alice, date=day, sum_suv_max=total, avid_lesions=2, new_lesion=False)
    assert said(patient, "pet") == [
        ("2 avid lesions;", "summed SUVmax 7.1", [f"↓ {MINUS}50 % from the value before"])
    ]


def test_of_the_nerve_kit_three_scales_are_shown_those_that_got_worse_first(house: House) -> None:
    patient = registered(house.alice)
    treat(patient, house.alice, kind="systemic", start="2026-01-10")
    kit = {"onls": (5, 5), "incat": (4, 4), "mrc_sum": (50, 40), "i_rods": (40, 60), "nis": (30, 30)}
    for day, place in (("2026-01-05", 0), ("2026-09-05", 1)):
        measure(patient, house.alice, *(value(key, day, pair[place]) for key, pair in kit.items()))
    assert [changes[0] for *_, changes in said(patient, "neuro")] == [
        f"↓ {MINUS}10 from baseline",
        "↑ +20 from baseline",
        "= from baseline",
    ]


def test_who_cannot_walk_any_more_is_told_in_words(house: House) -> None:
    patient = entered_case("cannot-walk-any-more", house.alice)
    changes = {shown: changes for _, shown, changes in said(patient, "neuro")}
    assert changes["unable"] == ["? now unable from baseline", "? now unable from best"]


def test_an_axis_without_a_value_shows_none(house: House) -> None:
    patient = registered(house.alice)
    assert [values_of(patient, key) for key in ("vegf", "clone", "pet", "neuro")] == [(), (), (), ()]


def test_what_comes_after_the_day_of_reading_is_not_shown(house: House) -> None:
    patient = registered(house.alice)
    scanned(patient, house.alice, date="2026-01-05", sum_suv_max="7.1", avid_lesions=2)
    assert values_of(patient, "pet", date(2026, 1, 4)) == ()


@pytest.mark.parametrize(("axis", "lane"), [("pet", "pet"), ("neuro", "onls"), ("clone", "m_protein")])
def test_the_change_is_the_same_sentence_as_in_the_table_of_the_timeline(
    house: House, axis: str, lane: str
) -> None:
    patient = rich_course(house.alice)
    course = course_of(patient, on=TODAY)
    [line] = [line for group in in_words(course) for line in group.lines if line.lane == lane]
    assert line.trend is not None
    assert line.from_best is not None
    told = [change.trend.words for one in values_of(patient, axis) for change in one.changes]
    assert {line.trend.words, line.from_best.words} <= set(told)


def test_the_overview_and_the_board_show_the_change_in_full_words(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    treat(patient, house.alice, kind="radiation", start="2025-01-10", end="2025-02-14")
    recorded(patient, house.alice, entry("1450", "2025-01-02"), entry("300", str(timezone.localdate())))
    alice.post(f"/patients/{patient.pk}/board/", {"question": "Second line?"})
    for address in (f"/patients/{patient.pk}/timeline/reading/", "/board/"):
        page = alice.get(address).content.decode()
        assert "down 79.3 %, from 1450 pg/mL on 2 January 2025 (baseline)" in page
