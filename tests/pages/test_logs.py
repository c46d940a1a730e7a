"""What the house logs: JSON, ids, and nothing a database, a task or an address could tell of a patient."""

import json
import logging
from collections.abc import Callable

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test import Client, RequestFactory

from accounts.models import User
from accounts.trail.context import logged_with
from poems_site.logs import JsonFormatter, scrubbed
from tests.personas import House, registered

PRIVATE = ("Schulz", "Maria", "A-1001")


def written(record: logging.LogRecord) -> dict[str, object]:
    line = JsonFormatter().format(record)
    for word in PRIVATE:
        assert word not in line
    parsed: dict[str, object] = json.loads(line)
    return parsed


def record_of(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("any", logging.ERROR, "file.py", 1, message, args, info)


def test_a_line_says_when_how_bad_and_from_where() -> None:
    line = written(record_of("%d lines", 3))
    assert (line["level"], line["logger"], line["message"]) == ("ERROR", "any", "3 lines")


def test_request_and_actor_are_on_every_line() -> None:
    with logged_with(request="r", actor="a"):
        line = written(record_of("anything"))
    assert (line["request"], line["actor"]) == ("r", "a")


def raised(act: Callable[[], object]) -> BaseException:
    with pytest.raises((DataError, IntegrityError)) as caught, transaction.atomic():
        act()
    return caught.value


def test_a_refused_row_is_logged_as_its_type_and_its_place(house: House) -> None:
    error = raised(lambda: User.objects.create(email=house.alice.user.email, full_name="Maria Schulz"))
    assert house.alice.user.email in str(error)
    line = written(record_of("not saved", error=error))
    assert "django.db.utils.IntegrityError" in str(line["exception"])
    assert "test_logs.py" in str(line["exception"])
    assert house.alice.user.email not in str(line)


def test_a_value_that_is_no_date_is_not_quoted(house: House) -> None:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'Maria Schulz'::date")

    error = raised(act)
    assert "Schulz" in str(error)
    written(record_of("not read", error=error))
    written(record_of("not read: %s", error))
    written(record_of(f"not read: {error}"))


@pytest.mark.parametrize(
    "text",
    [
        "duplicate key\nDETAIL:  Key (lower(record_number::text), hospital_id)=(A-1001, 1) already exists.",
        "Failing row contains (1, Schulz, Maria).",
        "Key (record_number)=(A-1001) is still referenced.",
        'invalid input syntax for type uuid: "Schulz"',
    ],
)
def test_what_a_database_tells_of_a_row_is_cut(text: str) -> None:
    assert not [word for word in PRIVATE if word in scrubbed(text)]


def test_an_address_that_somebody_typed_is_not_logged() -> None:
    record = record_of("Not Found: %s", "/patients/Maria-Schulz/")
    record.request, record.status_code = RequestFactory().get("/patients/Maria-Schulz/"), 404
    assert written(record)["message"] == "Not Found"


def test_a_task_is_logged_without_what_it_was_given_returned_and_raised() -> None:
    known = {"name": "x.read", "id": "1", "args": "('Schulz',)", "return_value": "Maria", "exc": "A-1001"}
    record = logging.LogRecord(
        "celery.app.trace", 20, "f", 1, "Task %(name)s[%(id)s] succeeded: %(return_value)s", (known,), None
    )
    assert written(record)["message"] == "x.read 1 succeeded"


def test_a_request_is_one_line_with_page_answer_and_time(
    house: House, alice: Client, caplog: pytest.LogCaptureFixture
) -> None:
    patient = registered(house.alice)
    with caplog.at_level(logging.INFO, logger="accounts.request"):
        alice.get(f"/patients/{patient.pk}/?q=Schulz")
    [line] = [written(one) for one in caplog.records if one.name == "accounts.request"]
    assert (line["page"], line["status"], line["method"]) == ("patients:overview", 200, "GET")
    assert isinstance(line["milliseconds"], int)


def test_an_error_inside_an_error_ends() -> None:
    first, second = ValueError(), ValueError()
    first.__cause__, second.__cause__ = second, first
    assert written(record_of("twice", error=first))["message"] == "twice"
