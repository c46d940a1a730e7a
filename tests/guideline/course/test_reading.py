"""The reading as a whole: discordance, alerts in order, what a screen can walk back to."""

import ast
import json
import re
from pathlib import Path

import pytest

from guideline.course import as_json, interpret, parse_history
from guideline.course.sentences import sentence
from guideline.entries import Statement
from tests.guideline.course.histories import (
    EDITION,
    alerts,
    drugs,
    history,
    radiation,
    read,
    result,
    scan,
    transplant,
    vegf,
)

COURSE = Path(__file__).parents[3] / "guideline" / "course"

RICH = history(
    "2026-05-01",
    [drugs(end="2025-04-10"), transplant("2025-05-20", "2025-06-02")],
    [
        vegf("2025-01-02", 1450),
        vegf("2025-08-02", 260),
        vegf("2026-02-02", 90),
        vegf("2026-04-02", 180),
        result("onls", "2025-01-02", 7),
        result("onls", "2026-04-02", 5),
        result("m_protein", "2025-01-02", 0.4),
        result("m_protein", "2026-04-02", 0.2),
        result("platelets", "2026-04-02", 600),
    ],
    [scan("2025-01-05", 14.2, 2), scan("2026-01-15", 6, 1)],
)


def test_the_reading_has_the_documented_keys_in_order():
    reading = read(RICH)
    documented = ["as_of", "line", "vegf", "pet", "neuro", "clone", "radiation_clock", "discordant", "alerts"]
    assert list(reading)[: len(documented)] == documented
    assert list(reading["line"])[:3] == ["start", "end", "treatments"]
    assert list(reading["vegf"])[:4] == ["response", "reason", "primary", "baseline"]
    assert list(reading["pet"])[:6] == ["phase", "response", "verdict", "reason", "change_percent", "due"]
    assert list(reading["neuro"])[:3] == ["phase", "verdict", "scales"]
    assert list(reading["neuro"]["scales"]["onls"])[:4] == ["verdict", "baseline", "latest", "change"]
    assert list(reading["clone"])[:2] == ["response", "reason"]
    assert list(reading["alerts"][0])[:5] == ["id", "severity", "text", "since", "sources"]
    assert list(reading["vegf"]["baseline"])[:2] == ["date", "value"]


def test_the_reading_is_plain_json():
    reading = read(RICH)
    assert json.loads(json.dumps(reading, allow_nan=False)) == reading


def test_the_same_history_reads_the_same_byte_for_byte_in_any_order_of_keys():
    def turned(value):
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(item) for item in value] if isinstance(value, list) else value

    assert json.dumps(read(turned(RICH))) == json.dumps(read(RICH))


def test_whole_numbers_are_printed_as_such_and_others_as_written():
    reading = read(RICH)
    assert repr(reading["vegf"]["baseline"]["value"]) == "1450"
    assert repr(reading["pet"]["baseline"]["sum_suv_max"]) == "14.2"


def test_a_reading_keeps_the_dates_its_words_rest_on():
    reading = read(RICH)
    rests_on = {part: reading[part]["as_of_value"] for part in ("vegf", "pet", "neuro", "clone")}
    assert rests_on == {
        "vegf": "2026-04-02",
        "pet": "2026-01-15",
        "neuro": "2026-04-02",
        "clone": "2026-04-02",
    }


def test_axes_without_a_value_are_not_old():
    reading = read(history("2030-01-01"))
    assert [reading[part]["stale"] for part in ("vegf", "pet", "neuro", "clone")] == [False] * 4


@pytest.mark.parametrize(("as_of", "stale"), [("2025-12-31", False), ("2026-01-01", True)])
def test_nerve_and_clone_are_old_after_seven_months(as_of, stale):
    values = [result("onls", "2025-01-02", 7), result("onls", "2025-06-01", 5)]
    values += [result("m_protein", "2025-01-02", 2), result("m_protein", "2025-06-01", 1)]
    reading = read(history(as_of, None, values))
    assert (reading["neuro"]["stale"], reading["clone"]["stale"]) == (stale, stale)


def test_alerts_stand_by_severity_then_id():
    values = [vegf("2025-05-01", 90), vegf("2025-10-01", 200), result("rvsp_mmhg", "2025-10-01", 60)]
    values += [result("platelets", "2025-10-01", 600)]
    reading = read(history("2026-01-20", None, values, [scan("2025-03-01", 5, 1, new=True)]))
    ids = list(alerts(reading))
    assert ids == [
        "pet-progression",
        "pulmonary-hypertension",
        "thrombosis-prophylaxis",
        "vegf-repeat-overdue",
        "vegf-rising-unconfirmed",
        "neuro-overdue",
    ]


def test_every_alert_names_its_values_with_their_dates_and_its_sources():
    for alert in read(RICH)["alerts"]:
        assert alert["values"]
        assert alert["sources"]
        assert alert["rule_in_words"]
        for fact in alert["values"]:
            assert fact["value"] in alert["text"]


def test_an_alert_leads_back_to_the_item_of_the_history():
    reading = interpret(parse_history(RICH, EDITION), EDITION)
    alert = next(a for a in reading.alerts if a.id == "thrombosis-prophylaxis")
    assert [fact.item for fact in alert.facts] == ["observations[8]"]
    assert alert.text.endswith("Platelets 600 10*9/L on 2 April 2026.")


