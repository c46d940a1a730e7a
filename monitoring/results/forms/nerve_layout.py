"""How the form of a neurologic assessment is laid out: its fields by section and row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.forms import BoundField

from guideline.nerve_kit import limits_of
from monitoring.results.forms.nerve import NerveForm
from monitoring.results.forms.nerve_fields import ARM_QUESTIONS, LEG_QUESTIONS
from monitoring.results.nerve_values import CMAP, SIDES, TOTALS, computed_total


@dataclass(frozen=True)
class ScoreRow:
    """One total; ``raw`` where a raw sum is kept, ``last`` "" without a value before."""

    label: str
    what: str
    range: str
    field: BoundField
    version: BoundField
    raw: BoundField | None
    computed: int | None
    last: str


@dataclass(frozen=True)
class SidedRow:
    """One muscle group or nerve, right and left."""

    label: str
    right: BoundField
    left: BoundField


@dataclass(frozen=True)
class NerveLayout:
    scores: tuple[ScoreRow, ...]
    tasks: tuple[BoundField, ...]
    arms: tuple[BoundField, ...]
    legs: tuple[BoundField, ...]
    muscles: tuple[SidedRow, ...]
    nerves: tuple[SidedRow, ...]
    onls_open: bool
    muscles_open: bool
    nerves_open: bool


def layout_of(form: NerveForm, last: Mapping[str, str]) -> NerveLayout:
    """The fields of ``form`` in their places; ``last`` are the values before, in words, by analyte."""
    instruments = form.edition.instruments
    tasks = tuple(form[f"onls_{part}"] for part in instruments["onls"].parts)
    arms = tuple(form[key] for key in ARM_QUESTIONS)
    legs = tuple(form[key] for key in LEG_QUESTIONS)
    muscles = _sided(form, "mrc", instruments["mrc_sum"].parts)
    nerves = _sided(form, "cmap", instruments[CMAP].parts)
    return NerveLayout(
        scores=tuple(_score(form, key, last.get(key, "")) for key in TOTALS),
        tasks=tasks,
        arms=arms,
        legs=legs,
        muscles=muscles,
        nerves=nerves,
        onls_open=_touched((*tasks, *arms, *legs)),
        muscles_open=_touched(field for row in muscles for field in (row.right, row.left)),
        nerves_open=_touched(field for row in nerves for field in (row.right, row.left)),
    )


def _score(form: NerveForm, key: str, last: str) -> ScoreRow:
    instrument = form.edition.instruments[key]
    limits = limits_of(instrument, form.edition.scales)
    return ScoreRow(
        label=instrument.label,
        what=instrument.what,
        range=f"{limits.minimum} to {limits.maximum}",
        field=form[key],
        version=form[f"{key}_version"],
        raw=form[f"{key}_raw"] if instrument.raw_maximum is not None else None,
        computed=computed_total(key, form.answers or form.initial, form.edition),
        last=last,
    )


def _sided(form: NerveForm, stem: str, parts: Mapping[str, str]) -> tuple[SidedRow, ...]:
    right, left = SIDES
    return tuple(
        SidedRow(label, form[f"{stem}_{key}_{right}"], form[f"{stem}_{key}_{left}"])
        for key, label in parts.items()
    )


def _touched(fields: Iterable[BoundField]) -> bool:
    return any(field.errors or field.value() not in (None, "") for field in fields)
