"""Reads for reminders: which lines are true on a day, and which digests wait."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db.models import Count, Min, Q

from accounts.models import Hospital, Membership, User
from monitoring.alerts.waiting import waiting_alerts
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.queries import awaited_until, due_on
from monitoring.follow_ups.schedule import PlannedItem
from monitoring.follow_ups.stages import timing_of
from monitoring.reminders.lines import LINE_COLUMNS, Line, line_of
from monitoring.reminders.local_hours import mails_go_out
from monitoring.reminders.matters import (
    Coming,
    ComingAlert,
    ComingFollowUp,
    Matter,
    alert_timing_of,
    matter_of,
)
from monitoring.reminders.models import Attempt, Digest, DigestLine, Pause
from monitoring.reminders.outlook import HORIZON, ExpectedMail, by_mail, expected
from monitoring.reminders.recipients import able_people, recipients_in, unreachable_people
from patients.models import Patient

LOG_SIZE = 200
TO_COME_SIZE = 500


@dataclass(frozen=True)
class TrueLines:
    """What is true on a day. ``nobodys`` counts items that reach no clinician; the admins are told those."""

    lines: tuple[Line, ...]
    nobodys: int


def lines_on(hospital: Hospital, day: date, *, among: Iterable[Line] | None = None) -> TrueLines:
    """Every line that is true on ``day``, told or not, or those about what the lines ``among`` are about."""
    matters = _matters_on(hospital, day, among)
    recipients = recipients_in(hospital, (matter.patient_id for matter in matters), on=day)
    lines: list[Line] = []
    nobodys = 0
    for matter in matters:
        told = recipients.of(matter, on=day)
        nobodys += told.unreached
        lines += [line_of(matter, stage, person) for stage, person in told.people]
    return TrueLines(tuple(lines), nobodys)


def _matters_on(hospital: Hospital, day: date, among: Iterable[Line] | None) -> list[Matter]:
    follow_ups, steps = (None, None) if among is None else _abouts(among)
    items = due_on(hospital, day, among=follow_ups)
    timing = alert_timing_of(hospital)
    alerts = (ComingAlert(alert, timing).on(day) for alert in waiting_alerts(hospital, among=steps))
    return [
        *(matter_of(item.follow_up, item.stages) for item in items),
        *(alert for alert in alerts if alert is not None),
    ]


def _abouts(lines: Iterable[Line]) -> tuple[set[UUID], set[int]]:
    """The follow-ups and the steps of alerts that the lines are about."""
    lines = list(lines)
    return (
        {line.follow_up_id for line in lines if line.follow_up_id is not None},
        {line.alert_step_id for line in lines if line.alert_step_id is not None},
    )


def told_already(hospital_id: UUID, lines: Iterable[Line]) -> set[Line]:
    """The lines about the same things that stand in some digest, sent or waiting."""
    return told_lines(hospital_id, *_abouts(lines))


def told_lines(hospital_id: UUID, follow_ups: Collection[UUID], steps: Collection[int]) -> set[Line]:
    """The lines about these follow-ups and steps of alerts that stand in some digest, sent or waiting."""
    rows = DigestLine.objects.filter(hospital_id=hospital_id)
    rows = rows.filter(Q(follow_up_id__in=follow_ups) | Q(alert_step_id__in=steps))
    return {Line(*row) for row in rows.values_list(*LINE_COLUMNS)}


def to_come(hospital: Hospital, first: date, last: date | None = None) -> list[ExpectedMail]:
    """The digests of the hospital from ``first`` to ``last`` (HORIZON later) if nothing changed; for jobs.

    Needs a transaction in the hospital's scope (accounts.scope).
    """
    timing, of_alerts = timing_of(hospital), alert_timing_of(hospital)
    last = last or first + HORIZON
    items, alerts = list(awaited_until(hospital, last + timing.soon)), waiting_alerts(hospital)
    coming: list[Coming] = [
        *(ComingFollowUp(item, timing) for item in items),
        *(ComingAlert(alert, of_alerts) for alert in alerts),
    ]
    told = told_lines(hospital.pk, {item.pk for item in items}, {alert.step_id for alert in alerts})
    patient_ids = {one.patient_id for one in (*items, *alerts)}
    return _mails(hospital, coming, patient_ids, (first, last), told)


def to_come_of_plan(
    *, patient: Patient, items: Sequence[PlannedItem], responsible: User, hospital: Hospital, first: date
) -> list[ExpectedMail]:
    """The digests that items which are not scheduled yet will bring: who, when, why; for a preview.

    ``responsible`` is who will answer for what names nobody itself.
    """
    unsaved = [
        FollowUp(
            patient=patient,
            title=item.title,
            kind=item.kind,
            earliest=item.earliest,
            due=item.due,
            latest=item.latest,
            overdue_at_once=item.overdue_at_once,
            responsible_id=item.responsible_id or responsible.pk,
            deputy_id=item.deputy_id,
        )
        for item in items
        if item.latest >= first
    ]
    timing = timing_of(hospital)
    coming = [ComingFollowUp(item, timing) for item in unsaved]
    return _mails(hospital, coming, {patient.pk}, (first, first + HORIZON))


def _mails(
    hospital: Hospital,
    coming: Sequence[Coming],
    patient_ids: Iterable[UUID],
    days: tuple[date, date],
    told: Collection[Line] = (),
) -> list[ExpectedMail]:
    first, last = days
    lines = expected(
        coming,
        recipients=recipients_in(hospital, patient_ids, on=first),
        first=first,
        last=last,
        goes_out=partial(mails_go_out, hospital),
        told=told,
    )
    people = User.objects.filter(pk__in={line.person_id for line in lines})
    return by_mail(lines, dict(people.values_list("pk", "full_name")))


def log_of(member: Membership) -> list[Digest]:
    """The newest digests of the member's hospital, whatever became of them."""
    digests = Digest.objects.in_hospital(member.hospital_id).select_related("recipient")
    return list(digests.order_by("-local_date", "-created_at", "pk")[:LOG_SIZE])


