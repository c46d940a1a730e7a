"""A case is accepted whole or refused in one sentence that names path, value and what is allowed."""

import hashlib
from dataclasses import fields
from decimal import Decimal

import pytest

from guideline.case_input import facts_as_json, facts_sha256, parse_case
from guideline.errors import InputError
from guideline.fact_table import FACTS
from guideline.facts import Case
from tests.guideline.builders import case_of, raw_case

REFUSED = [
    ([], "the input", "[]"),
    ("first", "the input", '"first"'),
    ({}, "line", "null"),
    ({"line": None}, "line", "null"),
    ({"line": "second"}, "line", '"second"'),
    ({"line": True}, "line", "true"),
    ({"line": "first", "colour": 1}, "colour", "unknown key"),
    ({"line": "first", "extent": {"lesions": 1}}, "extent.lesions", "unknown key"),
    ({"line": "first", "extent": []}, "extent", "[]"),
    ({"line": "first", "extent": 3}, "extent", "3"),
    ({"line": "first", "extent": {"bone_lesion_count": "2"}}, "extent.bone_lesion_count", '"2"'),
    ({"line": "first", "extent": {"bone_lesion_count": True}}, "extent.bone_lesion_count", "true"),
    ({"line": "first", "extent": {"bone_lesion_count": 1.5}}, "extent.bone_lesion_count", "1.5"),
    ({"line": "first", "extent": {"bone_lesion_count": -1}}, "extent.bone_lesion_count", "-1"),
    ({"line": "first", "extent": {"bone_lesion_count": 501}}, "extent.bone_lesion_count", "501"),
    ({"line": "first", "extent": {"diffuse_bone_lesions": 1}}, "extent.diffuse_bone_lesions", "1"),
    ({"line": "first", "extent": {"diffuse_bone_lesions": "yes"}}, "extent.diffuse_bone_lesions", '"yes"'),
    ({"line": "first", "patient": {"age_years": 121}}, "patient.age_years", "121"),
    ({"line": "first", "patient": {"sex": "Female"}}, "patient.sex", '"Female"'),
    ({"line": "first", "patient": {"sex": ["male"]}}, "patient.sex", '["male"]'),
    ({"line": "first", "labs": {"hemoglobin_g_dl": 0.9}}, "labs.hemoglobin_g_dl", "0.9"),
    ({"line": "first", "labs": {"hemoglobin_g_dl": 25.1}}, "labs.hemoglobin_g_dl", "25.1"),
    ({"line": "first", "labs": {"hemoglobin_g_dl": float("nan")}}, "labs.hemoglobin_g_dl", "NaN"),
    ({"line": "first", "labs": {"platelets_10e9_l": float("inf")}}, "labs.platelets_10e9_l", "Infinity"),
    ({"line": "first", "labs": {"platelets_10e9_l": Decimal("1e300")}}, "labs.platelets_10e9_l", "1E+300"),
    ({"line": "first", "labs": {"egfr_ml_min_173m2": 201}}, "labs.egfr_ml_min_173m2", "201"),
    ({"line": "first", "neuropathy": {"severity": "terrible"}}, "neuropathy.severity", '"terrible"'),
    ({"line": "first", "patient": {"sex": "male", "pregnancy": "yes"}}, "patient.pregnancy", '"yes"'),
    (
        {"line": "first", "patient": {"sex": "male", "pregnancy": "possible"}},
        "patient.pregnancy",
        '"possible"',
    ),
    (
        {"line": "first", "fitness": {"on_anticoagulation": True, "on_thromboprophylaxis": False}},
        "fitness.on_anticoagulation",
        "true",
    ),
    ({"line": "first", "prior": {"asct": "responded"}}, "prior.asct", '"responded"'),
    (
        {"line": "after_radiation", "prior": {"melphalan_dex": "refractory"}},
        "prior.melphalan_dex",
        '"refractory"',
    ),
    ({"line": "first", "radiation": {"stabilized": False}}, "radiation.stabilized", "false"),
    ({"line": "relapse", "radiation": {"new_lesions": True}}, "radiation.new_lesions", "true"),
    (
        {"line": "switch", "radiation": {"months_since_last_fraction": 0}},
        "radiation.months_since_last_fraction",
        "0",
    ),
]


