"""Servers the environment names are used as they are; half an answer is no answer."""

import pytest

from supervisor.backends import Databases, given_databases
from supervisor.errors import SupervisorError


def test_no_address_means_a_database_of_our_own() -> None:
    assert given_databases({"DATABASE_URL": ""}) is None


def test_both_addresses_are_taken_as_they_are() -> None:
    given = given_databases(
        {"DATABASE_URL": "postgresql://a@db/x", "DATABASE_OWNER_URL": "postgresql://o@db/x"}
    )

    assert given == Databases(application="postgresql://a@db/x", owner="postgresql://o@db/x")


@pytest.mark.parametrize(
    ("given", "missing"), [("DATABASE_URL", "DATABASE_OWNER_URL"), ("DATABASE_OWNER_URL", "DATABASE_URL")]
)
def test_one_address_alone_is_refused_and_the_other_named(given: str, missing: str) -> None:
    with pytest.raises(SupervisorError, match=f"^{given} is set and {missing} is not"):
        given_databases({given: "postgresql://a@db/x"})
