"""How pressing an open item is on a given day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from monitoring.follow_ups.models import FollowUp, State

ONE_DAY = timedelta(days=1)


class Stage(models.TextChoices):
    """In the order in which an item passes through them."""

    SOON = "soon", "Coming up"
    DUE = "due", "Due"
    OVERDUE = "overdue", "Overdue"


@dataclass(frozen=True)
class Timing:
    """The hospital's choice of how early and how late people are told; days."""

    soon: timedelta = timedelta(days=14)
    overdue: timedelta = timedelta(days=7)


DEFAULT_TIMING = Timing()


def overdue_from(item: FollowUp, timing: Timing = DEFAULT_TIMING) -> date:
    """The first day on which the item counts as overdue."""
    return item.latest + (ONE_DAY if item.overdue_at_once else timing.overdue)


def stage_on(item: FollowUp, day: date, timing: Timing = DEFAULT_TIMING) -> Stage | None:
    """The item's stage on ``day``; None while it is far off or when it is not open any more."""
    if item.state != State.PLANNED:
        return None
    if day >= overdue_from(item, timing):
        return Stage.OVERDUE
    if day >= item.due:
        return Stage.DUE
    if day >= item.due - timing.soon:
        return Stage.SOON
    return None
