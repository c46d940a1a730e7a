"""Many mails while workers, queue, database and mail server die or misbehave: nobody is forgotten.

200 mails; ``make faults`` sends 2,000 (FAULT_MAILS). Workers are killed every six seconds.
"""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.scope import hospital_scope
from monitoring.reminders.actions import mail_log
from monitoring.reminders.models import Attempt
from supervisor.mail_store import MailStore
from supervisor.processes import Child, Processes
from tests.faults.conftest import Site, impatient, kill, wait_for
from tests.faults.crowd import holder_of, is_refused, make_due, stamped
from tests.faults.own_servers import OwnServers, own_servers
from tests.faults.traps import Trap, TrappingSink
from tests.personas import build_house

MAILS = int(os.environ.get("FAULT_MAILS", "200"))
KILLS = 8
LEASE_SECONDS = 8
KILL_EVERY_SECONDS = 6
POINTS = (Trap.CLAIMED, Trap.IN_DATA, Trap.BEFORE_STAMP)
SPOILINGS = (Trap.DROP, Trap.PUT_OFF, Trap.REFUSE, Trap.HANG)
WAVE = MAILS // (KILLS + len(SPOILINGS))


class Trouble(Site):
    """The site in miniature on servers of its own, with traps at the mail server."""

    sink: TrappingSink
    servers: OwnServers
    workers: dict[int, Child]
    people = 0
    next_kill = 0.0

    def more_workers(self, number: int) -> None:
        for _ in range(number):
            worker = self.start_worker()
            self.workers[worker.pid] = worker

    def wave(self) -> None:
        """Another share of the people have something due."""
        make_due(self.house, self.people, WAVE, now=timezone.now())
        self.people += WAVE

    def catch(self, trap: Trap) -> str:
        """Send a wave into the trap; the digest that is in it."""
        self.sink.set(trap)
        self.wave()
        wait_for(lambda: bool(self.sink.caught), f"a mail {trap.value}")
        return self.sink.caught

    def kill_holder_of(self, digest: str) -> None:
        kill(self.workers.pop(os.getpgid(holder_of(self.house, digest))))
        self.next_kill = time.monotonic() + KILL_EVERY_SECONDS

    def wait_for_the_next_kill(self) -> None:
        wait_for(lambda: time.monotonic() >= self.next_kill, "the time of the next kill")

    def send_again(self, digest: str) -> None:
        """As the admin does who sees in the log that the server refused it."""
        wait_for(lambda: is_refused(self.house, digest), "a digest that is parked")
        with hospital_scope(self.house.a.pk, actor="test"):
            mail_log.send_again(digest_id=UUID(digest), by=self.house.ada, now=timezone.now())

    def wait_until_everybody_has_theirs(self) -> None:
        wait_for(
            lambda: stamped(self.house) == self.people, f"{self.people} stamps", seconds=120 + self.people / 5
        )

    def ids_by_address(self) -> dict[str, list[str]]:
        """By address the Message-IDs of what arrived."""
        ids: dict[str, list[str]] = {}
        for mail in self.sink.store.newest():
            ids.setdefault(mail.recipients[0], []).append(str(mail.message["Message-ID"]))
        return ids


@pytest.fixture
def trouble(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[Trouble]:
    with (
        django_db_blocker.unblock(),
        tempfile.TemporaryDirectory(prefix="poems-faults-", dir="/tmp") as short,
        Processes(tmp_path, patience=1) as processes,
        TrappingSink(MailStore(tmp_path / "mail")) as sink,
        own_servers(Path(short), processes) as servers,
    ):
        with transaction.atomic():
            house = build_house()
            house.a.digest_hour = 0
            house.a.save()
        environment = os.environ | servers.environment | impatient(sink.port, lease=LEASE_SECONDS)
        environment.pop("DATABASE_OWNER_URL", None)
        found = Trouble(house, sink, environment, processes, tmp_path)
        found.servers, found.workers = servers, {}
        yield found
        connections.close_all()
        processes.stop_all()


def test_nobody_is_forgotten_whatever_dies(trouble: Trouble) -> None:
    """Three workers, eight killed one after the other, queue and database lost once, a bad mail server."""
    trouble.more_workers(3)
    trouble.start_beat()
    for turn, point in enumerate(islice(cycle(POINTS), KILLS)):
        trouble.wait_for_the_next_kill()
        held = trouble.catch(point)
        trouble.kill_holder_of(held)
        if turn == 2:
            trouble.servers.restart_queue_empty()
        if turn == 5:
            trouble.servers.restart_database()
            connections.close_all()
        trouble.more_workers(1)
    for spoiling in SPOILINGS:
        spoiled = trouble.catch(spoiling)
        if spoiling is Trap.REFUSE:
            trouble.send_again(spoiled)
    trouble.wait_until_everybody_has_theirs()

    ids = trouble.ids_by_address()
    assert len(ids) == trouble.people
    assert all(len(set(of_one)) == 1 for of_one in ids.values()), "a repeat is the same mail"
    doubled = sum(len(of_one) - 1 for of_one in ids.values())
    # One for each kill between the server's yes and the stamp, one broken off, one a worker for the database.
    killed_before_stamp = list(islice(cycle(POINTS), KILLS)).count(Trap.BEFORE_STAMP)
    assert doubled <= killed_before_stamp + 1 + 3
    print(f"\n{trouble.people} mails, {KILLS} kills: 0 lost, {doubled} doubled; {_attempts(trouble)}")  # noqa: T201 - for docs/measured.md


def test_two_beats_and_four_workers_send_each_mail_once(trouble: Trouble) -> None:
    while trouble.people < MAILS:
        trouble.wave()
    trouble.more_workers(4)
    trouble.start_beat()
    trouble.start_beat("second_beat")
    trouble.wait_until_everybody_has_theirs()
    ids = trouble.ids_by_address()
    assert (len(ids), sum(map(len, ids.values()))) == (trouble.people, trouble.people)


def _attempts(trouble: Trouble) -> str:
    with hospital_scope(trouble.house.a.pk, actor="test"):
        counts = Counter(Attempt.objects.values_list("outcome", flat=True))
    return ", ".join(f"{outcome}: {count}" for outcome, count in sorted(counts.items()))
