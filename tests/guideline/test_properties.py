"""What must hold for every case, tried on random ones."""

import json
from dataclasses import is_dataclass
from typing import Any

from hypothesis import given, strategies as st

from guideline.case_input import parse_case
from guideline.decide import decide
from guideline.decision import Decision
from guideline.edition import load_edition
from guideline.errors import InputError
from guideline.fact_table import FACTS
from guideline.rules.options import OPTIONS
from guideline.rules.pathway import find
from guideline.rules.situation import Situation
from tests.guideline.effort import examples
from tests.guideline.strategies import raw_cases, values_of

OUT_OF_THE_WAY = {"excluded", "not_recommended"}
ADVISABLE = {"preferred", "suitable", "caution"}
quickly = examples(120)


def decided(raw: dict[str, Any]) -> Decision:
    return decide(parse_case(raw), load_edition())


def statuses(decision: Decision) -> dict[str, str]:
    return {option.id: option.status for option in decision.options}


def is_covered(decision: Decision) -> bool:
    return decision.pathway not in ("not_established", "not_covered")


@quickly
@given(raw_cases())
def test_what_is_not_covered_has_no_applicable_option(raw):
    decision = decided(raw)
    if not is_covered(decision):
        assert set(statuses(decision).values()) == {"not_applicable"}


@quickly
@given(raw_cases())
def test_disseminated_disease_never_leaves_radiation_alone_open(raw):
    decision = decided(raw)
    if is_covered(decision) and decision.extent == "disseminated":
        assert statuses(decision)["radiation"] == "excluded"


@quickly
@given(raw_cases())
def test_an_early_line_never_offers_thalidomide_or_a_bortezomib_combination(raw):
    decision = decided(raw)
    if is_covered(decision) and raw["line"] != "relapse":
        assert statuses(decision)["thalidomide_based"] == "excluded"
        assert statuses(decision)["bortezomib_combination"] in OUT_OF_THE_WAY


@quickly
@given(raw_cases())
def test_treatments_of_other_neuropathies_are_always_excluded(raw):
    decision = decided(raw)
    if is_covered(decision):
        assert statuses(decision)["ivig"] == statuses(decision)["plasma_exchange"] == "excluded"


@quickly
@given(st.sampled_from(["yes", "possible"]).flatmap(lambda answer: raw_cases(patient__pregnancy=answer)))
def test_pregnancy_excludes_immunomodulators(raw):
    decision = decided(raw)
    if is_covered(decision):
        assert statuses(decision)["lenalidomide_dex"] == statuses(decision)["thalidomide_based"] == "excluded"


@quickly
@given(raw_cases())
def test_nothing_is_advised_while_pregnancy_is_present_or_not_excluded(raw):
    decision = decided(raw)
    if decision.pregnancy_not_excluded or raw["patient"]["pregnancy"] == "yes":
        assert not ADVISABLE & set(statuses(decision).values())


@quickly
@given(raw_cases(), st.sampled_from([fact for fact in FACTS if fact.path != "line"]), st.data())
def test_filling_in_a_fact_never_unsettles_the_extent(raw, fact, data):
    before = decided(raw)
    if raw.get(fact.group, {}).get(fact.name) is not None or before.extent == "undetermined":
        return
    raw.setdefault(fact.group, {})[fact.name] = data.draw(st.sampled_from(values_of(fact)))
    try:
        assert decided(raw).extent != "undetermined"
    except InputError:
        return


@quickly
@given(raw_cases())
def test_every_sentence_has_a_source_and_every_option_is_there_once(raw):
    decision = decided(raw)
    arguments = [argument for option in decision.options for argument in option.arguments]
    assert all(item.sources and item.text for item in (*arguments, *decision.advisories))
    assert sorted(option.id for option in decision.options) == sorted(option.id for option in OPTIONS)
    assert [option.rank for option in decision.options] == list(range(1, len(OPTIONS) + 1))


def reversed_keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: reversed_keys(item) for key, item in reversed(value.items())}
    return value


@quickly
@given(raw_cases())
def test_the_order_of_keys_and_what_is_null_do_not_matter(raw):
    without_nulls = {
        name: {key: value for key, value in group.items() if value is not None} if name != "line" else group
        for name, group in raw.items()
    }
    expected = json.dumps(decided(raw).as_json())
    assert json.dumps(decided(reversed_keys(raw)).as_json()) == expected
    assert json.dumps(decided(without_nulls).as_json()) == expected


@quickly
@given(raw_cases())
def test_a_missing_fact_is_unknown_and_says_what_it_can_change(raw):
    decision = decided(raw)
    case = parse_case(raw)
    assert all(case.value(missing.fact) is None and missing.can_change for missing in decision.missing)
    order = [fact.path for fact in FACTS]
    positions = [order.index(missing.fact) for missing in decision.missing]
    assert positions == sorted(positions)


@quickly
@given(raw_cases(), st.sampled_from([fact for fact in FACTS if fact.path != "line"]), st.data())
def test_a_fact_that_is_not_missing_changes_no_advice_when_it_is_filled_in(raw, fact, data):
    before = decided(raw)
    is_unknown = raw.get(fact.group, {}).get(fact.name) is None
    if not is_unknown or fact.path in {missing.fact for missing in before.missing}:
        return
    raw.setdefault(fact.group, {})[fact.name] = data.draw(st.sampled_from(values_of(fact)))
    try:
        after = decided(raw)
    except InputError:
        return
    assert (after.extent, after.pathway) == (before.extent, before.pathway)
    assert {key for key, value in statuses(after).items() if value in ADVISABLE} == {
        key for key, value in statuses(before).items() if value in ADVISABLE
    }


class Watched:
    """A case that remembers which of its facts were read."""

    def __init__(self, record: object, prefix: str, read: set[str]) -> None:
        self._record, self._prefix, self._read = record, prefix, read

    def __getattr__(self, name: str) -> object:
        value = getattr(self._record, name)
        if not self._prefix and name != "line" and is_dataclass(value):
            return Watched(value, f"{name}.", self._read)
        self._read.add(f"{self._prefix}{name}")
        return value


@quickly
@given(raw_cases())
def test_every_argument_declares_the_facts_it_reads(raw):
    case, edition = parse_case(raw), load_edition()
    findings = find(case, edition)
    for option in OPTIONS:
        for argument in option.arguments:
            read: set[str] = set()
            situation = Situation(Watched(case, "", read), findings, edition)
            argument.applies(situation)
            declared = {*argument.reads, "line"}
            assert read <= declared, (argument.rule, read - declared)
