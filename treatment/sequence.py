"""The treatments a plan holds, in the order entered: the draft's answer to the question ``sequence``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from treatment.choice import STEP_AFTER, Chosen, label_of

QUESTION = "sequence"

KINDS: Mapping[str, str] = {
    "systemic": "Systemic treatment",
    "mobilization": "Mobilization and collection of stem cells",
    "asct": "Autologous stem cell transplantation",
    "radiation": "Radiation",
    "adjunct_radiation": "Adjunct radiation",
    "supportive": "Supportive treatment",
    "watch": "Observation",
    "other": "Other",
}
# What comes before what; kinds that are not here may come at any time.
ORDER = ("systemic", "mobilization", "asct")
RADIATION = ("radiation", "adjunct_radiation")


@dataclass(frozen=True)
class Treatment:
    """One planned treatment. ``start`` None: no day yet. ``dose`` and ``note`` are as typed.

    ``before_referral``: it was begun before, so its day may lie in the past. ``dose_meant``: asked about a
    dose outside the content's range, the clinician said that it is meant.
    """

    kind: str
    name: str
    start: date | None = None
    dose: str = ""
    note: str = ""
    before_referral: bool = False
    dose_meant: bool = False

    @classmethod
    def from_plain(cls, value: Mapping[str, Any]) -> "Treatment":
        return cls(
            kind=value["kind"],
            name=value["name"],
            start=date.fromisoformat(value["start"]) if value["start"] else None,
            dose=value["dose"],
            note=value["note"],
            before_referral=value.get("before_referral", False),
            dose_meant=value.get("dose_meant", False),
        )

    def as_plain(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name,
            "start": self.start.isoformat() if self.start else None,
            "dose": self.dose,
            "note": self.note,
            "before_referral": self.before_referral,
            "dose_meant": self.dose_meant,
        }


def stored(value: Sequence[Mapping[str, Any]] | None) -> list[Treatment] | None:
    """From the stored answer; None while nothing is stored, empty where nothing is planned."""
    return None if value is None else [Treatment.from_plain(one) for one in value]


def proposed(chosen: Chosen | None) -> list[Treatment]:
    """A row for each part of the choice, with names and without days and doses."""
    if chosen is None:
        return []
    began = chosen.reason == "started_before_referral"
    return [replace(one, before_referral=began) for one in _parts(chosen)]


def _parts(chosen: Chosen) -> Iterator[Treatment]:
    for option in chosen.options:
        label = label_of(option, chosen.name)
        if option == "radiation":
            yield Treatment("radiation", "Radiation")
            yield Treatment("watch", "Observation after radiation")
        elif option == STEP_AFTER:
            yield Treatment("mobilization", "Mobilization and collection")
            yield Treatment("asct", label)
        elif option == "no_treatment":
            yield Treatment("watch", "Observation")
        else:
            yield Treatment("systemic", chosen.name or label)
    if chosen.adjunct_radiation:
        yield Treatment("adjunct_radiation", "Adjunct radiation")


def out_of_order(treatments: Sequence[Treatment]) -> dict[int, str]:
    """By place, what comes too early: mobilization before systemic treatment, transplantation before both."""
    dated = [
        (place, one) for place, one in enumerate(treatments) if one.start is not None and one.kind in ORDER
    ]
    dated.sort(key=lambda pair: (ORDER.index(pair[1].kind), pair[1].start))
    wrong: dict[int, str] = {}
    for kind_before, kind in pairwise(ORDER):
        before = [one.start for _, one in dated if one.kind == kind_before and one.start]
        for place, one in dated:
            if one.kind == kind and before and one.start and one.start < min(before):
                wrong[place] = f"{KINDS[kind]} cannot begin before {KINDS[kind_before].lower()}."
    return wrong


def first_day(treatments: Sequence[Treatment] | None, kind: str) -> date | None:
    """The first planned day of a kind."""
    return min((one.start for one in treatments or () if one.kind == kind and one.start), default=None)
