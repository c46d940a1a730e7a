"""From the treatments a draft plans, its answer to ``sequence``, to what is written into the record."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from patients.actions.planned import ToGive

QUESTION = "sequence"
LONGEST_NAME = 200
# What each kind is recorded as when it is given; observation is none, of another the kind is asked then.
RECORDED_AS: Mapping[str, str] = {
    "systemic": "systemic",
    "mobilization": "mobilization",
    "asct": "asct",
    "radiation": "radiation",
    "adjunct_radiation": "radiation",
    "supportive": "supportive",
}
NOT_GIVEN = "watch"


def to_give(sequence: Sequence[Mapping[str, Any]] | None) -> list[ToGive]:
    """The treatments to come in their order; empty while none were entered."""
    return [
        ToGive(
            kind=RECORDED_AS.get(one["kind"], ""),
            name=one["name"][:LONGEST_NAME],
            start=date.fromisoformat(one["start"]) if one["start"] else None,
            dose=one["dose"],
            note=one["note"],
        )
        for one in sequence or ()
        if one["kind"] != NOT_GIVEN
    ]
