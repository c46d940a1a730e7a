"""What a history may hold. Every refusal names the path, the value and what is allowed."""

from datetime import date
from decimal import Decimal

import pytest

from guideline.course.history_json import parse_history
from guideline.errors import InputError
from tests.guideline.course.histories import EDITION, drugs, history, radiation, result, scan, vegf

AS_OF = "2025-12-01"


def refusal(raw):
    with pytest.raises(InputError) as caught:
        parse_history(raw, EDITION)
    return caught.value


def observed(**changes):
    return history(AS_OF, [], [{**vegf("2025-01-02", 1450), **changes}])


def treated(**changes):
    return history(AS_OF, [{**drugs(), **changes}])


@pytest.mark.parametrize(
    ("raw", "path", "value"),
    [
        ([], "", "[]"),
        ("text", "", '"text"'),
        ({}, "as_of", "null"),
        ({"as_of": "1 May 2026"}, "as_of", '"1 May 2026"'),
        ({"as_of": "20260501"}, "as_of", '"20260501"'),
        ({"as_of": "2026-W18-5"}, "as_of", '"2026-W18-5"'),
        ({"as_of": "2026-02-29"}, "as_of", '"2026-02-29"'),
        ({"as_of": "2026-05-01T10:00"}, "as_of", '"2026-05-01T10:00"'),
        ({"as_of": 20260501}, "as_of", "20260501"),
        ({"as_of": "1899-12-31"}, "as_of", '"1899-12-31"'),
        ({"as_of": "3000-01-01"}, "as_of", '"3000-01-01"'),
        ({"as_of": AS_OF, "treatment": []}, "treatment", "this key"),
        ({"as_of": AS_OF, "treatments": {}}, "treatments", "{}"),
        ({"as_of": AS_OF, "pet": [3]}, "pet[0]", "3"),
        (treated(kind=None), "treatments[0].kind", "null"),
        (treated(kind="surgery"), "treatments[0].kind", '"surgery"'),
        (treated(start=None), "treatments[0].start", "null"),
        (treated(end="2025-01-09"), "treatments[0].end", '"2025-01-09"'),
        (treated(stop_reason="tired"), "treatments[0].stop_reason", '"tired"'),
        (treated(continues="yes"), "treatments[0].continues", '"yes"'),
        (treated(neurotoxic=1), "treatments[0].neurotoxic", "1"),
        (treated(name=""), "treatments[0].name", '""'),
        (treated(name=7), "treatments[0].name", "7"),
        (treated(dose=5), "treatments[0].dose", "this key"),
        (history(AS_OF, [radiation(intent="curative")]), "treatments[0].intent", '"curative"'),
        (observed(analyte=None), "observations[0].analyte", "null"),
        (observed(date=None), "observations[0].date", "null"),
        (observed(value=None), "observations[0].value", "null"),
        (observed(value="1450"), "observations[0].value", '"1450"'),
        (observed(value=True), "observations[0].value", "true"),
        (observed(value=-1), "observations[0].value", "-1"),
        (observed(value=1e12), "observations[0].value", "1000000000000.0"),
        (observed(value=float("inf")), "observations[0].value", "Infinity"),
        (observed(value=Decimal("1E-21")), "observations[0].value", "1E-21"),
        (observed(comparator="~"), "observations[0].comparator", '"~"'),
        (observed(unit=None), "observations[0].unit", "null"),
        (observed(unit="PG/ML"), "observations[0].unit", '"PG/ML"'),
        (observed(unit="pmol/L"), "observations[0].unit", '"pmol/L"'),
        (observed(upper_limit=-5), "observations[0].upper_limit", "-5"),
        (observed(lower_limit=100), "observations[0].lower_limit", "100"),
        (observed(unable=True, value=None), "observations[0].unable", "true"),
    ],
)
def test_bad_input_is_refused_by_path_and_value(raw, path, value):
    error = refusal(raw)
    assert (error.path, error.value) == (path, value)
    assert error.allowed