def attempts_of(digests: Collection[Digest]) -> dict[UUID, list[Attempt]]:
    """By digest, every try to send it, oldest first."""
    tries: dict[UUID, list[Attempt]] = {}
    for one in Attempt.objects.filter(digest__in=digests).order_by("at", "pk"):
        tries.setdefault(one.digest_id, []).append(one)
    return tries


def people_whose_mails_came_back(hospital_id: UUID) -> list[User]:
    """Those who are passed over until an admin trusts their address again, by name."""
    return list(User.objects.filter(pk__in=unreachable_people(hospital_id)).order_by("full_name", "pk"))


def pause_of(member: Membership, *, on: date) -> Pause | None:
    """The member's own pause that is not over on ``on``."""
    standing = Pause.objects.filter(hospital=member.hospital_id, user=member.user_id, ended_at=None)
    return standing.filter(last_on__gte=on).select_related("cover").first()


@dataclass(frozen=True)
class Backlog:
    """What of a hospital's mails needs a look. ``nobodys`` are items that reach no clinician.

    ``lead_is_reached``: the lead clinician may still act here and mails reach them.
    """

    waiting: int
    oldest: datetime | None
    put_off: int
    refused_today: int
    nobodys: int
    unreachable: int
    has_lead: bool
    lead_is_reached: bool


def backlog_of(hospital: Hospital, *, now: datetime) -> Backlog:
    """As of ``now``. Needs a transaction in the hospital's scope (accounts.scope)."""
    today = local_day(hospital, now)
    digests = Digest.objects.in_hospital(hospital.pk)
    counts = digests.open().aggregate(
        waiting=Count("pk"), oldest=Min("created_at"), put_off=Count("pk", filter=Q(attempts__gt=0))
    )
    return Backlog(
        **counts,
        refused_today=digests.refused().filter(local_date=today).count(),
        nobodys=lines_on(hospital, today).nobodys,
        unreachable=len(unreachable_people(hospital.pk)),
        has_lead=hospital.lead_clinician_id is not None,
        lead_is_reached=hospital.lead_clinician_id in able_people(hospital),
    )


def waiting(hospital_id: UUID, now: datetime) -> list[UUID]:
    """The digests that should be sent now."""
    return list(
        Digest.objects.in_hospital(hospital_id)
        .free(now)
        .order_by("created_at", "pk")
        .values_list("pk", flat=True)
    )
