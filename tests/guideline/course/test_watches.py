"""Clot, lung and glands: the latest value of the last 180 days."""

import pytest

from tests.guideline.course.histories import alerts, history, read, result

AS_OF = "2025-12-01"


def found(*observations, periods=None, treatments=()):
    return alerts(read(history(AS_OF, list(treatments), list(observations), thromboprophylaxis=periods)))


PLATELETS = {"thrombosis-prophylaxis": "warning"}


@pytest.mark.parametrize(
    ("value", "comparator", "expected"),
    [
        (450, None, {}),
        (451, None, PLATELETS),
        (450, ">", PLATELETS),
        (450, ">=", {}),
        (900, "<", {}),
        (0, None, {}),
    ],
)
def test_platelets_above_450_ask_for_thromboprophylaxis(value, comparator, expected):
    assert found(result("platelets", "2025-11-01", value, comparator=comparator)) == expected


@pytest.mark.parametrize(
    ("start", "end", "protected"),
    [
        ("2025-11-01", "2025-11-01", True),
        ("2025-01-01", None, True),
        ("2025-01-01", "2025-12-24", True),
        ("2025-01-01", "2025-10-31", False),
        ("2025-11-02", None, False),
    ],
)
def test_thromboprophylaxis_on_that_day_is_enough(start, end, protected):
    alert = found(result("platelets", "2025-11-01", 600), periods=[{"start": start, "end": end}])
    assert (alert == {}) is protected


@pytest.mark.parametrize(("on", "expected"), [("2025-06-03", {}), ("2025-06-04", PLATELETS)])
def test_a_value_older_than_180_days_says_nothing(on, expected):
    assert found(result("platelets", on, 600)) == expected


def test_only_the_latest_value_speaks():
    assert found(result("platelets", "2025-10-01", 600), result("platelets", "2025-11-01", 300)) == {}


def test_platelets_per_microlitre_are_converted():
    assert found(result("platelets", "2025-11-01", 600000, unit="/uL")) == PLATELETS


@pytest.mark.parametrize(
    ("analyte", "value", "id"),
    [
        ("rvsp_mmhg", 50, "pulmonary-hypertension"),
        ("rvsp_mmhg", 49, None),
        ("dlco_percent", 39, "dlco-low"),
        ("dlco_percent", 40, None),
    ],
)
def test_lung_pressure_and_diffusion_have_a_limit(analyte, value, id):
    assert found(result(analyte, "2025-11-01", value)) == ({id: "warning"} if id else {})


@pytest.mark.parametrize(
    ("value", "comparator", "expected"),
    [
        (0.3, None, {"endocrine-tsh": "info"}),
        (0.4, None, {}),
        (4.0, None, {}),
        (4.1, None, {"endocrine-tsh": "info"}),
        (0.4, "<", {"endocrine-tsh": "info"}),
    ],
)
def test_hormones_are_judged_by_the_limits_of_their_own_result(value, comparator, expected):
    tsh = result("tsh", "2025-11-01", value, comparator=comparator, lower_limit=0.4, upper_limit=4.0)
    assert found(tsh) == expected


def test_a_hormone_without_limits_says_nothing():
    assert found(result("tsh", "2025-11-01", 99)) == {}


@pytest.mark.parametrize("analyte", ["free_t4", "testosterone"])
@pytest.mark.parametrize(("value", "outside"), [(9, True), (10, False), (20, False), (21, True)])
def test_free_t4_and_testosterone_likewise(analyte, value, outside):
    unit = {"free_t4": "ng/dL", "testosterone": "nmol/L"}[analyte]
    hormone = result(analyte, "2025-11-01", value, unit=unit, lower_limit=10, upper_limit=20)
    assert found(hormone) == ({f"endocrine-{analyte}": "info"} if outside else {})


@pytest.mark.parametrize(
    ("value", "expected"), [(137, {"endocrine-cortisol_am": "critical"}), (138, {}), (900, {})]
)
def test_only_a_low_morning_cortisol_is_urgent(value, expected):
    assert found(result("cortisol_am", "2025-11-01", value, lower_limit=138, upper_limit=690)) == expected