@pytest.mark.parametrize(
    ("observation", "key", "allowed"),
    [
        (result("onls", "2025-01-02", 13), "value", "from 0 to 12"),
        (result("onls", "2025-01-02", -1), "value", "from 0 to 12"),
        (result("onls", "2025-01-02", 3, unit="pg/mL"), "unit", "has no unit"),
        (result("walk_10m_s", "2025-01-02", 0), "value", "above 0 to 300; a patient who cannot do it"),
        (result("walk_10m_s", "2025-01-02", 300.5), "value", "above 0 to 300"),
        (result("walk_10m_s", "2025-01-02", 10, unit="min"), "unit", "measured in s"),
        (result("walk_10m_s", "2025-01-02", 10, unable=True), "value", "without a number"),
        (result("walk_10m_s", "2025-01-02", unable=True, comparator=">"), "comparator", "without a number"),
        (result("onls", "2025-01-02", unable=True), "unable", "only grip_kpa, walk_10m_s"),
        (result("immunofixation", "2025-01-02", 2), "value", "0 (negative) or 1"),
        (result("immunofixation", "2025-01-02", 1, comparator="<"), "comparator", "takes no comparator"),
        (result("marrow_clonal", "2025-01-02", 1, unit="%"), "unit", "has no unit"),
        (result("m_protein", "2025-01-02", 1, unit="mol/L"), "unit", "g/dL, g/L"),
        (result("hemoglobin", "2025-01-02", 12), "unit", "needs a unit"),
    ],
)
def test_what_a_scale_or_an_analyte_cannot_be_is_refused_with_what_it_can(observation, key, allowed):
    error = refusal(history(AS_OF, [], [observation]))
    assert error.path == f"observations[0].{key}"
    assert allowed in error.allowed


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"sum_suv_max": None}, "sum_suv_max"),
        ({"sum_suv_max": -1}, "sum_suv_max"),
        ({"avid_lesions": None}, "avid_lesions"),
        ({"avid_lesions": -1}, "avid_lesions"),
        ({"avid_lesions": 1.5}, "avid_lesions"),
        ({"new_lesion": "no"}, "new_lesion"),
        ({"date": None}, "date"),
        ({"tracer": "FDG"}, "tracer"),
    ],
)
def test_a_scan_that_says_too_little_is_refused(changes, key):
    assert refusal(history(AS_OF, [], pet=[{**scan("2025-01-02", 5, 1), **changes}])).path == f"pet[0].{key}"


def test_prophylaxis_cannot_end_before_it_starts():
    periods = [{"start": "2025-02-01", "end": "2025-01-31"}]
    assert refusal(history(AS_OF, [], thromboprophylaxis=periods)).path == "thromboprophylaxis[0].end"


@pytest.mark.parametrize("key", ["treatments", "observations", "pet", "thromboprophylaxis"])
def test_an_absent_list_is_an_empty_one(key):
    assert parse_history({"as_of": AS_OF, key: None}, EDITION) == parse_history({"as_of": AS_OF}, EDITION)


def test_an_item_is_checked_although_it_is_dated_after_the_day_of_reading():
    assert refusal(history("2020-01-01", [], [vegf("2025-01-02", -1)])).path == "observations[0].value"


def test_numbers_are_taken_exactly_as_written():
    parsed = parse_history(history(AS_OF, [], [result("walk_10m_s", "2025-01-02", 12.8)]), EDITION)
    assert parsed.observations[0].value == Decimal("12.8")


@pytest.mark.parametrize(
    ("analyte", "unit", "own"),
    [
        ("rvsp_mmhg", None, "mm[Hg]"),
        ("dlco_percent", None, "%"),
        ("walk_10m_s", None, "s"),
        ("walk_10m_s", "s", "s"),
        ("free_t4", "ng/dL", "ng/dL"),
        ("free_t4", "pmol/L", "pmol/L"),
        ("ferritin", "ug/L", "ug/L"),
        ("ferritin", None, None),
        ("onls", None, None),
        ("immunofixation", None, None),
    ],
)
def test_the_unit_of_a_result(analyte, unit, own):
    parsed = parse_history(history(AS_OF, [], [result(analyte, "2025-01-02", 1, unit=unit)]), EDITION)
    assert parsed.observations[0].unit == own


def test_what_no_rule_reads_may_be_negative():
    parsed = parse_history(history(AS_OF, [], [result("base_excess", "2025-01-02", -3)]), EDITION)
    assert parsed.observations[0].value == -3


def test_limits_are_converted_with_their_value():
    platelets = result("platelets", "2025-01-02", 150000, unit="/uL", lower_limit=140000, upper_limit=400000)
    parsed = parse_history(history(AS_OF, [], [platelets]), EDITION).observations[0]
    assert (parsed.value, parsed.lower_limit, parsed.upper_limit) == (150, 140, 400)


def test_a_history_without_an_edition_is_read_by_the_default_one():
    assert parse_history({"as_of": AS_OF}).as_of == date(2025, 12, 1)


def test_an_unable_patient_has_no_number():
    parsed = parse_history(history(AS_OF, [], [result("walk_10m_s", "2025-01-02", unable=True)]), EDITION)
    with pytest.raises(ValueError, match="unable"):
        _ = parsed.observations[0].number


def test_a_history_can_be_seen_as_it_stood_on_an_earlier_day():
    treatment = radiation(end="2025-02-14", stabilized=True, stabilized_on="2025-06-01")
    then = parse_history(history(AS_OF, [treatment, drugs("2025-07-01")]), EDITION).seen_on(date(2025, 2, 1))
    assert [(t.end, t.stabilized, t.stabilized_on) for t in then.treatments] == [(None, None, None)]
    assert then.as_of == date(2025, 2, 1)
