"""Supportive care: what the guideline's advisories propose, and the clinician's answer to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from monitoring.follow_ups.schedule import PlannedItem
from treatment.choice import Chosen
from treatment.presenters.decision import AdvisoryShown, DecisionShown
from treatment.schedule import Proposal

QUESTION = "supportive"


@dataclass(frozen=True)
class Group:
    """Advisories about one matter, in the order in which they are to be carried out."""

    title: str
    advisories: tuple[str, ...]


GROUPS: tuple[Group, ...] = (
    # Cortisol before thyroxine: the adrenal axis is tested and replaced first.
    Group(
        "Endocrine axes, adrenal first",
        (
            "adrenal-first",
            "test-adrenal",
            "adrenal-before-thyroid",
            "replace-adrenal",
            "test-thyroid",
            "replace-thyroid",
            "test-gonadal",
            "replace-gonadal",
        ),
    ),
    Group("Thrombosis", ("thrombocytosis-prophylaxis",)),
    Group(
        "Pregnancy, and drugs that cause malformations", ("pregnant", "exclude-pregnancy", "imid-precautions")
    ),
    Group("Lungs", ("test-pulmonary-function",)),
    Group("Heart", ("test-echocardiography",)),
)
# What a test can be put into the calendar as: the content's kind, and its title.
CALENDAR: Mapping[str, tuple[str, str]] = {
    "adrenal-first": ("endocrine", "Adrenal axis"),
    "test-adrenal": ("endocrine", "Adrenal axis"),
    "test-thyroid": ("endocrine", "Thyroid axis"),
    "test-gonadal": ("endocrine", "Gonadal axis"),
    "test-pulmonary-function": ("heart_and_lung", "Lung function"),
    "test-echocardiography": ("heart_and_lung", "Echocardiography"),
    "exclude-pregnancy": ("pregnancy", "Pregnancy test"),
}
OF_IMIDS = "imid-precautions"
IMIDS = ("lenalidomide", "thalidomide")


@dataclass(frozen=True)
class Answered:
    """Accepted or declined; ``due`` puts an accepted test into the calendar."""

    accepted: bool
    reason: str = ""
    due: date | None = None

    @classmethod
    def from_plain(cls, value: Mapping[str, Any]) -> "Answered":
        return cls(
            value["accepted"], value["reason"], date.fromisoformat(value["due"]) if value["due"] else None
        )

    def as_plain(self) -> dict[str, Any]:
        return {
            "accepted": self.accepted,
            "reason": self.reason,
            "due": self.due.isoformat() if self.due else None,
        }


@dataclass(frozen=True)
class Action:
    """One proposed action. ``can_be_due``: it is a test that can go into the calendar."""

    advisory: AdvisoryShown
    can_be_due: bool


def proposed(decision: DecisionShown, chosen: Chosen | None) -> list[tuple[str, list[Action]]]:
    """What the decision proposes, by group; precautions for a class of drugs only where one is chosen."""
    by_id = {advisory.id: advisory for advisory in decision.advisories}
    if chosen is not None and not names_an_imid(chosen):
        by_id.pop(OF_IMIDS, None)
    groups = [
        (group.title, [Action(by_id[one], one in CALENDAR) for one in group.advisories if one in by_id])
        for group in GROUPS
    ]
    return [(title, actions) for title, actions in groups if actions]


def names_an_imid(chosen: Chosen) -> bool:
    words = " ".join([*chosen.options, chosen.name]).lower()
    return any(drug in words for drug in IMIDS)


def answers(value: Mapping[str, Any] | None) -> dict[str, Answered]:
    """The stored answers by advisory."""
    return {key: Answered.from_plain(one) for key, one in (value or {}).items()}


def unanswered(groups: Sequence[tuple[str, list[Action]]], given: Mapping[str, Answered]) -> list[str]:
    """The proposals nobody accepted or declined, in words."""
    return [
        action.advisory.text for _, actions in groups for action in actions if action.advisory.id not in given
    ]


def planned(
    groups: Sequence[tuple[str, list[Action]]], given: Mapping[str, Answered], *, on: date
) -> list[tuple[Proposal, PlannedItem]]:
    """The accepted tests with a day, for the calendar; two proposals of one test on one day are one item."""
    found: dict[tuple[str, date], tuple[Proposal, PlannedItem]] = {}
    for _, actions in groups:
        for action in actions:
            answer = given.get(action.advisory.id)
            if answer and answer.accepted and answer.due and answer.due >= on and action.can_be_due:
                _, title = CALENDAR[action.advisory.id]
                found.setdefault((title, answer.due), _examination(action.advisory, answer.due))
    return list(found.values())


def _examination(advisory: AdvisoryShown, due: date) -> tuple[Proposal, PlannedItem]:
    """A test on a day of its own: it counts from no event, and its window is that day."""
    kind, title = CALENDAR[advisory.id]
    proposal = Proposal(
        key=f"supportive.{advisory.id}",
        kind=kind,
        title=title,
        anchor="",
        anchored_on=due,
        month=0,
        earliest=due,
        due=due,
        latest=due,
        overdue_at_once=False,
        is_past=False,
        only_if="",
        sources=tuple(source.number for source in advisory.sources),
    )
    item = PlannedItem(kind=kind, title=title, anchor="", anchored_on=due, earliest=due, due=due, latest=due)
    return proposal, item
