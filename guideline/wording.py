"""Sentences with the patient's own values, from the statements and phrases of an edition."""

from collections.abc import Mapping
from decimal import Decimal

from guideline.edition import Edition
from guideline.entries import Phrase
from guideline.fact_table import FACTS
from guideline.facts import Case, FactValue


def words_of(case: Case, edition: Edition) -> Mapping[str, str]:
    """How each fact of this case is said, by its path; an unknown fact is said to be unknown."""
    return {fact.path: say_fact(edition.phrases[fact.path], fact.read(case)) for fact in FACTS}


def say_fact(phrase: Phrase, value: FactValue) -> str:
    """One fact in words."""
    if value is None:
        return phrase.unknown
    key = as_text(value)
    if phrase.value is None or key in phrase.values:
        return phrase.values[key]
    return phrase.value.replace("{value}", key)


def as_text(value: FactValue) -> str:
    """A value as it stands in content and on screen: true, 3, 12.5, severe."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def sentence(
    edition: Edition,
    statement: str,
    words: Mapping[str, str],
    *,
    variant: str | None = None,
    reasons: tuple[str, ...] | None = None,
) -> str:
    """What a statement says of this patient, beginning with a capital letter."""
    found = edition.statement(statement)
    template = found.text if variant is None else found.variants[variant].text
    if reasons is not None:
        parts = [edition.fill(found.parts[reason], words) for reason in reasons]
        words = {**words, "reasons": listed(parts)}
    text = edition.fill(template, words)
    return text[:1].upper() + text[1:]


def listed(parts: list[str]) -> str:
    """Several fragments as one: *a*, *a and b*, *a, b and c*."""
    if not parts:
        return "nothing recorded"
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
