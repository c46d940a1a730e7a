"""The mails of reminders. They say how many items wait and where, and nothing about whom or what.

Everything that could tell (sender, list, subject, the address of bounces, the link's host) is a setting and
neutral by default; ``reminders.E001`` refuses a telling one.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from email.utils import formatdate, parseaddr
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import forbid_multi_line_headers, sanitize_address
from django.template.loader import render_to_string
from django.urls import reverse

from monitoring.follow_ups.stages import URGENT, Stage

Counts = tuple[tuple[Stage, int], ...]
_OWN_HEADERS = ("To", "Message-ID", "Date")
# What nearly every address is; it goes into envelope and header as it stands.
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")
_OF_ALERTS = URGENT | {Stage.ALERT}
# What the labels of the admins' log say about somebody, said to that person.
_TO_YOU = {
    Stage.DEPUTY: "Overdue, passed on to you",
    Stage.LEAD: "Long overdue, passed on to you",
    Stage.URGENT_DEPUTY: "Urgent, passed on to you",
    Stage.URGENT_LEAD: "Urgent for days, passed on to you",
}


@dataclass(frozen=True)
class StageCount:
    label: str
    count: int


@dataclass(frozen=True)
class Link:
    words: str
    url: str


@dataclass(frozen=True)
class Letter:
    """One digest for one person, as a mail server takes it: envelope and bytes.

    It is handed to the server as it is. Django's own way parses every address thrice and costs more than all
    the rest of a mail that is like the one before.
    """

    sender: str
    recipient: str
    content: bytes


def letter_of(*, to: str, digest_id: UUID, message_id: str, counts: Mapping[Stage, int]) -> Letter:
    """Says how many items have reached which stage. Raises ValueError for an address that none can be.

    What cannot be delivered comes back to an address of this digest alone.
    """
    address = to if _PLAIN_ADDRESS.fullmatch(to) else _written(to)
    own = f"To: {address}\r\nMessage-ID: {message_id}\r\nDate: {formatdate()}\r\n"
    shared = _shared(tuple(sorted(counts.items())), _settings())
    return Letter(bounce_address(digest_id), address, own.encode("ascii") + shared)


def _written(address: str) -> str:
    """An address that is not plain ASCII, as it is written into a header and an envelope."""
    forbid_multi_line_headers("To", address, "utf-8")
    return str(sanitize_address(address, "utf-8"))


def send_standstill(*, to: str) -> None:
    """Tell an admin that nothing goes out any more."""
    context = {"link": settings.SITE_URL + reverse("reminders:status")}
    EmailMultiAlternatives(
        subject="Notices have stopped",
        body=render_to_string("emails/standstill.txt", context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def bounce_address(digest_id: UUID) -> str:
    """``bounces+<digest>@host``: where a mail server sends what it cannot deliver."""
    name, host = _bounces_to(settings.REMINDER_BOUNCE_ADDRESS or settings.DEFAULT_FROM_EMAIL)
    return f"{name}+{digest_id.hex}@{host}"


@lru_cache(maxsize=8)
def _bounces_to(setting: str) -> tuple[str, str]:
    """Before and behind the @."""
    _, address = parseaddr(setting)
    name, _, host = address.rpartition("@")
    return name, host


def subject_of(total: int, urgent: int = 0) -> str:
    """The setting's words with the numbers for ``{count}`` and ``{urgent}``, else our own."""
    if settings.REMINDER_SUBJECT:
        words = str(settings.REMINDER_SUBJECT)
        return words.replace("{count}", str(total)).replace("{urgent}", str(urgent))
    return _headline(total, urgent)


def _headline(total: int, urgent: int) -> str:
    """``3 items need you, 1 urgent``; ``2 urgent items need you`` where all are."""
    all_urgent = "urgent " if urgent == total else ""
    need = "items need" if total > 1 else "item needs"
    return f"{total} {all_urgent}{need} you{f', {urgent} urgent' if 0 < urgent < total else ''}"


def _settings() -> tuple[str, ...]:
    """What the shared part is made from beside the counts; part of its key, so that a change is seen."""
    return (
        settings.SITE_URL,
        settings.DEFAULT_FROM_EMAIL,
        settings.REMINDER_SUBJECT,
        settings.REMINDER_LIST_ID,
    )


@lru_cache(maxsize=512)
def _shared(counts: Counts, _from_settings: tuple[str, ...]) -> bytes:
    """Headers and both bodies that every mail with these counts has, without those of one person."""
    told = dict(counts)
    total = sum(told.values())
    urgent = sum(told.get(stage, 0) for stage in URGENT)
    context = {
        "headline": _headline(total, urgent),
        "stages": [
            StageCount(_TO_YOU.get(stage, stage.label), told[stage])
            for stage in reversed(Stage)
            if told.get(stage)
        ],
        "links": _links(set(told)),
    }
    message = EmailMultiAlternatives(
        subject=subject_of(total, urgent),
        body=render_to_string("emails/digest.txt", context),
        # Auto-Submitted: no out-of-office note answers a mail that nobody wrote.
        headers={"Auto-Submitted": "auto-generated", "List-Id": f"<{settings.REMINDER_LIST_ID}>"},
    )
    message.attach_alternative(render_to_string("emails/digest.html", context), "text/html")
    made = message.message()
    for header in _OWN_HEADERS:
        del made[header]
    return bytes(made.as_bytes(linesep="\r\n"))  # type: ignore[call-arg] # Django's, which know line ends


def _links(stages: Set[Stage]) -> list[Link]:
    """Where what the mail counts is dealt with; what was passed on is not in anybody's own list."""
    links = []
    if stages & _OF_ALERTS:
        whose = "?who=hospital" if Stage.URGENT_LEAD in stages else ""
        links.append(Link("What is urgent or to be looked at", reverse("today") + whose))
    if stages - _OF_ALERTS - {Stage.NOBODY}:
        whose = "?who=all" if stages & {Stage.DEPUTY, Stage.LEAD} else ""
        links.append(Link("What is due", reverse("follow_ups:list") + whose))
    if Stage.NOBODY in stages:
        words = "Where nobody can be told, somebody has left or no lead was named"
        links.append(Link(words, reverse("reminders:log")))
    return [replace(link, url=settings.SITE_URL + link.url) for link in links]
