"""A decision as a page shows it and as a signed plan keeps it: every word, nothing left to look up.

All classes are plain data: ``dataclasses.asdict`` makes JSON of them, and templates read both alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guideline.decision import Advisory, Argument, Decision, OptionDecision
from guideline.edition import Edition
from guideline.entries import CounterEvidence, SourceKind
from guideline.fact_table import FACT
from guideline.logic import Truth
from treatment.forms.answers import field_name
from treatment.wizard.steps import FROM_IDENTITY, step_asking
from treatment.words import (
    CONTENT_STATUS,
    DIRECTIONS,
    EXTENT,
    OPTIONS,
    PATHWAY,
    change_in_words,
    value_in_words,
)

SOURCE_KINDS: dict[SourceKind, str] = {
    "randomised_trial": "randomised trial",
    "prospective_trial": "prospective trial",
    "series": "case series",
    "case_report": "case report",
    "review": "review",
    "expert_summary": "expert summary",
    "commercial_summary": "commercial summary, not a society's guideline",
    "product_information": "product information",
    "instrument": "published instrument",
    "general_knowledge": "generally held, no publication found",
    "own_definition": "our own definition",
}
SPEAKS_FOR = ("for", "confirms")


@dataclass(frozen=True)
class SourceShown:
    """A source with what it is worth: its kind, and n where the study counted people."""

    number: str
    title: str
    published_in: str
    year: int | None
    kind: str
    participants: int | None
    note: str


@dataclass(frozen=True)
class CounterShown:
    text: str
    sources: list[SourceShown]


@dataclass(frozen=True)
class FactShown:
    """A fact in words; ``step`` and ``field`` lead to its question, both empty where none asks it."""

    path: str
    label: str
    value: str
    step: str = ""
    field: str = ""


@dataclass(frozen=True)
class ArgumentShown:
    rule: str
    direction: str
    strength: str
    word: str
    text: str
    basis: str
    sources: list[SourceShown]
    counter_evidence: list[CounterShown]
    facts: list[FactShown]
    rule_in_words: str
    absolute: bool


@dataclass(frozen=True)
class OptionShown:
    """An option. ``against`` holds what speaks against it, excludes it or has to be settled first."""

    id: str
    label: str
    status: str
    rank: int
    is_step: bool
    why: str
    rule_in_words: str
    in_favour_of: list[ArgumentShown]
    against: list[ArgumentShown]
    absolute: bool
    needs_reason: bool


@dataclass(frozen=True)
class AdvisoryShown:
    id: str
    severity: str
    text: str
    sources: list[SourceShown]
    counter_evidence: list[CounterShown]


@dataclass(frozen=True)
class MissingShown:
    fact: FactShown
    can_change: list[str]


@dataclass(frozen=True)
class DecisionShown:
    content_version: str
    content_status: str
    approved: bool
    extent: str
    pathway: str
    mayo: Truth
    chiba: Truth
    options: list[OptionShown]
    advisories: list[AdvisoryShown]
    missing: list[MissingShown]


def decision_shown(decision: Decision, edition: Edition) -> DecisionShown:
    """The decision in words, with the sources of ``edition`` written out."""
    return DecisionShown(
        content_version=decision.content.version,
        content_status=CONTENT_STATUS[decision.content.status],
        approved=decision.content.status == "approved",
        extent=EXTENT[decision.extent],
        pathway=PATHWAY[decision.pathway],
        mayo=decision.mayo,
        chiba=decision.chiba,
        options=[_option(option, edition) for option in decision.options],
        advisories=[_advisory(advisory, edition) for advisory in decision.advisories],
        missing=[
            MissingShown(
                fact_shown(missing.fact, None), [change_in_words(change) for change in missing.can_change]
            )
            for missing in decision.missing
        ],
    )


def fact_shown(path: str, value: object) -> FactShown:
    """A fact's label and value in words, and where the wizard asks it."""
    words = value_in_words(path, value)
    if path in FROM_IDENTITY:
        return FactShown(path, FACT[path].label, words)
    return FactShown(path, FACT[path].label, words, step_asking(path).key, field_name(path))


def _option(option: OptionDecision, edition: Edition) -> OptionShown:
    arguments = [_argument(argument, edition) for argument in option.arguments]
    return OptionShown(
        id=option.id,
        label=OPTIONS[option.id],
        status=option.status,
        rank=option.rank,
        is_step=option.step is not None,
        why=option.status_text,
        rule_in_words=option.rule_in_words,
        in_favour_of=[argument for argument in arguments if argument.direction in SPEAKS_FOR],
        against=[argument for argument in arguments if argument.direction not in SPEAKS_FOR],
        absolute=option.absolute,
        needs_reason=option.needs_reason,
    )


def _argument(argument: Argument, edition: Edition) -> ArgumentShown:
    sources = _sources(argument.sources, edition)
    return ArgumentShown(
        rule=argument.rule,
        direction=argument.direction,
        strength=argument.strength or "",
        word=DIRECTIONS[(argument.direction, argument.strength)],
        text=argument.text,
        basis=_basis(sources),
        sources=sources,
        counter_evidence=_counter(argument.counter_evidence, edition),
        facts=[fact_shown(fact.path, fact.value) for fact in argument.facts],
        rule_in_words=argument.rule_in_words,
        absolute=argument.absolute,
    )


def _advisory(advisory: Advisory, edition: Edition) -> AdvisoryShown:
    return AdvisoryShown(
        id=advisory.id,
        severity=advisory.severity,
        text=advisory.text,
        sources=_sources(advisory.sources, edition),
        counter_evidence=_counter(advisory.counter_evidence, edition),
    )


def _counter(found: Iterable[CounterEvidence], edition: Edition) -> list[CounterShown]:
    return [CounterShown(counter.text, _sources(counter.sources, edition)) for counter in found]


def _sources(keys: Sequence[str], edition: Edition) -> list[SourceShown]:
    shown = []
    for key in keys:
        source = edition.sources[key]
        shown.append(
            SourceShown(
                number=key,
                title=source.title,
                published_in=source.published_in,
                year=source.year,
                kind=SOURCE_KINDS[source.kind],
                participants=source.participants,
                note=source.note or "",
            )
        )
    return shown


def _basis(sources: Sequence[SourceShown]) -> str:
    """In a line what an argument rests on: *S2: review; X-Seki13: case series, n = 6*."""
    return "; ".join(
        f"{source.number}: {source.kind}"
        + (f", n = {source.participants}" if source.participants is not None else "")
        for source in sources
    )
