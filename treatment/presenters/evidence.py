"""What stands behind a computed word: facts with their origin, numbers compared with, sources.

Everything a reader may unfold carries ``rule``, ``rule_in_words``, ``facts``, ``thresholds``, ``sources`` and
``counter_evidence``: what templates/treatment/why.html shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from approval.words import UNITS
from guideline.decision import FactUsed, ThresholdUsed
from guideline.edition import Edition
from guideline.entries import CounterEvidence
from guideline.fact_table import FACT
from patients.presenters.sources import SourceShown, sources_shown
from treatment.forms.answers import field_name
from treatment.wizard.steps import FROM_IDENTITY, step_asking
from treatment.words import number_in_words, value_in_words

UNIT_OF_A_COUNT = "1"

# Where each known fact comes from, in words, by path.
Origins = Mapping[str, str]
NO_ORIGINS: Origins = {}


@dataclass(frozen=True)
class CounterShown:
    text: str
    sources: list[SourceShown]
    basis: str = ""


@dataclass(frozen=True)
class FactShown:
    """A fact in words; ``step`` and ``field`` lead to its question, both empty where none asks it.

    ``origin`` says where the value comes from and of which day it is; empty for what is not known.
    """

    path: str
    label: str
    value: str
    step: str = ""
    field: str = ""
    origin: str = ""

    @property
    def name(self) -> str:
        """What the fact's control is called, also where no step asks it."""
        return field_name(self.path)


@dataclass(frozen=True)
class ThresholdShown:
    """A number of the content that was compared with."""

    label: str
    value: str
    sources: str


def fact_shown(path: str, value: object, origin: str = "") -> FactShown:
    """A fact's label and value in words, and where the wizard asks it."""
    words = value_in_words(path, value)
    if path in FROM_IDENTITY:
        return FactShown(path, FACT[path].label, words, origin=origin)
    return FactShown(path, FACT[path].label, words, step_asking(path).key, field_name(path), origin)


def facts_used(facts: Iterable[FactUsed], origins: Origins) -> list[FactShown]:
    return [fact_shown(fact.path, fact.value, origins.get(fact.path, "")) for fact in facts]


def thresholds_used(used: Iterable[ThresholdUsed], edition: Edition) -> list[ThresholdShown]:
    shown = []
    for number in used:
        threshold = edition.threshold(number.key)
        unit = "" if number.unit == UNIT_OF_A_COUNT else UNITS.get(number.unit, number.unit)
        words = f"{number_in_words(number.value)} {unit}".strip()
        shown.append(ThresholdShown(threshold.label, words, ", ".join(threshold.sources)))
    return shown


def counter_shown(found: Iterable[CounterEvidence], edition: Edition) -> list[CounterShown]:
    shown = []
    for counter in found:
        sources = sources_shown(counter.sources, edition)
        shown.append(CounterShown(counter.text, sources, basis_of(sources)))
    return shown


def basis_of(sources: Sequence[SourceShown]) -> str:
    """In a line what an argument rests on: *S2: review; X-Seki13: case series, n = 6*."""
    return "; ".join(
        f"{source.number}: {source.kind}"
        + (f", n = {source.participants}" if source.participants is not None else "")
        for source in sources
    )
