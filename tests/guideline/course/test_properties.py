"""What must hold for every history, tried on histories that nobody thought of."""

import json
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from hypothesis import given, strategies as st

from tests.guideline.course.histories import read
from tests.guideline.effort import examples

FIRST = date(2023, 1, 1)
quick = examples(60)

days = st.integers(0, 1500).map(lambda n: (FIRST + timedelta(days=n)).isoformat())
maybe = st.sampled_from([None, True, False])
comparators = st.sampled_from([None, None, None, "<", "<=", ">", ">="])


@st.composite
def treatments(draw):
    start = draw(st.integers(0, 1200))
    length = draw(st.one_of(st.none(), st.integers(0, 400)))
    end = None if length is None else (FIRST + timedelta(days=start + length)).isoformat()
    return {
        "kind": draw(
            st.sampled_from(["radiation", "systemic", "systemic", "asct", "anti_vegf", "supportive"])
        ),
        "name": draw(st.sampled_from(["a", "b"])),
        "start": (FIRST + timedelta(days=start)).isoformat(),
        "end": end,
        "stop_reason": draw(st.sampled_from([None, "completed", "progression", "toxicity"])),
        "stabilized": draw(maybe),
        "stabilized_on": draw(st.one_of(st.none(), days)),
        "continues": draw(maybe),
        "neurotoxic": draw(maybe),
    }


@st.composite
def vegf_values(draw, specimens=("plasma", "serum", None)):
    return {
        "analyte": "vegf",
        "date": draw(days),
        "value": draw(st.sampled_from([0, 20, 60, 96, 97, 150, 300, 900, 1001, 2000])),
        "comparator": draw(comparators),
        "unit": "pg/mL",
        "specimen": draw(st.sampled_from(specimens)),
        "upper_limit": draw(st.sampled_from([None, 96])),
    }


@st.composite
def scale_values(draw):
    scale = draw(st.sampled_from(["onls", "i_rods", "walk_10m_s", "mrc_sum", "grip_kpa"]))
    if scale in ("walk_10m_s", "grip_kpa") and draw(st.integers(0, 4)) == 0:
        return {"analyte": scale, "date": draw(days), "unable": True}
    return {"analyte": scale, "date": draw(days), "value": draw(st.integers(1, 12))}


@st.composite
def clone_values(draw):
    m_protein = {
        "analyte": "m_protein",
        "value": draw(st.sampled_from([0, 0.2, 0.5, 1.0, 2.0])),
        "unit": "g/dL",
    }
    test = {
        "analyte": draw(st.sampled_from(["immunofixation", "marrow_clonal"])),
        "value": draw(st.integers(0, 1)),
    }
    return {**draw(st.sampled_from([m_protein, test])), "date": draw(days)}


@st.composite
def scans(draw):
    return {
        "date": draw(days),
        "sum_suv_max": draw(st.sampled_from([0, 3, 4, 6, 9, 12])),
        "avid_lesions": draw(st.integers(0, 3)),
        "new_lesion": draw(st.sampled_from([False, False, False, True])),
    }


histories = st.fixed_dictionaries(
    {
        "as_of": days,
        "treatments": st.lists(treatments(), max_size=3),
        "observations": st.lists(st.one_of(vegf_values(), scale_values(), clone_values()), max_size=14),
        "pet": st.lists(scans(), max_size=5),
    }
)


@quick
@given(histories, vegf_values(specimens=("citrate",)))
def test_a_value_of_another_specimen_changes_no_series(raw, value):
    more = {**raw, "observations": [*raw["observations"], value]}
    others = [series for series in read(more)["vegf"]["series"] if series["series"]["specimen"] != "citrate"]
    assert others == read(raw)["vegf"]["series"]


@quick
@given(histories)
def test_what_is_early_is_never_called_a_lack_of_response(raw):
    reading = read(raw)
    scans_read = reading["pet"]["scans"]
    if scans_read and scans_read[-1]["phase"] == "early":
        assert reading["pet"]["verdict"] not in ("none", "partial")
    if reading["neuro"]["phase"] == "lag":
        assert reading["neuro"]["verdict"] != "no_improvement"


@quick
@given(histories)
def test_decline_and_progression_are_told_at_once(raw):
    reading = read(raw)
    if reading["pet"]["scans"] and reading["pet"]["scans"][-1]["response"] == "progression":
        assert reading["pet"]["verdict"] == "progression"
    if any(scale["verdict"] in ("worse", "lost") for scale in reading["neuro"]["scales"].values()):
        assert reading["neuro"]["verdict"] in ("worsening", "mixed")


