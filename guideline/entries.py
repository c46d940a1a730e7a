"""The shapes of the guideline's content: one frozen dataclass per kind of entry.

A clinician reviews the YAML files under ``content/``; these classes are what the files may say.
``key`` is the name of the entry in its file and is filled in by the loader.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

Confidence = Literal["A", "B", "C", "D"]
AnalyteGroup = Literal[
    "vegf", "clone", "blood", "chemistry", "endocrine", "heart", "lung", "cerebrospinal_fluid", "general"
]
ReviewStatus = Literal["submitted", "under_review", "approved", "retired"]
Anchor = Literal["line_start", "last_fraction", "transplant_day"]
SourceKind = Literal[
    "randomised_trial",
    "prospective_trial",
    "series",
    "case_report",
    "review",
    "expert_summary",
    "commercial_summary",
    "product_information",
    "instrument",
    "general_knowledge",
    "own_definition",
]


def _no_texts() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True)
class EditionHeader:
    """Which content this is and how far its review has come."""

    id: str
    version: str
    status: ReviewStatus
    published_on: date
    title: str
    note: str


@dataclass(frozen=True)
class Source:
    """Where a figure or a sentence comes from; ``participants`` is the n of the study."""

    key: str
    kind: SourceKind
    title: str
    published_in: str
    year: int | None = None
    participants: int | None = None
    population: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Superseded:
    """A value that was in force from ``since`` until the day before ``until``."""

    value: Decimal | int
    since: date
    until: date
    reason: str


@dataclass(frozen=True)
class Threshold:
    """A number the rules compare with: unit in UCUM (``1`` for a plain count), bounds inclusive."""

    key: str
    label: str
    value: Decimal | int
    unit: str
    permitted: tuple[Decimal | int, Decimal | int]
    since: date
    sources: tuple[str, ...]
    note: str | None = None
    superseded: tuple[Superseded, ...] = ()


@dataclass(frozen=True)
class CounterEvidence:
    """What speaks against a statement; printed under it, it changes no status."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Variant:
    """Another wording of a statement for another situation, with sources of its own if they differ."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """What a rule says. ``text`` and ``parts`` are templates with named ``{placeholders}``.

    ``parts`` are fragments a rule joins into the placeholder ``{reasons}``; ``absolute`` marks a
    contraindication that needs a free text and a second clinician to be overridden.
    """

    key: str
    text: str
    rule_in_words: str
    sources: tuple[str, ...]
    absolute: bool = False
    counter_evidence: tuple[CounterEvidence, ...] = ()
    parts: Mapping[str, str] = field(default_factory=_no_texts)
    variants: Mapping[str, Variant] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Phrase:
    """How one fact is said in a sentence: by value, by ``{value}``, or as not known."""

    key: str
    unknown: str
    values: Mapping[str, str] = field(default_factory=_no_texts)
    value: str | None = None


@dataclass(frozen=True)
class Scale:
    """A nerve scale: range, which direction is better, and the least change that counts."""

    key: str
    label: str
    better: Literal["lower", "higher"]
    minimum: Decimal | int
    maximum: Decimal | int
    change: Decimal | int
    change_in: Literal["points", "percent"]
    measures: Literal["disability", "impairment"]
    sources: tuple[str, ...]
    unit: str | None = None
    minimum_excluded: bool = False
    can_be_unable: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Instrument:
    """How a neurologic assessment asks for one measure; ``parts`` are its items by key, in our own words.

    The range of a nerve scale stands with the scale of the same key; ``minimum`` and ``maximum`` are for
    measures that no rule reads. ``grades`` are the points of a published grade, ``part_maximum`` the most
    points of one part, ``raw_maximum`` the most of a raw sum that is kept beside the value.
    """

    key: str
    label: str
    what: str
    sources: tuple[str, ...]
    unit: str | None = None
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    whole: bool = False
    can_be_unable: bool = False
    versions: tuple[str, ...] = ()
    device: str | None = None
    parts: Mapping[str, str] = field(default_factory=_no_texts)
    grades: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: MappingProxyType({}))
    part_maximum: int | None = None
    raw_maximum: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class LoincCode:
    """A LOINC code and how sure it is that it means this analyte.

    ``confidence``: A official artefact, B two or more independent sources, C one, D unconfirmed: never
    leaves the house without a look into a terminology. ``units``: the code is of results in these (none: of
    all), as LOINC has one code for a mass and another for an amount of substance.
    """

    code: str
    confidence: Confidence
    name: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Analyte:
    """What a clinic measures: its own UCUM unit and the factor of every unit that converts to it.

    ``kept_units`` are accepted as they are: no rule compares them with a number of ours, and turning
    them into the analyte's own unit would need a molar mass, a curve or an assay. ``unit_in_name``: the
    name states the unit, so a result without one is not ambiguous. ``specimens`` it is measured in, the
    usual one first (none: no laboratory value). Outside of ``plausible``, in its own unit and inclusive, an
    entry form asks before it saves; ``plausible_kept`` is the same for units that are kept. ``precision`` is
    the finest step that laboratories print in the own unit. ``loinc`` empty: no code is known.
    """

    key: str
    label: str
    group: AnalyteGroup
    sources: tuple[str, ...]
    reads: Literal["quantity", "yes_no", "text"] = "quantity"
    unit: str | None = None
    factors: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    kept_units: tuple[str, ...] = ()
    unit_in_name: bool = False
    specimens: tuple[str, ...] = ()
    plausible: tuple[Decimal | int, Decimal | int] | None = None
    plausible_kept: Mapping[str, tuple[Decimal | int, Decimal | int]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    precision: Literal["whole", "tenths", "hundredths", "thousandths"] | None = None
    loinc: tuple[LoincCode, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Offset:
    """A distance from an anchor event: whole calendar months, then days (negative: before)."""

    months: int
    days: int = 0


@dataclass(frozen=True)
class ScheduleItem:
    """One follow-up examination: ``month`` after the schedule's anchor, with its window."""

    key: str
    kind: str
    label: str
    month: int
    earliest: Offset
    due: Offset
    latest: Offset
    only_if: str | None = None
    anchor: Anchor = "line_start"
    overdue_at_once: bool = False
    repeats_every_months: int | None = None
    repeats_until_month: int | None = None


