"""``manage.py seal_audit``: seal what is new in the trail and the histories; with the owner's login."""

import logging
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.utils import timezone

from accounts.trail.digests import OWNER
from accounts.trail.sealing import Sealed, seal

logger = logging.getLogger("accounts.trail.seal")
NO_OWNER = "Sealing needs the owner's login: set DATABASE_OWNER_URL for this command, and for no web server."


class Command(BaseCommand):
    help = "Seal new rows of the access trail and of the histories. Run it each minute, or with --every 60."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Stay, and seal again and again.")
        parser.add_argument(
            "--anchor",
            type=Path,
            metavar="FILE",
            help="Append number, hash and time of each batch to FILE; keep that file on another machine.",
        )

    def handle(self, *, every: int | None, anchor: Path | None, **options: Any) -> None:
        if OWNER not in connections.settings:
            raise CommandError(NO_OWNER)
        if every is None:
            self._round(anchor)
            return
        while True:
            try:
                self._round(anchor)
            except DatabaseError as error:
                # No trace: what a database error says may hold values of rows.
                logger.error("not sealed: %s", type(error).__name__)  # noqa: TRY400
                connections[OWNER].close()
            # Not beat's work: no program that answers people or runs tasks may hold the owner's login. Ended
            # in the middle of a round, the round is rolled back and the next one seals the same rows.
            time.sleep(every)

    def _round(self, anchor: Path | None) -> None:
        while sealed := seal(now=timezone.now()):
            logger.info("batch %d sealed: %d rows, head %s", sealed.number, sealed.count, sealed.hash)
            if anchor is not None:
                _append(anchor, sealed)


def _append(anchor: Path, sealed: Sealed) -> None:
    with anchor.open("a") as file:
        file.write(f"{sealed.number} {sealed.hash} {timezone.now():%Y-%m-%dT%H:%M:%SZ}\n")