@quick
@given(histories, st.sampled_from(["completed", "progression", "toxicity", None]))
def test_stopping_drugs_leaves_every_scan_already_made_alone(raw, reason):
    started = [t for t in raw["treatments"] if t["kind"] == "systemic" and t["start"] <= raw["as_of"]]
    if not started:
        return
    last = max(started, key=lambda t: t["start"])
    if last["end"] is not None and last["end"] <= raw["as_of"]:
        return
    stopped = {**last, "end": raw["as_of"], "stop_reason": reason}
    after = {**raw, "treatments": [stopped if t is last else t for t in raw["treatments"]]}
    assert read(after)["pet"]["verdict"] == read(raw)["pet"]["verdict"]


def shifted(value, years):
    if isinstance(value, dict):
        return {key: shifted(item, years) for key, item in value.items()}
    if isinstance(value, list):
        return [shifted(item, years) for item in value]
    try:
        return (date.fromisoformat(value) + relativedelta(years=years)).isoformat()
    except (TypeError, ValueError):
        return value


def verdicts(reading):
    return (
        [reading["vegf"][key] for key in ("response", "rising", "change_percent")],
        [reading["pet"][key] for key in ("phase", "verdict", "due")],
        {key: scale["verdict"] for key, scale in reading["neuro"]["scales"].items()},
        [reading["neuro"]["phase"], reading["neuro"]["verdict"], reading["clone"]["response"]],
        [reading["radiation_clock"], reading["discordant"]],
        [(alert["id"], alert["severity"]) for alert in reading["alerts"]],
    )


@quick
@given(histories, st.sampled_from([-84, -28, 28, 56]))
def test_the_century_does_not_matter(raw, years):
    assert verdicts(read(shifted(raw, years))) == verdicts(read(raw))


@quick
@given(histories, st.lists(vegf_values(), max_size=2), st.lists(scans(), max_size=2), treatments())
def test_what_is_dated_later_changes_nothing(raw, values, more_scans, treatment):
    later = (date.fromisoformat(raw["as_of"]) + timedelta(days=1)).isoformat()
    more = {
        **raw,
        "observations": [{**value, "date": later} for value in values] + raw["observations"],
        "pet": [{**scan, "date": later} for scan in more_scans] + raw["pet"],
        "treatments": [{**treatment, "start": later, "end": None}, *raw["treatments"]],
    }
    assert read(more) == read(raw)


BETTER_TO_WORSE = ("improved", "stable", "lost", "worse")
one_scale = st.lists(st.integers(1, 12), min_size=2, max_size=6)


@quick
@given(one_scale, st.integers(0, 6), st.sampled_from(["onls", "walk_10m_s", "mrc_sum"]))
def test_a_worse_latest_value_never_makes_a_scale_better(values, step, scale):
    def word(latest):
        dated = zip(
            ["2025-01-02", *(f"2025-{m:02d}-01" for m in range(2, 9))], [*values[:-1], latest], strict=False
        )
        observations = [{"analyte": scale, "date": on, "value": value} for on, value in dated]
        line = {"kind": "systemic", "name": "a", "start": "2025-01-10"}
        raw = {"as_of": "2025-12-01", "treatments": [line], "observations": observations}
        return BETTER_TO_WORSE.index(read(raw)["neuro"]["scales"][scale]["verdict"])

    worse = values[-1] - step if scale == "mrc_sum" else values[-1] + step
    if 0 <= worse <= 12:
        assert word(worse) >= word(values[-1])


@quick
@given(histories)
def test_each_alert_names_the_values_and_dates_it_rests_on(raw):
    for alert in read(raw)["alerts"]:
        assert alert["values"]
        for fact in alert["values"]:
            on = date.fromisoformat(fact["date"])
            assert f"{fact['label']} {fact['value']} on {on.day} " in alert["text"]


@quick
@given(histories)
def test_the_same_input_gives_the_same_bytes(raw):
    assert json.dumps(read(raw)) == json.dumps(read(json.loads(json.dumps(raw, sort_keys=True))))


@quick
@given(histories)
def test_an_alert_never_begins_after_the_day_of_reading(raw):
    assert all(alert["since"] <= raw["as_of"] for alert in read(raw)["alerts"])
