"""A chosen port belongs to one house only."""

import socket

import pytest

from supervisor.errors import SupervisorError
from supervisor.ports import reserve, reserve_chosen, reserve_preferred


def test_a_reserved_port_cannot_be_reserved_again() -> None:
    with reserve_preferred(0) as port:
        assert reserve(port.number) is None


def test_a_port_is_free_again_after_its_reservation() -> None:
    with reserve_preferred(0) as port:
        number = port.number

    with reserve_chosen(str(number)) as again:
        assert again.number == number


def test_a_web_server_that_shares_its_port_among_workers_can_use_a_reserved_one() -> None:
    with reserve_preferred(0) as port, socket.socket() as server, socket.socket() as browser:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", port.number))
        server.listen()

        browser.connect(("127.0.0.1", port.number))


def test_a_port_in_use_only_under_the_newer_address_counts_as_taken() -> None:
    with socket.socket(socket.AF_INET6) as other:
        other.bind(("::1", 0))
        other.listen()

        assert reserve(other.getsockname()[1]) is None


def test_another_port_is_found_when_the_preferred_one_is_taken() -> None:
    with reserve_preferred(0) as taken, reserve_preferred(taken.number) as other:
        assert other.number != taken.number


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "8000 "])
def test_what_is_no_port_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(SupervisorError, match="must be a number from 1 to 65535"):
        reserve_chosen(text)


def test_a_taken_port_that_was_asked_for_is_refused_in_one_sentence() -> None:
    with reserve_preferred(0) as taken, pytest.raises(SupervisorError, match="in use"):
        reserve_chosen(str(taken.number))
