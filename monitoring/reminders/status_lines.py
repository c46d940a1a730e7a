"""How the machinery does, part by part, in words and with the cure."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Hospital
from monitoring.follow_ups.local_days import local_time
from monitoring.reminders.health import Health
from monitoring.reminders.queries import Backlog


@dataclass(frozen=True)
class StatusLine:
    """``mark`` is a badge's kind, ``state`` its word; ``cure`` says what to do where something is wrong."""

    name: str
    mark: str
    state: str
    sentence: str
    cure: str = ""


def status_lines(health: Health, backlog: Backlog, hospital: Hospital) -> list[StatusLine]:
    return [
        _sweep(health, hospital),
        _beat(health, hospital),
        _backlog(backlog, hospital),
        _failures(backlog),
        _nobody(backlog),
        _lead(backlog),
    ]


def _sweep(health: Health, hospital: Hospital) -> StatusLine:
    name = "Looking for what is due"
    last = f"Last on {_moment(health.swept_at, hospital)}." if health.swept_at else "Never so far."
    if health.is_alive:
        return StatusLine(name, "success", "Runs", last)
    cure = "Whoever runs the machines starts beat and a worker, or lets cron run send_reminders."
    return StatusLine(name, "critical", "Stands still", last, cure)


def _beat(health: Health, hospital: Hospital) -> StatusLine:
    name = "Beat and workers"
    last = f"Last on {_moment(health.beats_at, hospital)}." if health.beats_at else "Never so far."
    if health.sent_at:
        last = f"{last} Last batch of mails on {_moment(health.sent_at, hospital)}."
    if health.beats:
        return StatusLine(name, "success", "Alive", last)
    if health.is_alive:
        return StatusLine(name, "warning", "Silent", last, "Only the command for cron sends at present.")
    return StatusLine(name, "critical", "Silent", last, "Beat, the queue or every worker is down.")


def _backlog(backlog: Backlog, hospital: Hospital) -> StatusLine:
    name = "Mails that wait"
    if not backlog.waiting or backlog.oldest is None:
        return StatusLine(name, "success", "None", "Everything that was due has gone out.")
    sentence = f"{backlog.waiting}, the oldest since {_moment(backlog.oldest, hospital)}."
    if backlog.put_off:
        cure = "The mail server did not take them; they are tried again by themselves."
        return StatusLine(name, "warning", "Put off", f"{sentence} Tried in vain: {backlog.put_off}.", cure)
    return StatusLine(name, "info", "Waiting", sentence)


def _failures(backlog: Backlog) -> StatusLine:
    name = "Mails that came back"
    if not backlog.refused_today and not backlog.unreachable:
        return StatusLine(name, "success", "None", "No mail was refused today, and nobody is passed over.")
    sentence = f"Refused today: {backlog.refused_today}. People passed over: {backlog.unreachable}."
    return StatusLine(name, "critical", "Look", sentence, "The mail log names them; look at their addresses.")


def _nobody(backlog: Backlog) -> StatusLine:
    name = "Items that reach nobody"
    if not backlog.nobodys:
        return StatusLine(name, "success", "None", "Everything due today reaches somebody.")
    cure = "Hand over what those who left answered for, and name a lead clinician."
    return StatusLine(name, "critical", "Look", f"{backlog.nobodys} of those due today.", cure)


def _lead(backlog: Backlog) -> StatusLine:
    name = "Lead clinician"
    if backlog.has_lead and not backlog.lead_is_reached:
        gone = "Whoever was named may not act here any more, or mails to them come back."
        return StatusLine(name, "critical", "Not reached", gone, "Name another in the settings of reminders.")
    if backlog.has_lead:
        return StatusLine(name, "success", "Named", "What stays overdue longest has somebody to go to.")
    cure = "Name one in the settings of reminders."
    return StatusLine(name, "critical", "Missing", "Required: some items would reach nobody.", cure)


def _moment(moment: datetime, hospital: Hospital) -> str:
    return f"{local_time(hospital, moment):%-d %b, %H:%M}"
