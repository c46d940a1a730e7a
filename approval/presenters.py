"""Versions of the content for their pages: what was said, what may come next, what they hold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Membership
from accounts.permissions import Permission
from approval.contents import Content, last_word
from approval.models import Adoption, Step, StepKind
from approval.reading import SECTIONS, Entry
from approval.standing import day

# The columns of the sections that read best as a table; what else an entry says stands under its name.
COLUMNS: dict[str, tuple[str, ...]] = {
    "thresholds": ("Value", "Permitted range", "In force since", "Evidence"),
    "register": ("In the rules", "Where", "Evidence"),
}
MARKS = {"submitted": "info", "approved": "success", "retired": "warning", "": "undetermined"}
STATES = {
    "": "Not submitted",
    "submitted": "Waiting for a second reviewer",
    "approved": "Approved",
    "retired": "Retired",
}


@dataclass(frozen=True)
class StepShown:
    word: str
    by: str
    where: str
    at: datetime
    comment: str


@dataclass(frozen=True)
class ContentShown:
    """A version in a row. ``adopted`` where its approval counts at the member's hospital."""

    key: str
    name: str
    published_on: date
    is_in_use: bool
    state: str
    mark: str
    said: str
    adopted: str


@dataclass(frozen=True)
class Doors:
    """What this person may do with the version now. ``why_not`` says why it is not an approval."""

    submit: bool
    approve: bool
    retire: bool
    remark: bool
    adopt: bool
    end: bool
    why_not: str

    @property
    def any_step(self) -> bool:
        return self.submit or self.approve or self.retire or self.remark

    @property
    def any_adoption(self) -> bool:
        return self.adopt or self.end


@dataclass(frozen=True)
class SectionShown:
    """A section in the list of contents; ``summary`` where it says something that can be counted."""

    key: str
    heading: str
    number: int
    summary: str


@dataclass(frozen=True)
class Row:
    """An entry in a table: its cells by column, and what else it says."""

    entry: Entry
    cells: list[tuple[str, str]]
    more: list[tuple[str, str]]


def content_shown(content: Content, steps: Sequence[Step], adoption: Adoption | None) -> ContentShown:
    last = last_word(steps)
    kind = last.kind if last else ""
    is_adopted = adoption is not None and last is not None and adoption.approval_id == last.pk
    return ContentShown(
        key=content.key,
        name=content.name,
        published_on=content.published_on,
        is_in_use=content.is_in_use,
        state=STATES[kind],
        mark=MARKS[kind],
        said=f"{StepKind(kind).label} by {last.made_by.full_name} on {day(last.made_at)}" if last else "",
        adopted=f"by {adoption.made_by.full_name} on {day(adoption.made_at)}"
        if is_adopted and adoption
        else "",
    )


def steps_shown(steps: Sequence[Step]) -> list[StepShown]:
    return [
        StepShown(
            StepKind(step.kind).label, step.made_by.full_name, step.hospital.name, step.made_at, step.comment
        )
        for step in steps
    ]


def doors(content: Content, adoption: Adoption | None, me: Membership) -> Doors:
    """What the page offers; the actions ask again."""
    last = content.last
    kind = last.kind if last else ""
    reviews = me.may(Permission.REVIEW_GUIDELINE)
    adopts = me.may(Permission.ADOPT_GUIDELINE)
    is_own = last is not None and last.made_by_id == me.user_id
    is_adopted = adoption is not None and last is not None and adoption.approval_id == last.pk
    waits = kind == StepKind.SUBMITTED
    return Doors(
        submit=reviews and content.is_in_use and kind in ("", StepKind.RETIRED),
        approve=reviews and waits and not is_own and content.is_in_use,
        retire=reviews and kind in (StepKind.SUBMITTED, StepKind.APPROVED),
        remark=reviews and content.version is not None,
        adopt=adopts and kind == StepKind.APPROVED and content.is_in_use and not is_adopted,
        end=adopts and is_adopted,
        why_not=_why_not(content, is_own=is_own) if reviews and waits else "",
    )


def _why_not(content: Content, *, is_own: bool) -> str:
    if not content.is_in_use:
        return "It cannot be approved: the content in use is another one."
    return "You submitted it, so somebody else has to approve it." if is_own else ""


def sections_shown(entries: Sequence[Entry]) -> list[SectionShown]:
    numbers = Counter(entry.section for entry in entries)
    return [
        SectionShown(key, heading, numbers[key], _summary(key, entries)) for key, heading in SECTIONS.items()
    ]


def _summary(section: str, entries: Sequence[Entry]) -> str:
    """For the register, how much of the article became rules."""
    if section != "register":
        return ""
    found = Counter(entry.part("In the rules") for entry in entries if entry.section == section)
    return ", ".join(f"{number} {word}" for word, number in found.most_common())


def superseded(entries: Sequence[Entry]) -> list[Entry]:
    """The thresholds that had another value before."""
    return [
        entry
        for entry in entries
        if entry.section == "thresholds"
        and any(part.label.startswith("Earlier value") for part in entry.parts)
    ]


def rows(section: str, entries: Sequence[Entry]) -> list[Row]:
    """The entries of a section that reads best as a table."""
    columns = COLUMNS[section]
    return [
        Row(
            entry,
            [(column, entry.part(column)) for column in columns],
            [(part.label, part.text) for part in entry.parts if part.label not in columns],
        )
        for entry in entries
    ]
