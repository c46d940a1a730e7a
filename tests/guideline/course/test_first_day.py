"""The day a line starts belongs to the baseline: what is measured on it is not yet a later value."""

import pytest

from tests.guideline.course.histories import START, drugs, history, read, result, scan, transplant, vegf

AS_OF = "2025-09-01"
NEXT_DAY = "2025-01-11"


def test_a_vegf_of_the_first_day_is_the_baseline_and_no_later_value():
    found = read(history(AS_OF, None, [vegf("2025-01-02", 900), vegf(START, 400)]))["vegf"]
    assert (found["response"], found["reason"]) == ("not_evaluable", "no later value")
    assert found["baseline"]["value"] == 400
    assert found["rising"] is None


def test_a_vegf_of_the_next_day_is_a_later_value():
    found = read(history(AS_OF, None, [vegf(START, 400), vegf(NEXT_DAY, 90)]))["vegf"]
    assert (found["response"], found["latest"]["value"]) == ("complete", 90)


def test_an_m_protein_of_the_first_day_is_the_baseline_and_no_later_value():
    found = read(history(AS_OF, None, [result("m_protein", START, 2)]))["clone"]
    assert (found["baseline"]["value"], found["latest"], found["reason"]) == (2, None, "no M-protein")


def test_an_immunofixation_of_the_first_day_is_one_from_before():
    observations = [result("immunofixation", START, 0), result("immunofixation", NEXT_DAY, 1)]
    found = read(history(AS_OF, None, observations))["clone"]
    assert found["response"] == "progression"
    assert found["immunofixation"]["before"]["value"] == 0
    assert [later["value"] for later in found["immunofixation"]["later"]] == [1]


def test_a_scale_of_the_first_day_is_the_baseline_and_no_later_value():
    found = read(history(AS_OF, None, [result("onls", START, 5)]))["neuro"]["scales"]["onls"]
    assert (found["baseline"]["value"], found["latest"], found["reason"]) == (5, None, "no later value")


def test_a_scan_of_the_first_day_is_the_baseline_and_no_later_scan():
    found = read(history(AS_OF, None, [], [scan(START, 9, 2)]))["pet"]
    assert (found["baseline"]["avid_lesions"], found["scans"], found["verdict"]) == (2, [], "not_done")


def test_what_happened_on_the_day_of_reading_has_happened():
    treatments = [drugs(end=AS_OF), transplant(AS_OF)]
    pet = [scan("2025-01-02", 9, 2), scan(AS_OF, 9, 3)]
    found = read(history(AS_OF, treatments, [], pet))
    assert found["line"]["treatments"] == ["lenalidomide_dex", "asct"]
    assert found["line"]["members"][0]["end"] == AS_OF
    assert found["pet"]["verdict"] == "progression"


def test_prophylaxis_begun_on_the_day_of_reading_protects():
    platelets = [result("platelets", AS_OF, 500)]
    bare = read(history(AS_OF, None, platelets))
    held = read(history(AS_OF, None, platelets, thromboprophylaxis=[{"start": AS_OF, "end": None}]))
    assert "thrombosis-prophylaxis" in {alert["id"] for alert in bare["alerts"]}
    assert "thrombosis-prophylaxis" not in {alert["id"] for alert in held["alerts"]}


@pytest.mark.parametrize(
    ("second", "because", "inferred"),
    [
        ({"start": "2025-03-01", "continues": True}, "said to continue the plan", False),
        ({"start": "2025-03-01", "continues": False}, None, False),
        ({"start": "2025-02-20"}, "next step after a completed treatment", True),
        ({"start": "2025-01-20", "name": "x"}, "drugs of one combination, entered apart", True),
    ],
)
def test_each_treatment_says_why_it_stands_in_its_line(second, because, inferred):
    first = drugs(end="2025-02-01" if because and "next" in because else None, stop_reason="completed")
    found = read(history(AS_OF, [first, {**drugs(), **second}]))["line"]["members"][-1]
    assert (found["because"], found["inferred"]) == (because or "starts a line", inferred)


def test_maintenance_follows_a_transplantation():
    treatments = [
        drugs(end="2025-03-01"),
        transplant("2025-04-01", "2025-04-20"),
        drugs("2025-05-20", name="x"),
    ]
    found = read(history(AS_OF, treatments))["line"]["members"]
    assert [member["because"] for member in found] == [
        "starts a line",
        "transplantation soon after the start of an induction",
        "treatment soon after a transplantation",
    ]


def test_the_same_drugs_again_continue_their_line():
    treatments = [drugs(end="2025-03-01", stop_reason="wish"), drugs("2025-04-01")]
    assert read(history(AS_OF, treatments))["line"]["members"][1]["because"] == "the same treatment again"
