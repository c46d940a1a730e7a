"""Lines of treatment, declared and inferred."""

import pytest

from guideline.course.definitions import Definitions
from guideline.course.history_json import parse_history
from guideline.course.lines import lines_of
from tests.guideline.course.histories import EDITION, drugs, history, radiation, read, transplant


def starts(*treatments, as_of="2030-01-01"):
    """The first days of all lines."""
    parsed = parse_history(history(as_of, list(treatments)), EDITION)
    return [str(line.start) for line in lines_of(parsed.seen_on(parsed.as_of), Definitions(EDITION))]


def is_one_line(*treatments, **more):
    return len(starts(*treatments, **more)) == 1


INDUCTION = drugs("2025-01-10", "2025-04-10")


@pytest.mark.parametrize(("start", "joined"), [("2026-01-10", True), ("2026-01-11", False)])
def test_a_transplantation_belongs_to_an_induction_begun_in_the_year_before(start, joined):
    assert is_one_line(INDUCTION, transplant(start)) is joined


def test_a_transplantation_after_induction_stopped_for_progression_is_a_new_line():
    assert not is_one_line({**INDUCTION, "stop_reason": "progression"}, transplant("2025-06-01"))


def test_progression_written_after_the_transplantation_does_not_redraw_the_line():
    still_running = drugs("2025-01-10", "2025-06-02", stop_reason="progression")
    assert is_one_line(still_running, transplant("2025-06-01"))


def test_an_end_on_the_day_of_transplantation_makes_the_reason_count():
    ended_that_day = drugs("2025-01-10", "2025-06-01", stop_reason="progression")
    assert not is_one_line(ended_that_day, transplant("2025-06-01"))


def test_a_transplantation_after_radiation_is_a_new_line():
    assert not is_one_line(radiation("2025-01-10", "2025-02-10"), transplant("2025-06-01"))


@pytest.mark.parametrize(("start", "joined"), [("2025-06-09", True), ("2025-06-10", False)])
def test_maintenance_joins_within_60_days_of_a_completed_induction(start, joined):
    completed = {**INDUCTION, "stop_reason": "completed"}
    assert is_one_line(completed, drugs(start, name="other")) is joined


@pytest.mark.parametrize(("start", "joined"), [("2025-08-01", True), ("2025-08-02", False)])
def test_drugs_join_within_60_days_of_a_transplantation(start, joined):
    sequence = [INDUCTION, transplant("2025-05-20", "2025-06-02"), drugs(start, name="maintenance")]
    assert is_one_line(*sequence) is joined


@pytest.mark.parametrize("reason", ["toxicity", "wish", "other", None])
def test_the_same_drugs_again_join_unless_stopped_for_progression(reason):
    assert is_one_line({**INDUCTION, "stop_reason": reason}, drugs("2025-05-01"))


def test_the_same_drugs_after_progression_are_a_new_line():
    assert not is_one_line({**INDUCTION, "stop_reason": "progression"}, drugs("2025-05-01"))


def test_other_drugs_after_toxicity_are_a_new_line():
    assert not is_one_line({**INDUCTION, "stop_reason": "toxicity"}, drugs("2025-05-01", name="other"))


def test_two_treatments_without_a_name_are_not_the_same_treatment():
    assert not is_one_line({**INDUCTION, "name": None}, drugs("2025-05-01", name=None))


@pytest.mark.parametrize(("start", "joined"), [("2025-02-09", True), ("2025-02-10", False)])
def test_drugs_started_within_30_days_are_one_combination(start, joined):
    assert is_one_line(drugs("2025-01-10", name="a"), drugs(start, name="b")) is joined


def test_no_combination_with_something_stopped_for_progression():
    stopped = drugs("2025-01-10", "2025-01-20", name="a", stop_reason="progression")
    assert not is_one_line(stopped, drugs("2025-01-25", name="b"))


def test_one_drug_stopped_for_progression_is_enough_to_end_the_combination():
    kept, stopped = (
        drugs("2025-01-10", name="a"),
        drugs("2025-01-12", "2025-01-20", name="b", stop_reason="progression"),
    )
    assert not is_one_line(kept, stopped, drugs("2025-01-25", name="c"))


def test_no_combination_with_radiation():
    assert not is_one_line(radiation("2025-01-10", "2025-01-20"), drugs("2025-01-25"))


def test_a_completed_treatment_that_still_ran_is_no_completed_treatment_yet():
    running = drugs("2025-01-10", "2025-06-01", name="a", stop_reason="completed")
    assert not is_one_line(running, drugs("2025-05-01", name="b"))


def test_the_same_drug_joins_while_the_former_course_is_ongoing():
    assert is_one_line(drugs("2025-01-10"), drugs("2025-09-01"))


def test_radiation_starts_a_line_unless_somebody_said_otherwise():
    assert not is_one_line(INDUCTION, radiation("2025-04-20"))
    assert is_one_line(INDUCTION, radiation("2025-04-20", continues=True))


def test_what_was_said_wins_over_what_would_be_inferred():
    assert not is_one_line(INDUCTION, transplant("2025-05-20", continues=False))
    assert is_one_line({**INDUCTION, "stop_reason": "progression"}, drugs("2029-01-01", continues=True))


def test_the_first_treatment_starts_a_line_even_if_said_to_continue():
    assert starts(drugs("2025-01-10", continues=True)) == ["2025-01-10"]


def test_adjunct_radiation_neither_starts_nor_joins_a_line():
    adjunct = radiation("2025-01-01", "2025-01-05", intent="adjunct", continues=True)
    assert starts(adjunct, INDUCTION) == ["2025-01-10"]


def test_supportive_and_anti_vegf_treatment_make_no_line():
    others = [{"kind": "supportive", "start": "2025-01-01"}, {"kind": "anti_vegf", "start": "2025-01-02"}]
    assert read(history("2026-01-01", others))["line"] is None


def test_treatments_of_one_day_stand_in_the_order_of_the_list():
    both = [drugs("2025-01-10", name="second"), drugs("2025-01-10", name="first")]
    assert read(history("2026-01-01", both))["line"]["treatments"] == ["second", "first"]


def test_a_line_is_open_while_any_of_its_treatments_is():
    sequence = [INDUCTION, transplant("2025-05-20", "2025-06-02"), drugs("2025-06-10", name="c")]
    assert read(history("2026-01-01", sequence))["line"]["end"] is None


def test_a_line_ends_with_its_latest_end():
    sequence = [drugs("2025-01-10", "2025-07-01"), transplant("2025-05-20", "2025-06-02")]
    assert read(history("2026-01-01", sequence))["line"]["end"] == "2025-07-01"


def test_an_end_after_the_day_of_reading_counts_as_ongoing():
    assert read(history("2025-03-01", [INDUCTION]))["line"]["end"] is None


def test_a_line_put_together_by_a_rule_says_so_and_why():
    line = read(history("2026-01-01", [INDUCTION, transplant("2025-05-20")]))["line"]
    assert line["inferred"] is True
    assert line["members"][1]["because"] == "transplantation soon after the start of an induction"


def test_a_line_that_was_declared_is_not_inferred():
    declared = [INDUCTION, transplant("2025-05-20", continues=True)]
    assert read(history("2026-01-01", declared))["line"]["inferred"] is False


def test_the_first_line_of_all_needs_no_question():
    assert read(history("2026-01-01", [INDUCTION]))["line"]["inferred"] is False
