"""What the database keeps of results, and what it refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.scope import enter_hospital, hospital_scope
from monitoring.results.actions import results
from monitoring.results.models import Result, State
from monitoring.results.queries import page_of_results, results_of
from patients.actions.corrections import StaleRowError
from patients.models import Patient
from tests.monitoring.entries import entry, recorded
from tests.personas import NOW, House, build_house, registered


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def test_a_value_is_kept_exactly_as_reported(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry("0.1", unit="ng/mL", comparator="<"))
    row = results_of(patient, "vegf")[0]
    assert (row.value, row.comparator, row.unit) == (Decimal("0.1"), "<", "ng/mL")


def test_zero_is_a_value(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry("0"))
    assert results_of(patient, "vegf")[0].value == 0


def test_two_values_of_one_day_are_both_kept_the_later_last(house: House, patient: Patient) -> None:
    afternoon = entry("88", collected_at_time=time(15, 0))
    morning = entry("120", collected_at_time=time(8, 0))
    recorded(patient, house.alice, afternoon, morning)
    assert [row.value for row in results_of(patient, "vegf")] == [120, 88]


def test_the_results_of_one_form_are_saved_once(house: House, patient: Patient) -> None:
    form = {"patient": patient, "submission": uuid4(), "by": house.alice, "now": NOW}
    first, second = (results.record(entries=[entry("1"), entry("2")], **form) for _ in range(2))
    assert [row.pk for row in first] == [row.pk for row in second]
    assert Result.objects.count() == 2


def test_two_clicks_at_the_same_moment_save_once(committing_database: str) -> None:
    with transaction.atomic():
        house = build_house()
        patient = registered(house.alice)
    submission = uuid4()

    def click(_: int) -> int:
        try:
            with hospital_scope(house.a.pk, actor="test"):
                form = {"patient": patient, "submission": submission, "by": house.alice, "now": NOW}
                return results.record(entries=[entry()], **form)[0].pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        saved = set(pool.map(click, range(2)))
    assert len(saved) == 1


def test_one_bad_entry_saves_none_of_its_form(house: House, patient: Patient) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        recorded(patient, house.alice, entry("1"), entry("-1"))
    assert Result.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"comparator": "~"}, "result_comparator_is_known"),
        ({"specimen": "saliva"}, "result_specimen_is_known"),
        ({"value": None}, "result_is_a_number_a_text_or_unable"),
        ({"unable": True}, "result_is_a_number_a_text_or_unable"),
        ({"text": "clumped"}, "result_is_a_number_a_text_or_unable"),
        ({"source": "rumour"}, "result_source_is_known"),
        ({"collected_precision": "minute"}, "result_time_is_as_precise_as_known"),
        ({"collected_precision": "month"}, "result_month_begins_on_its_first"),
        ({"collected_precision": "year"}, "result_year_begins_on_its_first"),
        ({"lower_limit": Decimal(97)}, "result_limits_are_ordered"),
        ({"lower_limit": Decimal(-1)}, "result_limits_are_never_negative"),
    ],
)
def test_the_database_refuses_what_no_report_says(
    house: House, patient: Patient, changes: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        recorded(patient, house.alice, entry() | changes)


def test_unable_goes_without_a_number(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry(None, analyte="walk_10m_s", unable=True))
    assert results_of(patient)[0].unable


def test_a_correction_keeps_what_stood_before_in_the_history(house: House, patient: Patient) -> None:
    result = recorded(patient, house.alice)[0]
    results.correct(result=result, entry=entry("145"), expected_version=1, by=house.alice)
    values = list(result.history.order_by("pgh_id").values_list("value", "version"))
    assert values == [(1450, 1), (145, 2)]


def test_a_stale_correction_overwrites_nothing(house: House, patient: Patient) -> None:
    result = recorded(patient, house.alice)[0]
    results.correct(result=result, entry=entry("145"), expected_version=1, by=house.alice)
    with pytest.raises(StaleRowError) as stale:
        results.correct(result=result, entry=entry("14.5"), expected_version=1, by=house.alice)
    assert stale.value.current.value == 145


def test_a_result_entered_in_error_leaves_the_course_and_stays_in_the_list(
    house: House, patient: Patient
) -> None:
    result = recorded(patient, house.alice)[0]
    results.mark_error(result=result, expected_version=1, by=house.alice)
    assert results_of(patient) == []
    assert page_of_results(patient).rows[0].result.state == State.ENTERED_IN_ERROR


def test_an_answer_in_words_is_kept_without_a_number(house: House, patient: Patient) -> None:
    words = entry(None, analyte="m_protein_type", unit="", specimen="serum", upper_limit=None)
    recorded(patient, house.alice, {**words, "text": "IgA lambda"})
    assert results_of(patient, "m_protein_type")[0].text == "IgA lambda"


def test_a_preliminary_result_is_listed_and_not_read(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry(state=State.PRELIMINARY))
    assert results_of(patient) == []
    assert page_of_results(patient).rows[0].result.state == State.PRELIMINARY


@pytest.mark.parametrize(
    ("before", "after"),
    [(State.FINAL, State.PRELIMINARY), (State.CORRECTED, State.FINAL), (State.CORRECTED, State.PRELIMINARY)],
)
def test_the_database_lets_no_state_move_back(
    house: House, patient: Patient, before: State, after: State
) -> None:
    result = recorded(patient, house.alice, entry(state=before))[0]
    with pytest.raises(IntegrityError, match="cannot become"), transaction.atomic():
        Result.objects.filter(pk=result.pk).update(state=after)


def test_two_equal_hours_of_autumn_keep_their_order(house: House, patient: Patient) -> None:
    half_past_two = {"collected_at_time": time(2, 30), "collected_precision": "minute"}
    second, first = (datetime(2025, 10, 26, hour, 30, tzinfo=UTC) for hour in (1, 0))
    recorded(
        patient,
        house.alice,
        entry("88", "2025-10-26", collected_at=second, **half_past_two),
        entry("120", "2025-10-26", collected_at=first, **half_past_two),
    )
    assert [row.value for row in results_of(patient)] == [120, 88]


def test_the_value_before_is_of_the_same_series_and_no_error(house: House, patient: Patient) -> None:
    wrong, *_ = recorded(
        patient,
        house.alice,
        entry("9999", "2026-01-06"),
        entry("1450", "2026-01-05"),
        entry("5000", "2026-01-07", specimen="serum"),
        entry("700", "2026-02-05"),
    )
    results.mark_error(result=wrong, expected_version=1, by=house.alice)
    newest, serum, *_ = page_of_results(patient).rows
    assert newest.earlier is not None
    assert newest.earlier.value == 1450
    assert serum.earlier is None


def test_pages_of_the_list_neither_repeat_nor_lose_a_result(
    house: House, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitoring.results.queries.results.PAGE_SIZE", 2)
    days = ["2026-01-05", "2026-01-05", "2026-01-06", "2026-01-05", "2026-01-04"]
    recorded(patient, house.alice, *(entry(on=day) for day in days))
    seen, after = [], None
    while True:
        page = page_of_results(patient, after=after)
        seen += [(row.result.collected_on, row.result.pk) for row in page.rows]
        if (after := page.older) is None:
            break
    assert len(seen) == 5
    assert seen == sorted(seen, reverse=True)


def test_another_hospital_sees_no_result(house: House, patient: Patient) -> None:
    recorded(patient, house.alice)
    enter_hospital(house.b.pk)
    assert Result.objects.count() == 0


def test_the_history_of_results_can_only_grow(house: House, patient: Patient) -> None:
    recorded(patient, house.alice)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM results_resultevent")


def test_dates_of_collection_are_days(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry(on="2024-02-29"))
    assert results_of(patient)[0].collected_on == date(2024, 2, 29)