def test_a_reading_leads_back_to_scans_and_treatments():
    reading = interpret(parse_history(RICH, EDITION), EDITION)
    assert [fact.item for fact in reading.parts["pet"].basis.facts] == ["pet[0]", "pet[1]"]
    irradiated = parse_history(
        history("2025-06-01", [drugs(), radiation("2025-05-01", "2025-05-10")]), EDITION
    )
    clock = interpret(irradiated, EDITION).radiation
    assert clock is not None
    assert [fact.item for fact in clock.facts] == ["treatments[1]"]


class TestDiscordance:
    def test_is_two_axes_in_different_classes(self):
        assert read(RICH)["discordant"] is True

    def test_is_not_two_good_axes(self):
        values = [vegf("2025-01-02", 900), vegf("2025-08-01", 90), result("onls", "2025-01-02", 7)]
        assert (
            read(history("2025-09-01", None, [*values, result("onls", "2025-08-01", 5)]))["discordant"]
            is False
        )

    def test_counts_a_confirmed_rise_instead_of_the_response(self):
        values = [
            vegf("2025-01-02", 900),
            vegf("2025-06-01", 100),
            vegf("2025-07-01", 160),
            vegf("2025-08-01", 160),
        ]
        reading = read(history("2025-09-01", None, values))
        assert (reading["vegf"]["response"], reading["vegf"]["class"]) == ("partial", "poor")

    def test_does_not_count_an_unconfirmed_rise(self):
        values = [vegf("2025-01-02", 900), vegf("2025-06-01", 100), vegf("2025-08-01", 160)]
        assert read(history("2025-09-01", None, values))["vegf"]["class"] == "good"

    def test_does_not_count_what_was_not_done_or_cannot_be_judged(self):
        reading = read(history("2025-09-01", None, [vegf("2025-01-02", 900), vegf("2025-08-01", 90)]))
        assert (reading["pet"]["class"], reading["clone"]["class"], reading["discordant"]) == (
            None,
            None,
            False,
        )


def test_an_empty_history_reads_as_no_treatment():
    reading = read({"as_of": "2026-01-01"})
    assert reading["line"] is None
    assert [reading[part]["reason"] for part in ("vegf", "pet", "neuro", "clone")] == ["no treatment"] * 4
    assert (reading["radiation_clock"], reading["discordant"], reading["alerts"]) == (None, False, [])


def test_all_lines_are_listed_and_the_last_is_the_current_one():
    treatments = [drugs(end="2025-03-01", stop_reason="progression"), radiation("2026-01-01", "2026-02-01")]
    reading = read(history("2026-05-01", treatments))
    assert [line["start"] for line in reading["lines"]] == ["2025-01-10", "2026-01-01"]
    assert reading["line"] == reading["lines"][1]


def test_the_reading_knows_its_day_and_its_current_line():
    reading = interpret(parse_history(RICH, EDITION), EDITION)
    assert str(reading.as_of) == "2026-05-01"
    assert reading.line is reading.lines[-1]


def test_the_reading_does_not_depend_on_the_precision_that_its_caller_computes_with():
    from_caller = parse_history(RICH, EDITION)
    assert as_json(interpret(from_caller, EDITION)) == read(RICH)


def course_statements():
    files = (
        "reading-",
        "vegf-",
        "pet-",
        "neuro-",
        "clone-",
        "rt-",
        "endocrine-",
        "thrombosis-p",
        "pulm",
        "dlco",
    )
    return [s for key, s in EDITION.statements.items() if key.startswith(files)]


@pytest.mark.parametrize("statement", course_statements(), ids=lambda statement: statement.key)
def test_every_wording_names_only_what_the_course_can_fill(statement: Statement):
    filled = dict.fromkeys(
        [
            "facts",
            "change",
            "series",
            "since",
            "risen_on",
            "former",
            "drugs",
            "judged_from",
            "judged_until",
            "mature_from",
            "progressed_on",
            "lag_until",
            "best_until",
        ],
        "x",
    )
    for variant in (None, *statement.variants):
        text = sentence(statement, variant, filled, EDITION)
        assert text.endswith((".", "?"))
        assert "failure" not in text.lower()
    assert EDITION.fill(statement.rule_in_words, {})


def test_no_clinical_number_stands_in_the_code():
    numbers = [
        (file.name, node.lineno, node.value)
        for file in sorted(COURSE.glob("*.py"))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in (0, 1)
    ]
    assert numbers == []


def test_every_threshold_the_code_asks_for_is_in_the_content_and_the_other_way_round():
    asked = set()
    for file in COURSE.glob("*.py"):
        asked |= set(re.findall(r'"([a-z]+_[a-z_]+)"', file.read_text()))
    own = (Path(EDITION_FOLDER) / "thresholds" / "course.yaml").read_text()
    offered = set(re.findall(r"^([a-z_]+):$", own, re.MULTILINE))
    assert offered - asked == set()


EDITION_FOLDER = COURSE.parent / "content"


@pytest.mark.parametrize(
    ("laboratory", "said"),
    [
        ("A", "plasma, laboratory A, elisa"),
        ("Laboratory North", "plasma, Laboratory North, elisa"),
        ("labor Mitte", "plasma, labor Mitte, elisa"),
        (None, "plasma, laboratory not known, elisa"),
    ],
)
def test_a_series_names_its_laboratory_once(laboratory, said):
    values = [vegf("2025-01-02", 1450, laboratory=laboratory), vegf("2026-02-02", 90, laboratory=laboratory)]
    text = read(history("2026-05-01", observations=values))["vegf"]["basis"]["text"]
    assert f"({said})" in text
