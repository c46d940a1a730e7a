"""The mail of reminders. It says how many items wait and where, and nothing about whom or what."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from monitoring.follow_ups.stages import Stage


@dataclass(frozen=True)
class StageCount:
    label: str
    count: int


def send_digest(
    *, to: str, message_id: str, counts: Mapping[Stage, int], connection: BaseEmailBackend
) -> None:
    """Send how many items have reached which stage; raises what the open ``connection`` raises."""
    total = sum(counts.values())
    context = {
        "total": total,
        "stages": [StageCount(stage.label, counts[stage]) for stage in reversed(Stage) if counts.get(stage)],
        "link": settings.SITE_URL + reverse("follow_ups:list") if set(counts) - {Stage.NOBODY} else "",
        "admin_link": settings.SITE_URL + reverse("reminders:log") if Stage.NOBODY in counts else "",
    }
    message = EmailMultiAlternatives(
        subject=f"{total} item{'s need' if total > 1 else ' needs'} you",
        body=render_to_string("emails/digest.txt", context),
        to=[to],
        # Auto-Submitted: no out-of-office note answers a mail that nobody wrote.
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    message.attach_alternative(render_to_string("emails/digest.html", context), "text/html")
    message.send()
