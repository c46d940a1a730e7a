"""Fixtures every database test may use."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

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
