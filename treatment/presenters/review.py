"""What is shown before signing and kept after it: facts with their origin, dates, changes of the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from monitoring.follow_ups.schedule import PlannedItem
from treatment.answering import Answering
from treatment.presenters.evidence import FactShown, fact_shown
from treatment.presenters.questions import origin_in_words
from treatment.queries import DraftContents
from treatment.schedule import AFTER, ANCHORS, Proposal
from treatment.wizard.steps import FROM_IDENTITY, STEPS
from treatment.words import NOT_KNOWN

# Days of one examination that are written out; a schedule of ten years has many.
FIRST_DAYS = 4


@dataclass(frozen=True)
class KnownFact:
    """A fact of the case; ``origin`` says where it comes from when it was taken over from the record."""

    fact: FactShown
    is_known: bool
    origin: str


@dataclass(frozen=True)
class FactGroup:
    title: str
    facts: list[KnownFact]
    has_known: bool


@dataclass(frozen=True)
class FollowUpShown:
    title: str
    month: int
    after: str
    anchor: str
    anchored_on: str
    earliest: str
    due: str
    latest: str
    sources: str
    kind: str = ""
    responsible: str = ""


@dataclass(frozen=True)
class ExaminationShown:
    """One kind of examination with all its days; ``first`` and ``more`` of them for reading at a glance."""

    title: str
    due: list[str]

    @property
    def first(self) -> list[str]:
        return self.due[:FIRST_DAYS] if self.more else self.due

    @property
    def more(self) -> int:
        """How many days there are beyond the first; a single one is rather written out."""
        beyond = len(self.due) - FIRST_DAYS
        return beyond if beyond > 1 else 0

    @property
    def last(self) -> str:
        return self.due[-1]


def facts_shown(contents: DraftContents) -> list[FactGroup]:
    """Every question that matters, by section, known or not; age and sex first."""
    groups = [_group("Patient", [_from_identity(path, contents) for path in FROM_IDENTITY])]
    for step in STEPS:
        for section in step.sections:
            if section.matters(contents.facts):
                facts = [_answered(question, contents) for question in section.questions]
                groups.append(_group(section.title or step.title, facts))
    return groups


def unknowns(groups: Sequence[FactGroup]) -> list[FactShown]:
    """The facts nobody knows, in the order of the wizard."""
    return [known.fact for group in groups for known in group.facts if not known.is_known]


def follow_ups_shown(
    planned: Sequence[tuple[Proposal, PlannedItem]], answering: Answering
) -> list[FollowUpShown]:
    """The examinations to come with their dates and who answers for them, in words."""
    return [
        FollowUpShown(
            title=item.title,
            month=proposal.month,
            after=AFTER.get(item.anchor, ""),
            anchor=ANCHORS.get(item.anchor, "Supportive care"),
            anchored_on=_day(item.anchored_on),
            earliest=_day(item.earliest),
            due=_day(item.due),
            latest=_day(item.latest),
            sources=", ".join(proposal.sources),
            kind=item.kind,
            responsible=answering.person(str(item.responsible_id)).full_name,
        )
        for proposal, item in planned
    ]


def by_examination(follow_ups: Sequence[Mapping[str, Any]]) -> list[ExaminationShown]:
    """The days of each examination, in the order in which they first come. Takes them as plain data."""
    days: dict[str, list[str]] = {}
    for item in follow_ups:
        days.setdefault(item["title"], []).append(item["due"])
    return [ExaminationShown(title, due) for title, due in days.items()]


def _group(title: str, facts: list[KnownFact]) -> FactGroup:
    return FactGroup(title, facts, any(known.is_known for known in facts))


def _from_identity(path: str, contents: DraftContents) -> KnownFact:
    value = contents.facts.get(path)
    origin = "identity" if value is not None else ""
    if path == "patient.age_years" and value is None:
        origin = f"born {contents.draft.patient.born}, nothing nearer is known"
    return KnownFact(fact_shown(path, value), value is not None, origin)


def _answered(question: str, contents: DraftContents) -> KnownFact:
    answer = contents.answers.get(question)
    shown = fact_shown(question, answer.value if answer else None)
    if answer is None:
        shown = FactShown(shown.path, shown.label, f"{NOT_KNOWN} (not answered)", shown.step, shown.field)
    origin = origin_in_words(answer) if answer else ""
    counts = answer is not None and answer.value is not None and question not in contents.lapsed
    return KnownFact(shown, counts, origin)


def _day(day: Any) -> str:
    return date_format(day, "j M Y")
