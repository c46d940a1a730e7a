"""Statements of the edition, filled with the patient's own values."""

import re
from collections.abc import Mapping

from guideline.edition import Edition
from guideline.entries import Statement

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


def sentence(statement: Statement, variant: str | None, values: Mapping[str, str], edition: Edition) -> str:
    """The statement's sentence, or that of one of its variants."""
    template = statement.text if variant is None else statement.variants[variant].text
    return edition.fill(template, values)


def sources_of(statement: Statement, variant: str | None) -> tuple[str, ...]:
    """The sources of the wording that was used: a variant's own, else the statement's."""
    own = () if variant is None else statement.variants[variant].sources
    return own or statement.sources


def rule_in_words(statement: Statement, edition: Edition) -> str:
    """The rule with the edition's own numbers in it."""
    return edition.fill(statement.rule_in_words, {})


def thresholds_of(statement: Statement, edition: Edition) -> tuple[str, ...]:
    """The thresholds that the rule names, in the order it names them, each once."""
    named = dict.fromkeys(_PLACEHOLDER.findall(statement.rule_in_words))
    return tuple(name for name in named if name in edition.thresholds)
