"""``manage.py verify_audit``: is the trail, and is every history, what was sealed? With the owner's login."""

import sys
from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from accounts.trail.digests import OWNER
from accounts.trail.management.commands.seal_audit import NO_OWNER
from accounts.trail.models import SealBatch
from accounts.trail.verifying import faults, read_anchors

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Check every sealed row and the chain; name what is wrong, the first fault first, and end with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor",
            type=Path,
            metavar="FILE",
            help="What seal_audit --anchor wrote: finds also a chain that was cut off or made anew.",
        )

    def handle(self, *, anchor: Path | None, **options: Any) -> None:
        if OWNER not in connections.settings:
            raise CommandError(NO_OWNER)
        try:
            anchors = read_anchors(anchor.read_text().splitlines()) if anchor else []
        except OSError as error:
            raise CommandError(f"The anchor file cannot be read: {error.strerror}.") from error
        except ValueError as error:
            raise CommandError("The anchor file holds a line that is not number, hash and time.") from error
        found = list(islice(faults(anchors=anchors), MOST_SHOWN))
        for fault in found:
            self.stdout.write(fault)
        if found:
            sys.exit(1)
        head = SealBatch.objects.using(OWNER).order_by("-number").first()
        self.stdout.write(
            f"Intact: {head.number} batches, head {head.hash}, sealed {head.sealed_at:%Y-%m-%d %H:%M} UTC."
            if head
            else "Nothing is sealed yet."
        )
