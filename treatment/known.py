"""What a part of the record says about the wizard's questions."""

from dataclasses import dataclass, field

from patients.queries import RecordedFact


@dataclass(frozen=True)
class Known:
    """``facts`` can fill in an answer; ``beside`` are sentences to show at a question. Both by fact path."""

    facts: dict[str, RecordedFact] = field(default_factory=dict)
    beside: dict[str, list[str]] = field(default_factory=dict)
