"""``manage.py send_reminders``: what beat and worker do, in one go and without them; for cron."""

from argparse import ArgumentParser
from collections import Counter
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from monitoring.follow_ups.local_days import local_day
from monitoring.reminders import delivery, sweeping
from monitoring.reminders.actions import pulses
from monitoring.reminders.local_hours import digest_day
from monitoring.reminders.models import Part
from monitoring.reminders.outcomes import Outcome


class Command(BaseCommand):
    help = "Send the digests that are due now. Safe beside Celery and beside itself: each digest goes once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        rehearsal = parser.add_mutually_exclusive_group()
        rehearsal.add_argument(
            "--now",
            action="store_true",
            help="Do not wait for the hour at which a hospital's digest goes out.",
        )
        rehearsal.add_argument(
            "--as-if-on",
            metavar="YYYY-MM-DD",
            type=date.fromisoformat,
            help="For demonstrations and rehearsals: work as if that day's hour had come. The mails are real "
            "and a person gets one for a day: who has had today's gets tomorrow's, and not again.",
        )

    def handle(self, *, now: bool, as_if_on: date | None, **options: Any) -> None:
        outcomes: Counter[Outcome] = Counter()
        for waiting in sweeping.sweep(now=timezone.now(), day_of=_day_of(now=now, as_if_on=as_if_on)):
            outcomes.update(
                delivery.deliver(
                    hospital_id=waiting.hospital_id, digest_ids=waiting.digest_ids, clock=timezone.now
                ).values()
            )
        pulses.beat(Part.SWEEP, now=timezone.now())
        if not outcomes:
            self.stdout.write("No digest waits.")
        for outcome, count in sorted(outcomes.items()):
            self.stdout.write(f"{outcome}: {count}")


def _day_of(*, now: bool, as_if_on: date | None) -> sweeping.DayOf:
    if as_if_on is not None:
        return lambda _hospital, _now: as_if_on
    return local_day if now else digest_day
