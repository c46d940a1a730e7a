"""What the treatments given say about the course: how long since radiation, whether it helped, induction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format

from guideline.course.clocks import months_after, whole_months
from guideline.course.definitions import Definitions
from guideline.edition import Edition
from patients.models import RadiationIntent, StopReason, TreatmentKind
from patients.partial_dates import PartialDate
from patients.queries import RecordedFact, TreatmentGiven
from patients.queries.prior import SOURCE
from patients.regimens import REGIMENS
from treatment.known import Known

MONTHS = "radiation.months_since_last_fraction"
STABILIZED = "radiation.stabilized"


def given(treatments: Sequence[TreatmentGiven], edition: Edition, *, on: date) -> Known:
    """What ``treatments`` (by first day) say on the day ``on``. What is not recorded says nothing."""
    facts: dict[str, RecordedFact] = {}
    beside: dict[str, list[str]] = defaultdict(list)
    begun = [one for one in treatments if one.started_on <= on]
    beside["line"] = [_in_words(one) for one in begun if one.starts_lines] or [
        "The record holds no treatment of the disease."
    ]
    _radiation([one for one in begun if _definitive(one)], facts, beside, edition, on=on)
    if completed := _induction(begun, on=on):
        facts["induction.completed"] = completed
    for one in begun:
        option = "asct" if one.kind == TreatmentKind.ASCT else _option(one)
        if option:
            beside[f"prior.{option}"].append(_in_words(one))
    return Known(facts, dict(beside))


def _definitive(one: TreatmentGiven) -> bool:
    return one.kind == TreatmentKind.RADIATION and one.intent != RadiationIntent.ADJUNCT


def _radiation(
    radiations: Sequence[TreatmentGiven],
    facts: dict[str, RecordedFact],
    beside: dict[str, list[str]],
    edition: Edition,
    *,
    on: date,
) -> None:
    if not radiations:
        return
    unfinished = [one for one in radiations if one.ended_on is None or one.ended_on > on]
    if unfinished:
        beside[MONTHS].append(f"{_in_words(unfinished[-1])} No last fraction is recorded up to today.")
        return
    last = max(radiations, key=lambda one: one.ended_on or one.started_on)
    ended = PartialDate(last.ended_on or last.started_on, last.ended_precision)
    most, least = whole_months(ended.first, on), whole_months(min(ended.last, on), on)
    if most == least:
        facts[MONTHS] = RecordedFact(most, on, f"whole months since the last fraction, {ended}")
    else:
        beside[MONTHS].append(f"Last fraction {ended}: {least} to {most} whole months ago.")
    _stability(last, ended, facts, beside, edition)


def _stability(
    last: TreatmentGiven,
    ended: PartialDate,
    facts: dict[str, RecordedFact],
    beside: dict[str, list[str]],
    edition: Edition,
) -> None:
    """A *yes* counts only from the day on which stability may be judged; a *no* always."""
    if last.stabilized is None:
        return
    months = Definitions(edition).whole("stability_from_months")
    judged_from = months_after(ended.last, months)
    if last.stabilized and (last.stabilized_on is None or last.stabilized_on < judged_from):
        judged = f"on {_day(last.stabilized_on)}" if last.stabilized_on else "on a day that is not recorded"
        beside[STABILIZED].append(
            f"Recorded as stabilized {judged}; that counts only from {_day(judged_from)} on, "
            f"{months} months after the last fraction."
        )
    else:
        on = last.stabilized_on or ended.first
        facts[STABILIZED] = RecordedFact(last.stabilized, on, SOURCE)


def _induction(begun: Sequence[TreatmentGiven], *, on: date) -> RecordedFact | None:
    """Systemic treatment that was completed, if no other and no transplantation followed it."""
    lines = [one for one in begun if one.kind in (TreatmentKind.SYSTEMIC, TreatmentKind.ASCT)]
    if not lines or lines[-1].kind == TreatmentKind.ASCT:
        return None
    last = lines[-1]
    if last.stop_reason != StopReason.COMPLETED or last.ended_on is None or last.ended_on > on:
        return None
    return RecordedFact(value=True, on=last.ended_on, source=SOURCE)


def _option(one: TreatmentGiven) -> str:
    regimen = REGIMENS.get(one.regimen)
    return regimen.option if regimen else ""


def _in_words(one: TreatmentGiven) -> str:
    """``Lenalidomide-dexamethasone, 10 Jan 2025 to 10 Jun 2025, stopped: toxicity.``"""
    until = f"{one.started} to {one.ended}" if one.ended_on else f"since {one.started}"
    stopped = f", stopped: {one.stop_reason_label.lower()}" if one.stop_reason else ""
    return f"{one.name}, {until}{stopped}."


def _day(day: date) -> str:
    return date_format(day, "j M Y")
