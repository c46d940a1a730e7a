"""Which option was chosen and why: the draft's answer to the question ``choice``, and what it still lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guideline.decision import Decision
from treatment.models import Reason
from treatment.words import OPTIONS

QUESTION = "choice"
STEP_AFTER = "asct"
IN_FAVOUR = ("preferred", "suitable", "caution")


@dataclass(frozen=True)
class Chosen:
    """The sequence chosen, with its reason. ``confirmed`` is False between choosing and confirming."""

    options: tuple[str, ...]
    reason: str = ""
    text: str = ""
    confirmed: bool = False

    @classmethod
    def from_plain(cls, value: Mapping[str, Any] | None) -> "Chosen | None":
        """From the stored answer; None while nothing is chosen."""
        if not value:
            return None
        return cls(tuple(value["options"]), value["reason"], value["text"], value["confirmed"])

    def as_plain(self) -> dict[str, Any]:
        return {
            "options": list(self.options),
            "reason": self.reason,
            "text": self.text,
            "confirmed": self.confirmed,
        }

    @property
    def labels(self) -> list[str]:
        return [OPTIONS[option] for option in self.options]


def preset_reason(options: tuple[str, ...], decision: Decision) -> str:
    """*As recommended* where every chosen option has arguments in its favour; else nothing is preset."""
    follows = all(decision.option(option).status in IN_FAVOUR for option in options)
    return Reason.AS_RECOMMENDED if follows else ""


def reasons_for(options: tuple[str, ...], decision: Decision) -> list[tuple[str, str]]:
    """The coded reasons, and before them what fits a choice that does not leave the guideline."""
    coded = [(reason.value, reason.label) for reason in Reason if reason is not Reason.AS_RECOMMENDED]
    if preset_reason(options, decision):
        return [(Reason.AS_RECOMMENDED.value, Reason.AS_RECOMMENDED.label), *coded]
    if any(decision.option(option).needs_reason for option in options):
        return coded
    return [("", "No reason to be given"), *coded]


def lacks(chosen: Chosen | None, decision: Decision) -> str:
    """Why this choice cannot be signed for this decision, in a sentence; empty when it can."""
    if chosen is None:
        return "No option is chosen yet."
    if not chosen.confirmed:
        return "The chosen option is not confirmed yet."
    return reason_lacks(chosen, decision) or blocked_by(chosen.options, decision)


def reason_lacks(chosen: Chosen, decision: Decision) -> str:
    """What the reason lacks: a coded one where the guideline is left, words for new evidence."""
    against = [option for option in chosen.options if decision.option(option).needs_reason]
    if against and chosen.reason in ("", Reason.AS_RECOMMENDED):
        names = " and ".join(OPTIONS[option] for option in against)
        return f"The guideline speaks against {names}: choose the reason for leaving it."
    if chosen.reason == Reason.AS_RECOMMENDED and not preset_reason(chosen.options, decision):
        return "The guideline does not recommend this choice; choose another reason or none."
    if chosen.reason == Reason.NEW_EVIDENCE and not chosen.text.strip():
        return "Name the new evidence in a few words."
    return ""


def blocked_by(options: tuple[str, ...], decision: Decision) -> str:
    """The sentence about an absolute contraindication, which one clinician alone cannot sign away."""
    absolute = [OPTIONS[option] for option in options if decision.option(option).absolute]
    if not absolute:
        return ""
    return (
        f"An absolute contraindication stands against {' and '.join(absolute)}. Signing it needs a second "
        "clinician's confirmation, which this version cannot record yet; it cannot be signed here."
    )
