"""The follow-up dates: which schedules, from which days, and each examination kept, moved or left out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from django.http import QueryDict

from monitoring.reminders.outlook import ExpectedMail
from monitoring.reminders.queries import to_come_of_plan
from treatment import choice, schedule, sequence
from treatment.actions import drafts
from treatment.choice import Chosen
from treatment.forms.follow_up import AnchorsForm, DatesForm, names_of
from treatment.schedule import AFTER, Proposal, Wishes
from treatment.views.desk import Desk
from treatment.views.versions import posted_version

YEARS_UNFOLDED = 1


def context(desk: Desk, anchors: AnchorsForm | None = None, dates: DatesForm | None = None) -> dict[str, Any]:
    wishes = wishes_of(desk)
    proposed = schedule.proposals(desk.edition, wishes, on=desk.today)
    dates = dates or DatesForm(proposed, wishes, desk.answering)
    return {
        "anchors_form": anchors or AnchorsForm(desk.edition, wishes, desk.answering),
        "mails": _mails(desk),
        "tests": [one for one, _ in desk.examinations if not one.anchor],
        "dates_form": dates,
        "years": _by_year([_row(one, dates) for one in proposed if not one.is_past]),
        "past": [one for one in proposed if one.is_past],
        "schedules": [desk.edition.schedules[key] for key in wishes.schedules],
        "follow_up_version": desk.contents.version_of(schedule.QUESTION),
    }


def save(desk: Desk, data: QueryDict) -> Callable[[Desk], dict[str, Any]] | None:
    """Write schedules, days and dates; what makes the page with the errors where they could not be written.

    A day to count from that moves proposes its dates anew. Raises StaleAnswerError.
    """
    before = wishes_of(desk)
    anchors = AnchorsForm(desk.edition, before, desk.answering, data)
    if not anchors.is_valid():
        return partial(context, anchors=anchors)
    chosen = tuple(anchors.cleaned_data["schedules"])
    if chosen != before.schedules or anchors.anchors != dict(before.anchors):
        _write(desk, data, _moved(before, chosen, anchors, desk))
        return None
    proposed = schedule.proposals(desk.edition, before, on=desk.today)
    dates = DatesForm(proposed, before, desk.answering, data)
    if not dates.is_valid():
        return partial(context, dates=dates)
    responsible = anchors.responsible | dates.responsible
    _write(desk, data, Wishes(chosen, anchors.anchors, dates.due, dates.left_out, responsible))
    return None


def wishes_of(desk: Desk) -> Wishes:
    """What is stored, or the schedules that suit the choice, without days."""
    stored = Wishes.from_plain(desk.contents.value_of(schedule.QUESTION))
    if stored is not None:
        known = tuple(key for key in stored.schedules if key in desk.edition.schedules)
        return replace(stored, schedules=known)
    chosen = Chosen.from_plain(desk.contents.value_of(choice.QUESTION))
    options = chosen.options if chosen else ()
    return Wishes(schedule.suiting(desk.edition, options), _planned_days(desk))


def _planned_days(desk: Desk) -> dict[str, date]:
    """The days that the planned treatments give already: they are not asked a second time."""
    treatments = sequence.stored(desk.contents.value_of(sequence.QUESTION))
    days = {
        "line_start": sequence.first_day(treatments, "systemic"),
        "transplant_day": sequence.first_day(treatments, "asct"),
    }
    return {anchor: day for anchor, day in days.items() if day is not None}


def _mails(desk: Desk) -> list[ExpectedMail]:
    """The reminders of the coming weeks if it is signed so; without stored dates, as proposed."""
    found = desk.examinations
    if desk.contents.value_of(schedule.QUESTION) is None:
        found = [*found, *schedule.planned(desk.edition, wishes_of(desk), on=desk.today)]
    return to_come_of_plan(
        patient=desk.patient,
        items=[item for _, item in found],
        responsible=desk.answering.default,
        hospital=desk.member.hospital,
        first=desk.today,
    )


def _moved(before: Wishes, chosen: tuple[str, ...], anchors: AnchorsForm, desk: Desk) -> Wishes:
    """The wishes with new schedules or days: dates that were set by hand fall where their anchor moved."""
    responsible = dict(before.responsible) | anchors.responsible
    after = Wishes(chosen, anchors.anchors, {}, before.left_out, responsible)
    kept = {
        one.key: before.due[one.key]
        for one in schedule.proposals(desk.edition, after, on=desk.today)
        if one.key in before.due and before.anchors.get(one.anchor) == one.anchored_on
    }
    return replace(after, due=kept)


def _write(desk: Desk, data: QueryDict, wishes: Wishes) -> None:
    drafts.answer_whole(
        draft=desk.draft,
        question=schedule.QUESTION,
        value=wishes.as_plain(),
        version=posted_version(data, "follow-up-version"),
        by=desk.member,
        now=desk.now,
    )


def _by_year(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]], bool]]:
    """The rows by calendar year of the proposed day; a year is unfolded if it is early or has an error."""
    years = [(year, list(found)) for year, found in groupby(rows, key=lambda row: row["proposal"].due.year)]
    return [
        (f"{year}", found, place < YEARS_UNFOLDED or any(row["due"].errors for row in found))
        for place, (year, found) in enumerate(years)
    ]


def _row(proposal: Proposal, dates: DatesForm) -> dict[str, Any]:
    keep, due = names_of(proposal)
    return {
        "proposal": proposal,
        "after": AFTER[proposal.anchor],
        "keep": dates[keep],
        "due": dates[due],
        "who": dates[f"who-{proposal.key}"],
    }
