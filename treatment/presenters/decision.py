"""A decision as a page shows it and as a signed plan keeps it: every word, nothing left to look up.

All classes are plain data: ``dataclasses.asdict`` makes JSON of them, and templates read both alike.
"""

from dataclasses import dataclass

from approval.standing import status_words
from guideline.decision import Advisory, Argument, Decision, Finding, OptionDecision
from guideline.edition import Edition
from guideline.logic import Truth
from patients.presenters.sources import SourceShown, sources_shown
from treatment.presenters.evidence import (
    NO_ORIGINS,
    CounterShown,
    FactShown,
    Origins,
    ThresholdShown,
    basis_of,
    counter_shown,
    fact_shown,
    facts_used,
    thresholds_used,
)
from treatment.words import DIRECTIONS, EXTENT, OPTIONS, PATHWAY, change_in_words

SPEAKS_FOR = ("for", "confirms")


@dataclass(frozen=True)
class FindingShown:
    """What was found before any option was looked at, in a word, and why."""

    key: str
    rule: str
    rule_in_words: str
    facts: list[FactShown]
    thresholds: list[ThresholdShown]
    sources: list[SourceShown]
    counter_evidence: list[CounterShown]


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
    thresholds: list[ThresholdShown]
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
    status_rule: str
    rule_in_words: str
    sources: list[SourceShown]
    in_favour_of: list[ArgumentShown]
    against: list[ArgumentShown]
    absolute: bool
    needs_reason: bool


@dataclass(frozen=True)
class AdvisoryShown:
    id: str
    severity: str
    text: str
    rule_in_words: str
    facts: list[FactShown]
    thresholds: list[ThresholdShown]
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
    findings: dict[str, FindingShown]
    options: list[OptionShown]
    advisories: list[AdvisoryShown]
    missing: list[MissingShown]


def decision_shown(decision: Decision, edition: Edition, origins: Origins = NO_ORIGINS) -> DecisionShown:
    """The decision in words, with the sources of ``edition`` written out and where each fact comes from."""
    return DecisionShown(
        content_version=decision.content.version,
        content_status=status_words(edition),
        approved=decision.content.status == "approved",
        extent=EXTENT[decision.extent],
        pathway=PATHWAY[decision.pathway],
        mayo=decision.mayo,
        chiba=decision.chiba,
        findings={finding.key: _finding(finding, edition, origins) for finding in decision.findings},
        options=[_option(option, edition, origins) for option in decision.options],
        advisories=[_advisory(advisory, edition, origins) for advisory in decision.advisories],
        missing=[
            MissingShown(
                fact_shown(missing.fact, None), [change_in_words(change) for change in missing.can_change]
            )
            for missing in decision.missing
        ],
    )


def _finding(finding: Finding, edition: Edition, origins: Origins) -> FindingShown:
    return FindingShown(
        key=finding.key,
        rule=finding.rule,
        rule_in_words=finding.rule_in_words,
        facts=facts_used(finding.facts, origins),
        thresholds=thresholds_used(finding.thresholds, edition),
        sources=sources_shown(finding.sources, edition),
        counter_evidence=counter_shown(finding.counter_evidence, edition),
    )


def _option(option: OptionDecision, edition: Edition, origins: Origins) -> OptionShown:
    arguments = [_argument(argument, edition, origins) for argument in option.arguments]
    return OptionShown(
        id=option.id,
        label=OPTIONS[option.id],
        status=option.status,
        rank=option.rank,
        is_step=option.step is not None,
        why=option.status_text,
        status_rule=option.status_rule,
        rule_in_words=option.rule_in_words,
        sources=sources_shown(edition.statement(option.status_rule).sources, edition),
        in_favour_of=[argument for argument in arguments if argument.direction in SPEAKS_FOR],
        against=[argument for argument in arguments if argument.direction not in SPEAKS_FOR],
        absolute=option.absolute,
        needs_reason=option.needs_reason,
    )


def _argument(argument: Argument, edition: Edition, origins: Origins) -> ArgumentShown:
    sources = sources_shown(argument.sources, edition)
    return ArgumentShown(
        rule=argument.rule,
        direction=argument.direction,
        strength=argument.strength or "",
        word=DIRECTIONS[(argument.direction, argument.strength)],
        text=argument.text,
        basis=basis_of(sources),
        sources=sources,
        counter_evidence=counter_shown(argument.counter_evidence, edition),
        facts=facts_used(argument.facts, origins),
        thresholds=thresholds_used(argument.thresholds, edition),
        rule_in_words=argument.rule_in_words,
        absolute=argument.absolute,
    )


def _advisory(advisory: Advisory, edition: Edition, origins: Origins) -> AdvisoryShown:
    return AdvisoryShown(
        id=advisory.id,
        severity=advisory.severity,
        text=advisory.text,
        rule_in_words=advisory.rule_in_words,
        facts=facts_used(advisory.facts, origins),
        thresholds=thresholds_used(advisory.thresholds, edition),
        sources=sources_shown(advisory.sources, edition),
        counter_evidence=counter_shown(advisory.counter_evidence, edition),
    )
