"""What people are told of: follow-ups and alerts, each with its stages on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from accounts.models import Hospital
from monitoring.alerts.waiting import WaitingAlert
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.queries import counted_from
from monitoring.follow_ups.stages import Stage, Timing, overdue_from, stages_on


@dataclass(frozen=True)
class AlertTiming:
    """After how many days that a critical alert asks in vain more people are told."""

    deputy: timedelta = timedelta(days=2)
    lead: timedelta = timedelta(days=5)


def alert_timing_of(hospital: Hospital) -> AlertTiming:
    return AlertTiming(timedelta(hospital.alert_deputy_days), timedelta(hospital.alert_lead_days))


@dataclass(frozen=True)
class Matter:
    """Something with a stage on a day: a follow-up, or the step by which an alert asks.

    ``asked_first`` is told before the patient's team, ``deputy_id`` before the team's deputy.
    """

    follow_up_id: UUID | None
    alert_step_id: int | None
    patient_id: UUID
    asked_first: UUID | None
    deputy_id: UUID | None
    stages: tuple[Stage, ...]
    counted_from: date


class Coming(Protocol):
    """What will be told of on days to come, as things stand."""

    @property
    def title(self) -> str: ...

    def on(self, day: date) -> Matter | None:
        """None on a day on which it has no stage."""
        ...

    def turning_days(self) -> Iterable[date]:
        """The first day of each of its stages."""
        ...


@dataclass(frozen=True)
class ComingFollowUp:
    """A follow-up, which need not be stored."""

    item: FollowUp
    timing: Timing

    @property
    def title(self) -> str:
        return self.item.title

    def on(self, day: date) -> Matter | None:
        stages = stages_on(self.item, day, self.timing)
        return matter_of(self.item, stages) if stages else None

    def turning_days(self) -> Iterable[date]:
        item, timing = self.item, self.timing
        return (
            item.due - timing.soon,
            item.due,
            overdue_from(item, timing),
            item.latest + timing.deputy,
            item.latest + timing.lead,
        )


@dataclass(frozen=True)
class ComingAlert:
    """An alert that nobody acknowledges."""

    alert: WaitingAlert
    timing: AlertTiming

    @property
    def title(self) -> str:
        return "An alert"

    def on(self, day: date) -> Matter | None:
        alert = self.alert
        stages = alert_stages_on(alert, day, self.timing)
        if not stages:
            return None
        return Matter(None, alert.step_id, alert.patient_id, alert.handed_to_id, None, stages, alert.since)

    def turning_days(self) -> Iterable[date]:
        since = self.alert.since
        return (since, since + self.timing.deputy, since + self.timing.lead)


def matter_of(item: FollowUp, stages: tuple[Stage, ...]) -> Matter:
    return Matter(
        item.pk,
        None,
        item.patient_id,
        item.responsible_id,
        item.deputy_id,
        stages,
        counted_from(item, stages[0]),
    )


def alert_stages_on(alert: WaitingAlert, day: date, timing: AlertTiming = AlertTiming()) -> tuple[Stage, ...]:
    """The stage of an alert on ``day`` and, of a critical one, those at which more people are told."""
    if day < alert.since:
        return ()
    if not alert.is_critical:
        return (Stage.ALERT,)
    further = ((Stage.URGENT_DEPUTY, timing.deputy), (Stage.URGENT_LEAD, timing.lead))
    return (Stage.URGENT, *(stage for stage, days in further if day >= alert.since + days))
