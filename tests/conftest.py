"""Fixtures every database test may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from supervisor.mail_sink import MailSink
from supervisor.mail_store import MailStore
from tests import personas
from tests.databases import copied_database
from tests.personas import House


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give each worker a copy of the migrated database instead of Django's own test database.

    Django would create and flush it with one login; ours has two, and the application's may not truncate.
    """
    with django_db_blocker.unblock(), copied_database():
        yield


@pytest.fixture
def committing_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of the test's own in which transactions really commit; the value is its name."""
    with django_db_blocker.unblock(), copied_database() as name:
        yield name


@pytest.fixture
def house(db: None) -> House:
    return personas.build_house()


@pytest.fixture
def alice(house: House) -> Client:
    return personas.signed_in(house.alice)


@pytest.fixture
def ada(house: House) -> Client:
    return personas.signed_in(house.ada)


@pytest.fixture
def carlos(house: House) -> Client:
    return personas.signed_in(house.carlos)


@pytest.fixture
def mailbox(settings: Settings, tmp_path: Path) -> Iterator[MailStore]:
    """A real SMTP server that keeps every mail; what is in it was really sent."""
    store = MailStore(tmp_path / "mail")
    with MailSink(store) as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield store
