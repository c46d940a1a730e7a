"""A case together with what was found in it: the one thing every rule reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from guideline.edition import Edition
from guideline.facts import Case, Number
from guideline.logic import Truth

ExtentFinding = Literal["localized", "disseminated", "undetermined"]
Pathway = Literal[
    "not_established", "not_covered", "undetermined", "systemic", "observe_after_radiation", "radiation"
]
OptionStatus = Literal[
    "preferred",
    "suitable",
    "caution",
    "undetermined",
    "not_judged",
    "not_recommended",
    "excluded",
    "not_applicable",
]


@dataclass(frozen=True, slots=True)
class Findings:
    """What follows from the facts before any option is looked at."""

    mayo: Truth
    chiba: Truth
    castleman_variant: Truth
    established: bool
    extent: ExtentFinding
    pathway: Pathway
    pregnancy_not_excluded: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """A case, its findings and the edition whose numbers apply."""

    case: Case
    findings: Findings
    edition: Edition

    def number(self, key: str) -> Number:
        """A threshold of the edition in its own unit."""
        return self.edition.numbers[key]

    @property
    def covered(self) -> bool:
        return self.findings.pathway not in ("not_established", "not_covered")

    @property
    def systemic(self) -> bool:
        return self.findings.pathway == "systemic"

    @property
    def observing(self) -> bool:
        """Radiation was given and its effect is awaited."""
        return self.covered and self.case.line == "after_radiation" and not self.systemic

    @property
    def early_line(self) -> bool:
        return self.case.line in ("first", "after_radiation", "switch")


@dataclass(frozen=True, slots=True)
class Judged:
    """A situation whose options have their status: what advisories read."""

    situation: Situation
    statuses: Mapping[str, OptionStatus]
