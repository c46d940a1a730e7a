"""A content by its key: the one in use, read from the files, or one that was kept with its submission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from approval.models import Step, StepKind, Version
from approval.queries import kept, last_kept_before
from approval.reading import Entry, entries_of, from_plain
from guideline import ENGINE_VERSION
from guideline.edition import Edition, load_edition

IN_USE = "in-use"


@dataclass(frozen=True)
class Content:
    """What a reviewer reads. ``edition`` is null where its files are gone, ``version`` until it is kept."""

    edition: Edition | None
    version: Version | None

    @property
    def key(self) -> str:
        return IN_USE if self.version is None else str(self.version.pk)

    @property
    def name(self) -> str:
        return self.version.name if self.version else self._shipped.version

    @property
    def title(self) -> str:
        return self.version.title if self.version else self._shipped.header.title

    @property
    def note(self) -> str:
        return self.version.note if self.version else self._shipped.header.note

    @property
    def published_on(self) -> date:
        return self.version.published_on if self.version else self._shipped.header.published_on

    @property
    def digest(self) -> str:
        return self.version.digest if self.version else self._shipped.digest

    @property
    def is_in_use(self) -> bool:
        return self.edition is not None

    @cached_property
    def entries(self) -> list[Entry]:
        """Every word of it."""
        if self.version is not None:
            return from_plain(self.version.words)
        before = last_kept_before(self._shipped)
        return entries_of(self._shipped, from_plain(before.words) if before else ())

    @cached_property
    def steps(self) -> list[Step]:
        """What was said of it, oldest first."""
        if self.version is None:
            return []
        return list(self.version.steps.select_related("made_by", "hospital").order_by("number"))

    @property
    def last(self) -> Step | None:
        """The last word on it, remarks apart."""
        return last_word(self.steps)

    @property
    def _shipped(self) -> Edition:
        if self.edition is None:
            raise ValueError("A content is in use or kept.")
        return self.edition


def last_word(steps: Sequence[Step]) -> Step | None:
    """The newest step that is no remark; ``steps`` are oldest first."""
    return next((step for step in reversed(steps) if step.kind != StepKind.REMARKED), None)


def in_use() -> Content:
    edition = load_edition()
    return Content(edition, kept(edition))


def find(key: str) -> Content | None:
    """The content of an address; None where there is no such thing."""
    if key == IN_USE:
        return in_use()
    try:
        version = Version.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return None
    if version is None:
        return None
    edition = load_edition()
    is_in_use = (version.digest, version.engine) == (edition.digest, ENGINE_VERSION)
    return Content(edition if is_in_use else None, version)


def all_contents() -> list[Content]:
    """The content in use first, then every other that was kept, newest first; without their words."""
    current = in_use()
    others = Version.objects.all()
    if current.version is not None:
        others = others.exclude(pk=current.version.pk)
    return [current, *(Content(None, version) for version in others.defer("words").order_by("-kept_at"))]