@dataclass(frozen=True)
class Schedule:
    """A follow-up schedule that a plan may adopt as a whole; every item counts from its ``anchor`` event.

    In the file ``own_items`` stand apart from the ``items`` that schedules share; once read, ``items``
    are both, each with the anchor of its schedule.
    """

    key: str
    label: str
    anchor: Anchor
    suits: tuple[str, ...]
    synthesis: bool
    note: str
    sources: tuple[str, ...]
    items: tuple[ScheduleItem, ...]
    own_items: tuple[ScheduleItem, ...] = ()

    def __post_init__(self) -> None:
        anchored = tuple(replace(item, anchor=self.anchor) for item in (*self.own_items, *self.items))
        object.__setattr__(self, "items", anchored)


@dataclass(frozen=True)
class Validity:
    """How long an older value of these facts may still enter a case.

    ``days`` null: never carried over, unless ``ages`` is false: then a value stands until it is changed.
    """

    key: str
    label: str
    facts: tuple[str, ...]
    days: int | None
    not_older_than_progression: bool
    sources: tuple[str, ...]
    ages: bool = True
    note: str | None = None


@dataclass(frozen=True)
class Drug:
    """A drug and how often it causes a neuropathy of its own."""

    key: str
    label: str
    neurotoxicity: Literal["high", "low", "not_known"]
    teratogenic: bool
    aliases: tuple[str, ...]
    sources: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True)
class Dose:
    """A dose that was read in a publication: shown for information, never a prescription."""

    key: str
    label: str
    text: str
    setting: str
    sources: tuple[str, ...]
    low: Decimal | int | None = None
    high: Decimal | int | None = None
    unit: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class RegisterEntry:
    """One recommendation of the commissioning article and what became of it."""

    key: str
    says: str
    encoded: Literal["encoded", "partly", "left_to_judgement"]
    where: tuple[str, ...]
    sources: tuple[str, ...]
    note: str | None = None
