"""What an advisory is: a sentence that no option carries, with a severity."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from guideline.rules.situation import Judged

Severity = Literal["critical", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")


@dataclass(frozen=True, slots=True)
class AdvisoryRule:
    """One row of the table of advisories.

    ``severity`` may depend on the case; ``reasons`` names the parts of the statement that are true
    of it; ``variant`` names the wording, where the statement has several. ``reads`` and
    ``thresholds`` are shown to the reader.
    """

    id: str
    applies: Callable[[Judged], bool]
    severity: Severity | Callable[[Judged], Severity]
    reads: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    reasons: Callable[[Judged], tuple[str, ...]] | None = None
    variant: Callable[[Judged], str | None] | None = None

    def severity_in(self, judged: Judged) -> Severity:
        return self.severity if isinstance(self.severity, str) else self.severity(judged)


def true_names(holds: dict[str, bool]) -> tuple[str, ...]:
    """The names of what holds, in the order written."""
    return tuple(name for name, is_true in holds.items() if is_true)
