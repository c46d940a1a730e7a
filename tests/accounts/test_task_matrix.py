"""Every task of the queue, asked by hospital B for what is hospital A's: nothing happens."""

from collections.abc import Callable

import pytest

from accounts.scope import enter_hospital
from monitoring.alerts.models import Mark
from monitoring.alerts.tasks import read
from monitoring.imports.actions import batches
from monitoring.imports.models import Status
from monitoring.imports.tasks import work
from monitoring.reminders.models import Digest
from monitoring.reminders.tasks import send_digests
from poems_site.celery import app
from supervisor.mail_store import MailStore
from tests.monitoring.alerts.courses import treated
from tests.monitoring.imports.files import proposed, table, uploaded
from tests.personas import NOW, House, registered

ASKED_OF_ANOTHER: dict[str, Callable[[House], None]] = {}
# They take no id: they look into each hospital in that hospital's own scope.
TAKE_NO_ID = {
    "monitoring.reminders.tasks.sweep",
    "monitoring.alerts.tasks.sweep",
    "monitoring.imports.tasks.sweep",
}


def asked(name: str) -> Callable[[Callable[[House], None]], Callable[[House], None]]:
    def keep(ask: Callable[[House], None]) -> Callable[[House], None]:
        ASKED_OF_ANOTHER[name] = ask
        return ask

    return keep


@asked("monitoring.reminders.tasks.send_digests")
def a_digest_is_not_sent(house: House) -> None:
    enter_hospital(house.a.pk)
    digest = Digest.objects.create(
        hospital=house.a,
        recipient=house.alice.user,
        local_date=NOW.date(),
        message_id="<1@x>",
        created_at=NOW,
    )
    send_digests(str(house.b.pk), [str(digest.pk)])
    enter_hospital(house.a.pk)
    digest.refresh_from_db()
    assert (digest.attempts, digest.sent_at, digest.closed_unsent_at) == (0, None, None)


@asked("monitoring.alerts.tasks.read")
def a_course_is_not_read(house: House) -> None:
    treated(registered(house.alice), house.alice)
    before = Mark.objects.count()
    read(str(house.b.pk))
    enter_hospital(house.a.pk)
    assert Mark.objects.count() == before > 0


@asked("monitoring.imports.tasks.work")
def a_file_is_not_worked_on(house: House) -> None:
    registered(house.alice)
    content = table("A-1001,2026-01-05,VEGF,900,pg/mL")
    batch = uploaded(content, house.alice)
    batches.save_columns(batch=batch, chosen=proposed(content), by=house.alice)
    batches.ask_check(batch=batch, by=house.alice, now=NOW)
    work(str(house.b.pk), str(batch.pk))
    enter_hospital(house.a.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.attempts) == (Status.CHECKING, 0)


@pytest.mark.parametrize("name", sorted(ASKED_OF_ANOTHER))
def test_a_task_with_ids_of_another_hospital_does_nothing(
    house: House, mailbox: MailStore, name: str
) -> None:
    ASKED_OF_ANOTHER[name](house)
    assert mailbox.newest() == []


def test_every_task_has_its_row() -> None:
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert ours == TAKE_NO_ID | ASKED_OF_ANOTHER.keys(), (
        "say in ASKED_OF_ANOTHER what the task must leave alone when another hospital's id comes with it"
    )
