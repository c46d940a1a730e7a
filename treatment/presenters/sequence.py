"""Planned treatments in words, for the review and for the plan to freeze."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from guideline.edition import Edition
from treatment import doses
from treatment.sequence import KINDS, Treatment


@dataclass(frozen=True)
class TreatmentShown:
    """One planned treatment.

    ``kind`` is empty where the name says it already; ``dose_check`` says how the dose stands to the content's
    range, or that there is none.
    """

    kind: str
    name: str
    start: str
    dose: str
    dose_check: str
    note: str


def treatments_shown(treatments: Sequence[Treatment], option: str, edition: Edition) -> list[TreatmentShown]:
    """``option`` is the first that was chosen: systemic treatment is held against its ranges."""
    return [_shown(one, option, edition) for one in treatments]


def _shown(treatment: Treatment, option: str, edition: Edition) -> TreatmentShown:
    found = doses.check(treatment, doses.setting_of(treatment, option), edition)
    meant = " It is meant." if found and found.word == "outside" and treatment.dose_meant else ""
    kind = KINDS[treatment.kind]
    day = date_format(treatment.start, "j M Y") if treatment.start else ""
    return TreatmentShown(
        kind="" if treatment.name.casefold() in kind.casefold() else kind,
        name=treatment.name,
        start=f"{day}, started before referral" if day and treatment.before_referral else day,
        dose=treatment.dose,
        dose_check=f"{found.sentence}{meant}" if found else "",
        note=treatment.note,
    )
