"""``manage.py note_bounces``: the mail server pipes what comes back to the bounce address here."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import Hospital
from accounts.scope import hospital_scope
from monitoring.reminders.actions import mail_log
from monitoring.reminders.bounces import message_ids_of
from monitoring.reminders.delivery import ACTOR


class Command(BaseCommand):
    help = (
        "Read one returned mail from standard input and note whose it was. After two in a row one is skipped."
    )

    def handle(self, **options: Any) -> None:
        noted = 0
        for message_id in message_ids_of(sys.stdin.buffer.read()):
            for hospital in Hospital.objects.order_by("pk"):
                with hospital_scope(hospital.pk, actor=ACTOR):
                    noted += mail_log.note_bounce(
                        message_id=message_id, hospital_id=hospital.pk, now=timezone.now()
                    )
        self.stdout.write(f"Noted: {noted}")
