"""``manage.py watch_reminders``: the dead man's check, for a timer outside of Celery."""

import sys
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from monitoring.reminders import health, standstill


class Command(BaseCommand):
    help = (
        "Tell the admins once a day when reminders stand still, and end with 1 while they do. Run it hourly."
    )

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        state = health.state(now=now)
        if state.is_alive:
            self.stdout.write("Reminders run.")
            return
        told = standstill.tell_admins(now=now, every=timedelta(days=1))
        self.stdout.write(f"Reminders stand still; admins told: {told}")
        sys.exit(1)
