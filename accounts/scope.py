"""Tell the database which hospital this transaction works for, and who works.

Row-level security compares each patient row with ``app.hospital``; without it a query returns nothing.
The setting is local to the transaction: a connection that goes back to the pool forgets it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pghistory
from django.db import connection, transaction


class NoTransactionError(RuntimeError):
    """The hospital was named outside a transaction, where the database would forget it at once."""


def enter_hospital(hospital_id: UUID | None) -> UUID | None:
    """Bind the current transaction to ``hospital_id``; None closes every patient table again.

    Returns the hospital it was bound to before.
    """
    if not connection.in_atomic_block:
        raise NoTransactionError("enter_hospital() needs an open transaction; use hospital_scope().")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('app.hospital', true), set_config('app.hospital', %s, true)",
            [str(hospital_id or "")],
        )
        former: str | None = cursor.fetchone()[0]
    return UUID(former) if former else None


def enter_log(hospital_id: UUID) -> None:
    """Open the access log of ``hospital_id`` to the current transaction, and no patient table."""
    if not connection.in_atomic_block:
        raise NoTransactionError("enter_log() needs an open transaction.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.log', %s, true)", [str(hospital_id)])


@contextmanager
def hospital_scope(hospital_id: UUID, *, actor: str) -> Iterator[None]:
    """One transaction for one hospital: for commands and tasks, as the middleware does for requests.

    ``actor`` is the id of a person or the name of a job; history keeps it beside each change. Inside the
    transaction of a request the hospital of before is entered again.
    """
    with transaction.atomic(), pghistory.context(actor=actor):
        former = enter_hospital(hospital_id)
        yield
        enter_hospital(former)
