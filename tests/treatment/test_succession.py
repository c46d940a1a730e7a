"""Which examinations of a plan go on under the next one, and what is late is not forgotten."""

from typing import Any

from treatment.succession import succession

LATER = "15 Dec 2026"


def item(title: str, **changes: Any) -> dict[str, Any]:
    return {
        "title": title,
        "month": 1,
        "anchor": "Planned start of treatment",
        "anchored_on": "1 Dec 2026",
        "earliest": "20 Dec 2026",
        "due": "1 Jan 2027",
        "latest": "20 Jan 2027",
        "responsible": "Alice Amann",
    } | changes


def test_what_stands_in_both_goes_on_in_its_new_place() -> None:
    assert succession([item("PET"), item("VEGF")], [item("VEGF")], {1: "planned"}).going_on == {1: 0}


def test_what_is_done_goes_on_whatever_its_window() -> None:
    after = [item("VEGF", latest="30 Jan 2027")]
    assert succession([item("VEGF")], after, {0: "done"}).going_on == {0: 0}
    assert succession([item("VEGF")], after, {0: "planned"}).going_on == {}


def test_what_was_cancelled_is_planned_anew() -> None:
    assert succession([item("VEGF")], [item("VEGF")], {0: "cancelled"}).going_on == {}


def test_what_is_late_goes_on_behind_the_new_list() -> None:
    found = succession([item("VEGF"), item("PET")], [item("Clone")], {0: "planned", 1: "planned"}, [1])
    assert found.going_on == {1: 1}


def test_what_was_late_under_two_plans_before_goes_on_as_well() -> None:
    assert succession([item("VEGF")], [item("Clone")], {7: "planned"}, [7]).going_on == {7: 1}


def test_what_is_late_and_asked_for_on_another_day_is_replaced() -> None:
    after = [item("VEGF", anchored_on=LATER)]
    assert succession([item("VEGF")], after, {0: "planned"}, [0]).going_on == {}


def test_another_month_of_the_same_examination_replaces_nothing() -> None:
    found = succession([item("VEGF")], [item("VEGF", month=3)], {0: "planned"}, [0])
    assert found.going_on == {0: 1}
