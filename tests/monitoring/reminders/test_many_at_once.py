"""Several sweeps and senders at the same moment, with transactions that really commit."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from monitoring.reminders.courier import Outcome
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.sweeping import Waiting, sweep
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.builders import DUE_MORNING, inside, sweep_and_send
from tests.personas import House, build_house


@pytest.fixture
def committed_house(committing_database: str) -> House:
    """Three items of Alice's are due."""
    with transaction.atomic():
        house = build_house()
        for _ in range(3):
            planned(house.alice)
    return house


def at_once(work: Callable[[], Any], times: int) -> list[Any]:
    """What ``work`` returned in each of the threads that began it together."""
    start, results = threading.Barrier(times), []

    def run() -> None:
        try:
            start.wait()
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_sweeps_at_once_write_one_digest_with_each_line_once(committed_house: House) -> None:
    swept: list[list[Waiting]] = at_once(lambda: list(sweep(now=DUE_MORNING)), times=4)
    assert len(swept) == 4
    with transaction.atomic(), inside(committed_house.a):
        assert (Digest.objects.count(), DigestLine.objects.count()) == (1, 3)


def test_senders_at_once_send_one_mail(committed_house: House, mailbox: MailStore) -> None:
    outcomes = at_once(sweep_and_send, times=4)
    assert [outcome for each in outcomes for outcome in each].count(Outcome.SENT) == 1
    assert [mail.subject for mail in mailbox.newest()] == ["3 items need you"]
