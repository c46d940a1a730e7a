"""What the admins see of the mails: to whom, when, what became of them; never what they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Hospital
from monitoring.follow_ups.local_days import local_time
from monitoring.reminders.models import Attempt, Digest


@dataclass(frozen=True)
class MailRow:
    """One digest. ``mark`` is a badge's kind, ``state`` its word, ``sentence`` the rest."""

    key: UUID
    name: str
    day: date
    mark: str
    state: str
    sentence: str
    tries: tuple[str, ...]
    may_go_again: bool


def rows(
    digests: Sequence[Digest],
    hospital: Hospital,
    tries: Mapping[UUID, Sequence[Attempt]] | None = None,
) -> list[MailRow]:
    return [
        MailRow(
            digest.pk,
            digest.recipient.full_name,
            digest.local_date,
            *_state(digest, hospital),
            tries=tuple(_try(one, hospital) for one in (tries or {}).get(digest.pk, ())),
            may_go_again=bool(digest.sent_at or digest.refused_at),
        )
        for digest in digests
    ]


def _try(attempt: Attempt, hospital: Hospital) -> str:
    code = f" ({attempt.code})" if attempt.code else ""
    return f"{_moment(attempt.at, hospital)}: {attempt.outcome}{code}, by {attempt.worker}"


def _state(digest: Digest, hospital: Hospital) -> tuple[str, str, str]:
    """Mark, word and sentence; moments on the hospital's clock."""
    if digest.sent_at and digest.came_back_at:
        return (
            "critical",
            "Came back",
            f"Sent {_moment(digest.sent_at, hospital)}; the address did not take it.",
        )
    if digest.sent_at:
        return "success", "Sent", f"{_moment(digest.sent_at, hospital)}."
    if digest.refused_at:
        code = f" ({digest.refusal})" if digest.refusal else ""
        return (
            "critical",
            "Refused",
            f"The mail server refused the address or the mail{code}; tried anew the next day.",
        )
    if digest.closed_unsent_at:
        return "plain", "Not sent", "Nothing in it was to be done any more."
    if digest.attempts and digest.lease_until:
        again = _moment(digest.lease_until, hospital)
        return "warning", "Put off", f"Attempts so far: {digest.attempts}; the next not before {again}."
    return "info", "Waiting", "Goes out in the next minutes."


def _moment(moment: datetime, hospital: Hospital) -> str:
    return f"{local_time(hospital, moment):%-d %b, %H:%M}"
