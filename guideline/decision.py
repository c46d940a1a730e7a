"""A decision: what the guideline found, why, and what it would still need to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guideline.entries import CounterEvidence
from guideline.facts import FactValue, Number
from guideline.logic import Truth
from guideline.missing import MissingFact
from guideline.rules.advisory import Severity
from guideline.rules.argument import Direction, Strength
from guideline.rules.situation import ExtentFinding, OptionStatus, Pathway


@dataclass(frozen=True, slots=True)
class ContentVersion:
    """The edition a decision rests on."""

    id: str
    version: str
    status: str


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A fact an argument looked at; ``None`` is not known."""

    path: str
    value: FactValue


@dataclass(frozen=True, slots=True)
class ThresholdUsed:
    """A number an argument compared with, unit in UCUM."""

    key: str
    value: Number
    unit: str


@dataclass(frozen=True, slots=True)
class Argument:
    """A reason for or against an option, with everything a reader may want to unfold."""

    rule: str
    direction: Direction
    strength: Strength | None
    text: str
    rule_in_words: str
    sources: tuple[str, ...]
    facts: tuple[FactUsed, ...]
    thresholds: tuple[ThresholdUsed, ...]
    absolute: bool
    counter_evidence: tuple[CounterEvidence, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "direction": self.direction,
            "strength": self.strength,
            "text": self.text,
            "sources": list(self.sources),
        }


@dataclass(frozen=True, slots=True)
class OptionDecision:
    """An option with its place. ``status_rule`` is the statement that says why the status is this one.

    ``status_text`` is what it says of this patient, ``rule_in_words`` the rule itself.
    """

    id: str
    status: OptionStatus
    rank: int
    step: str | None
    status_rule: str
    status_text: str
    rule_in_words: str
    arguments: tuple[Argument, ...]

    @property
    def needs_reason(self) -> bool:
        """Whether choosing this option leaves the recommendation and asks for a coded reason."""
        return self.status in ("excluded", "not_recommended")

    @property
    def absolute(self) -> bool:
        """Whether an absolute contraindication stands, which a second clinician must confirm."""
        return any(argument.absolute for argument in self.arguments)

    def as_json(self) -> dict[str, Any]:
        step = {} if self.step is None else {"step": self.step}
        return {
            "id": self.id,
            "status": self.status,
            "rank": self.rank,
            **step,
            "arguments": [argument.as_json() for argument in self.arguments],
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """Why something was found before any option was looked at. ``key`` names a field of the decision."""

    key: str
    rule: str
    rule_in_words: str
    sources: tuple[str, ...]
    facts: tuple[FactUsed, ...]
    thresholds: tuple[ThresholdUsed, ...]
    counter_evidence: tuple[CounterEvidence, ...]


@dataclass(frozen=True, slots=True)
class Advisory:
    """A sentence beside the options, with its severity."""

    id: str
    severity: Severity
    text: str
    rule_in_words: str
    sources: tuple[str, ...]
    facts: tuple[FactUsed, ...]
    thresholds: tuple[ThresholdUsed, ...]
    counter_evidence: tuple[CounterEvidence, ...]

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "severity": self.severity, "text": self.text, "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything a screen, a plan or the command shows of one case.

    ``facts`` are the known facts as plain data; ``facts_sha256`` is their fingerprint.
    """

    content: ContentVersion
    engine: str
    facts: Mapping[str, Any]
    facts_sha256: str
    mayo: Truth
    chiba: Truth
    castleman_variant: Truth
    established: bool
    pregnancy_not_excluded: bool
    extent: ExtentFinding
    pathway: Pathway
    findings: tuple[Finding, ...]
    options: tuple[OptionDecision, ...]
    advisories: tuple[Advisory, ...]
    missing: tuple[MissingFact, ...]

    def option(self, option_id: str) -> OptionDecision:
        """The option of this id; ``KeyError`` if there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    def finding(self, key: str) -> Finding:
        """Why the decision's ``key`` (``extent``, ``mayo``) is what it is; ``KeyError`` if there is none."""
        for finding in self.findings:
            if finding.key == key:
                return finding
        raise KeyError(key)

    def as_json(self) -> dict[str, Any]:
        """The decision as plain data with a fixed order of keys, as the command prints it."""
        return {
            "content": {
                "id": self.content.id,
                "version": self.content.version,
                "status": self.content.status,
            },
            "engine": self.engine,
            "facts_sha256": self.facts_sha256,
            "criteria": {"mayo": self.mayo, "chiba": self.chiba},
            "castleman_variant": self.castleman_variant,
            "extent": self.extent,
            "pathway": self.pathway,
            "options": [option.as_json() for option in self.options],
            "advisories": [advisory.as_json() for advisory in self.advisories],
            "missing": [
                {"fact": missing.fact, "can_change": list(missing.can_change)} for missing in self.missing
            ],
        }
