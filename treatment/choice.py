"""Which option was chosen and why: the draft's answer to the question ``choice``, and what it still lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guideline.decision import Argument, Decision
from guideline.edition import Edition
from treatment.models import ChoiceKind, Reason
from treatment.words import BESIDE, OPTIONS

QUESTION = "choice"
STEP_AFTER = "asct"
IN_FAVOUR = ("preferred", "suitable", "caution")
NAMED = ("other_regimen", "clinical_trial")


@dataclass(frozen=True)
class Chosen:
    """The sequence chosen, with its reason. ``confirmed`` is False between choosing and confirming.

    ``name`` says which other regimen or which trial; ``adjunct_radiation`` goes beside a systemic plan and is
    no step of the sequence.
    """

    options: tuple[str, ...]
    reason: str = ""
    text: str = ""
    confirmed: bool = False
    name: str = ""
    adjunct_radiation: bool = False

    @classmethod
    def from_plain(cls, value: Mapping[str, Any] | None) -> "Chosen | None":
        """From the stored answer; None while nothing is chosen."""
        if not value:
            return None
        return cls(
            tuple(value["options"]),
            value["reason"],
            value["text"],
            value["confirmed"],
            value.get("name", ""),
            value.get("adjunct_radiation", False),
        )

    def as_plain(self) -> dict[str, Any]:
        return {
            "options": list(self.options),
            "reason": self.reason,
            "text": self.text,
            "confirmed": self.confirmed,
            "name": self.name,
            "adjunct_radiation": self.adjunct_radiation,
        }

    @property
    def labels(self) -> list[str]:
        return [label_of(option, self.name) for option in self.options]


@dataclass(frozen=True)
class Exclusion:
    """An absolute argument that stands against a chosen option."""

    option: str
    argument: Argument


def label_of(option: str, name: str = "") -> str:
    """What an option is called; another regimen and a trial by their own name, if it is known."""
    return f"{OPTIONS[option]}: {name}" if option in NAMED and name else OPTIONS[option]


def may_add_radiation(options: Iterable[str]) -> bool:
    """Whether adjunct radiation can go beside these: not beside radiation itself, nor beside no treatment."""
    return not {"radiation", "no_treatment"} & set(options)


def preset_reason(options: tuple[str, ...], decision: Decision) -> str:
    """The reason that fits without asking; empty where the clinician has to give one.

    *As recommended* where every chosen option has arguments in its favour; a trial is its own reason.
    """
    if options[0] == "clinical_trial":
        return Reason.CLINICAL_TRIAL
    follows = all(kind_of(option, decision) == ChoiceKind.FOLLOWS for option in options)
    return Reason.AS_RECOMMENDED if follows else ""


def kind_of(option: str, decision: Decision) -> ChoiceKind:
    """How an option stands to the guideline in this decision."""
    if option in BESIDE:
        return ChoiceKind.BESIDE
    found = decision.option(option)
    if found.needs_reason:
        return ChoiceKind.LEAVES
    return ChoiceKind.FOLLOWS if found.status in IN_FAVOUR else ChoiceKind.OPEN


def reasons_for(options: tuple[str, ...], decision: Decision) -> list[tuple[str, str]]:
    """The coded reasons, and before them what fits a choice that does not leave the guideline."""
    coded = [(reason.value, reason.label) for reason in Reason if reason is not Reason.AS_RECOMMENDED]
    if preset_reason(options, decision) == Reason.AS_RECOMMENDED:
        return [(Reason.AS_RECOMMENDED.value, Reason.AS_RECOMMENDED.label), *coded]
    if any(_needs_reason(option, decision) for option in options):
        return coded
    return [("", "No reason to be given"), *coded]


def lacks(chosen: Chosen | None, decision: Decision, edition: Edition) -> str:
    """Why this choice is not complete for this decision, in a sentence; empty when it is.

    Whether a second clinician confirmed what is excluded absolutely is not asked here.
    """
    if chosen is None:
        return "No option is chosen yet."
    if not chosen.confirmed:
        return "The chosen option is not confirmed yet."
    return next(iter(missing_in(chosen, decision, edition).values()), "")


def missing_in(chosen: Chosen, decision: Decision, edition: Edition) -> dict[str, str]:
    """What the choice lacks, by field of the form: name, reason, text."""
    missing: dict[str, str] = {}
    if chosen.options[0] in NAMED and not chosen.name:
        which = "regimen" if chosen.options[0] == "other_regimen" else "trial, or give its identifier"
        missing["name"] = f"Name the {which}."
    if reason := _reason_lacks(chosen, decision):
        missing["reason"] = reason
    if chosen.reason == Reason.NEW_EVIDENCE and not chosen.text:
        missing["text"] = "Name the new evidence in a few words."
    elif exclusions(chosen, decision, edition) and not chosen.text:
        missing["text"] = (
            "An absolute contraindication stands against this: say in your own words why it is to be given "
            "all the same. A second clinician reads it."
        )
    return missing


def exclusions(chosen: Chosen, decision: Decision, edition: Edition) -> list[Exclusion]:
    """The absolute arguments against what is chosen.

    Another regimen or a trial that names a drug is held against the absolute arguments of that drug's own
    options: what is contraindicated stays so under another name.
    """
    weighed = {option: option for option in chosen.options if option not in BESIDE}
    if chosen.options[0] in NAMED:
        named = _options_of_drugs(chosen.name, decision, edition)
        weighed |= {option: chosen.options[0] for option in named if option not in weighed}
    return [
        Exclusion(stands_for, argument)
        for option, stands_for in weighed.items()
        for argument in decision.option(option).arguments
        if argument.absolute
    ]


def absolute_against(words: str, decision: Decision, edition: Edition) -> list[Argument]:
    """The absolute arguments against a drug that ``words`` name."""
    return [
        argument
        for option in _options_of_drugs(words, decision, edition)
        for argument in decision.option(option).arguments
        if argument.absolute
    ]


def _options_of_drugs(words: str, decision: Decision, edition: Edition) -> list[str]:
    drugs = drugs_named(words, edition)
    return [option.id for option in decision.options if option.id.startswith(drugs)]


def drugs_named(words: str, edition: Edition) -> tuple[str, ...]:
    """The keys of the content's drugs that ``words`` name, by any of their names."""
    lowered = words.lower()
    return tuple(
        key
        for key, drug in edition.drugs.items()
        if any(alias.lower() in lowered for alias in (key, *drug.aliases))
    )


def _reason_lacks(chosen: Chosen, decision: Decision) -> str:
    """A coded reason is due where the guideline is left or has nothing to say."""
    left = [option for option in chosen.options if _needs_reason(option, decision)]
    if left and chosen.reason in ("", Reason.AS_RECOMMENDED):
        names = " and ".join(OPTIONS[option] for option in left)
        if all(option in BESIDE for option in left):
            return f"{names} stands beside the guideline's options: choose the reason for it."
        return f"The guideline speaks against {names}: choose the reason for leaving it."
    follows = preset_reason(chosen.options, decision) == Reason.AS_RECOMMENDED
    if chosen.reason == Reason.AS_RECOMMENDED and not follows:
        return "The guideline does not recommend this choice; choose another reason or none."
    return ""


def _needs_reason(option: str, decision: Decision) -> bool:
    return kind_of(option, decision) in (ChoiceKind.LEAVES, ChoiceKind.BESIDE)
