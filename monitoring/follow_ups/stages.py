"""How pressing an open item is on a given day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from accounts.models import Hospital
from monitoring.follow_ups.models import FollowUp, State

ONE_DAY = timedelta(days=1)


class Stage(models.TextChoices):
    """In the order of how pressing they are.

    The deputy's and the lead's do not replace *overdue*, they come on top: whoever should have been told
    earlier and was not (the system stood still) is still told. *To look at* and the urgent ones are an
    alert's, the others a follow-up's. *Nobody* is no stage but what the admins are told about an item that
    reaches no clinician.
    """

    SOON = "soon", "Coming up"
    ALERT = "alert", "To look at"
    DUE = "due", "Due"
    OVERDUE = "overdue", "Overdue"
    DEPUTY = "deputy", "Overdue, for the deputy"
    LEAD = "lead", "Overdue, for the lead"
    URGENT = "urgent", "Urgent"
    URGENT_DEPUTY = "urgent_deputy", "Urgent, for the deputy"
    URGENT_LEAD = "urgent_lead", "Urgent, for the lead"
    NOBODY = "nobody", "Without anybody to tell"


URGENT = frozenset({Stage.URGENT, Stage.URGENT_DEPUTY, Stage.URGENT_LEAD})


@dataclass(frozen=True)
class Timing:
    """The hospital's choice of how early and how late people are told."""

    soon: timedelta = timedelta(days=14)
    overdue: timedelta = timedelta(days=7)
    deputy: timedelta = timedelta(days=21)
    lead: timedelta = timedelta(days=42)


DEFAULT_TIMING = Timing()


def timing_of(hospital: Hospital) -> Timing:
    return Timing(
        soon=timedelta(days=hospital.remind_soon_days),
        overdue=timedelta(days=hospital.remind_overdue_days),
        deputy=timedelta(days=hospital.remind_deputy_days),
        lead=timedelta(days=hospital.remind_lead_days),
    )


def overdue_from(item: FollowUp, timing: Timing = DEFAULT_TIMING) -> date:
    """The first day on which the item counts as overdue."""
    return item.latest + (ONE_DAY if item.overdue_at_once else timing.overdue)


def stage_on(item: FollowUp, day: date, timing: Timing = DEFAULT_TIMING) -> Stage | None:
    """The item's stage on ``day``; None while it is far off or when it is not open any more."""
    return next(iter(stages_on(item, day, timing)), None)


def stages_on(item: FollowUp, day: date, timing: Timing = DEFAULT_TIMING) -> tuple[Stage, ...]:
    """The stage of ``stage_on`` and, of an overdue item, those at which more people are told."""
    if item.state != State.PLANNED:
        return ()
    if day >= overdue_from(item, timing):
        further = ((Stage.DEPUTY, timing.deputy), (Stage.LEAD, timing.lead))
        return (Stage.OVERDUE, *(stage for stage, days in further if day >= item.latest + days))
    if day >= item.due:
        return (Stage.DUE,)
    if day >= item.due - timing.soon:
        return (Stage.SOON,)
    return ()