@pytest.mark.parametrize(("raw", "path", "value"), REFUSED)
def test_what_cannot_be_is_refused_with_path_value_and_what_is_allowed(raw, path, value):
    with pytest.raises(InputError) as refusal:
        parse_case(raw)
    assert str(refusal.value).startswith(f"{path}: ")
    assert value in str(refusal.value)
    assert (
        "allowed" in str(refusal.value)
        or "known here" in str(refusal.value)
        or "object" in str(refusal.value)
    )


@pytest.mark.parametrize("key", ["a\nb", "x" * 10_000, "two words", 7])
def test_an_unknown_key_is_named_in_one_short_line_however_it_is_written(key):
    with pytest.raises(InputError, match="an unknown key") as refusal:
        parse_case({"line": "first", "extent": {key: 1}})
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300


ACCEPTED = [
    raw_case("first"),
    {"line": "first", "patient": None, "extent": {}},
    raw_case("first", patient__sex="male", patient__pregnancy="no"),
    raw_case("first", patient__pregnancy="yes"),
    raw_case("first", fitness__on_anticoagulation=True),
    raw_case("first", fitness__on_anticoagulation=True, fitness__on_thromboprophylaxis=True),
    raw_case("first", prior__asct="none"),
    raw_case("relapse", prior__asct="responded"),
    raw_case("switch", prior__asct="refractory"),
    raw_case("first", radiation__stabilized=None),
    raw_case("after_radiation", radiation__stabilized=False),
    raw_case("first", extent__bone_lesion_count=0),
    raw_case("first", extent__bone_lesion_count=500),
    raw_case("first", labs__hemoglobin_g_dl=1, labs__platelets_10e9_l=0, labs__egfr_ml_min_173m2=200),
    raw_case("first", patient__age_years=0),
    raw_case("first", patient__age_years=120),
]


@pytest.mark.parametrize("raw", ACCEPTED)
def test_what_can_be_is_accepted(raw):
    assert parse_case(raw).line == raw["line"]


def test_null_absent_and_an_empty_group_all_mean_unknown():
    assert parse_case({"line": "first", "extent": None}) == parse_case({"line": "first"})
    assert case_of("first", extent__bone_lesion_count=None) == Case(line="first")


def test_zero_lesions_is_not_unknown():
    assert case_of("first", extent__bone_lesion_count=0).extent.bone_lesion_count == 0


def test_an_integral_number_is_one_number_however_it_is_written():
    written = [30, 30.0, Decimal("30.00"), Decimal("3e1")]
    cases = [case_of("first", labs__egfr_ml_min_173m2=value) for value in written]
    assert {facts_sha256(facts_as_json(case)) for case in cases} == {facts_sha256(facts_as_json(cases[0]))}
    assert facts_as_json(cases[1]) == {"line": "first", "labs": {"egfr_ml_min_173m2": 30}}


def test_the_fingerprint_is_sha256_of_sorted_json_without_spaces_and_nulls():
    case = case_of(
        "first", labs__hemoglobin_g_dl=Decimal("12.50"), extent__bone_lesion_count=0, patient__sex=None
    )
    text = '{"extent":{"bone_lesion_count":0},"labs":{"hemoglobin_g_dl":12.5},"line":"first"}'
    assert facts_sha256(facts_as_json(case)) == hashlib.sha256(text.encode()).hexdigest()


def test_a_fingerprint_is_made_of_the_characters_and_not_of_their_escapes():
    text = '{"line":"ä"}'
    assert facts_sha256({"line": "ä"}) == hashlib.sha256(text.encode()).hexdigest()


def test_the_table_of_facts_and_the_case_have_the_same_fields():
    case = Case(line="first")
    groups = {group.name: getattr(case, group.name) for group in fields(Case) if group.name != "line"}
    paths = {f"{name}.{field.name}" for name, group in groups.items() for field in fields(group)}
    assert {fact.path for fact in FACTS} == {"line", *paths}


def test_every_fact_says_what_is_allowed_and_has_a_label():
    assert all(fact.label and fact.allowed.endswith("allowed") for fact in FACTS)
    assert [fact.path for fact in FACTS if fact.required] == ["line"]
    assert {fact.path for fact in FACTS if fact.only_with_line} == {
        fact.path for fact in FACTS if fact.group == "radiation"
    }
