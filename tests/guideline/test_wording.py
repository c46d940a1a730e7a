"""How facts, values and lists are put into words."""

from decimal import Decimal

import pytest

from guideline.edition import load_edition
from guideline.entries import Phrase
from guideline.errors import ContentError
from guideline.wording import as_text, listed, say_fact, sentence

PLATELETS = Phrase(
    "labs.platelets_10e9_l", unknown="not known", value="{value} platelets", values={"0": "none"}
)
SEX = Phrase("patient.sex", unknown="sex is not known", values={"female": "she"})


@pytest.mark.parametrize(
    ("phrase", "value", "said"),
    [
        (PLATELETS, None, "not known"),
        (PLATELETS, 12, "12 platelets"),
        (PLATELETS, 0, "none"),
        (SEX, "female", "she"),
        (SEX, None, "sex is not known"),
    ],
)
def test_a_fact_is_said_by_its_value_or_as_not_known(phrase, value, said):
    assert say_fact(phrase, value) == said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (Decimal("12.50"), "12.5"),
        (Decimal("1E+2"), "100"),
        (Decimal("0.10"), "0.1"),
        ("severe", "severe"),
    ],
)
def test_a_value_stands_as_in_the_content(value, text):
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [([], "nothing recorded"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_fragments_become_a_list(parts, text):
    assert listed(parts) == text


def test_a_sentence_begins_with_a_capital_letter_and_keeps_the_rest():
    said = sentence(load_edition(), "RT-PREGNANT", {"patient.pregnancy": "the patient is PREGNANT"})
    assert said.startswith("The patient is PREGNANT")


def test_reasons_are_filled_and_joined():
    words = {"labs.platelets_10e9_l": "platelets are 90", "patient.age_years": "the age is 70"}
    said = sentence(load_edition(), "adverse-features", words, reasons=("thrombocytopenia", "age"))
    assert "platelets are 90" in said
    assert " and " in said


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda e: e.threshold("x"), "thresholds: x: is not in the content; add it or correct the name"),
        (lambda e: e.number("x"), "thresholds: x: is not in the content; add it or correct the name"),
        (lambda e: e.statement("x"), "statements: x: is not in the content; add it or correct the name"),
        (lambda e: e.scale("x"), "scales.yaml: x: is not in the content; add it or correct the name"),
        (lambda e: e.rule_in_words("x"), "statements: x: is not in the content; add it or correct the name"),
    ],
)
def test_what_the_content_does_not_hold_is_named_with_its_file(ask, message):
    with pytest.raises(ContentError) as refusal:
        ask(load_edition())
    assert str(refusal.value) == message


def test_a_template_is_filled_with_values_and_thresholds():
    edition = load_edition()
    assert edition.fill("{a} over {limited_lesion_limit}, {a}", {"a": "x"}) == "x over 3, x"
    assert edition.fill("{egfr_low}", {"egfr_low": "own"}) == "own"
    assert edition.fill("plain", {}) == "plain"
