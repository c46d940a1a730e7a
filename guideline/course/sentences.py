"""Statements of the edition, filled with the patient's own values."""

from collections.abc import Mapping

from guideline.edition import Edition
from guideline.entries import Statement
from guideline.placeholders import placeholders_of


def sentence(statement: Statement, variant: str | None, values: Mapping[str, str], edition: Edition) -> str:
    """The statement's sentence, or that of one of its variants."""
    template = statement.text if variant is None else statement.variants[variant].text
    return edition.fill(template, values)


def sources_of(statement: Statement, variant: str | None) -> tuple[str, ...]:
    """The sources of the wording that was used: a variant's own, else the statement's."""
    own = () if variant is None else statement.variants[variant].sources
    return own or statement.sources


def thresholds_of(statement: Statement, edition: Edition) -> tuple[str, ...]:
    """The thresholds that the rule names, in the order it names them, each once."""
    return tuple(name for name in placeholders_of(statement.rule_in_words) if name in edition.thresholds)
