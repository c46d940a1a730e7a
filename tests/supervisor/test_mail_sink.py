"""The mail sink keeps what it accepts, and fails the way it is told to."""

import smtplib
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from supervisor.mail_sink import MailSink, Mode
from supervisor.mail_store import MailStore


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[MailSink]:
    with MailSink(MailStore(tmp_path / "mail")) as running:
        yield running


def mail(subject: str = "Invitation") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "notices@example.org"
    message["To"] = "bob@example.org"
    message.set_content("Grüße")
    return message


def send(sink: MailSink, message: EmailMessage, *, to: list[str] | None = None) -> None:
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=1) as client:
        client.send_message(message, to_addrs=to)


def test_a_mail_is_kept_with_envelope_and_text(sink: MailSink) -> None:
    send(sink, mail("Einladung für Jürgen"), to=["bob@example.org", "blind@example.org"])

    (kept,) = sink.store.newest()
    assert kept.subject == "Einladung für Jürgen"
    assert kept.recipients == ("bob@example.org", "blind@example.org")
    assert kept.body("plain") == "Grüße\n"
    assert kept.body("html") is None


def test_the_newest_mail_comes_first(sink: MailSink) -> None:
    send(sink, mail("first"))
    send(sink, mail("second"))

    assert [kept.subject for kept in sink.store.newest()] == ["second", "first"]


@pytest.mark.parametrize(("mode", "code"), [(Mode.REFUSE, 554), (Mode.DEFER, 451)])
def test_a_refused_mail_is_not_kept(sink: MailSink, mode: Mode, code: int) -> None:
    sink.mode = mode

    with pytest.raises(smtplib.SMTPDataError) as refusal:
        send(sink, mail())

    assert refusal.value.smtp_code == code
    assert sink.store.newest() == []


def test_a_hanging_server_never_answers_and_can_still_be_stopped(sink: MailSink) -> None:
    sink.mode = Mode.HANG

    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        send(sink, mail())

    assert sink.store.newest() == []


def test_a_dropped_connection_leaves_the_sender_in_doubt_about_a_mail_that_was_kept(sink: MailSink) -> None:
    sink.mode = Mode.DROP

    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(sink, mail())

    assert len(sink.store.newest()) == 1


def test_nobody_listens_after_the_end(tmp_path: Path) -> None:
    with MailSink(MailStore(tmp_path)) as sink:
        port = sink.port

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


@pytest.mark.parametrize("name", ["", "../secret_key", "0" * 20, "00000000000000000001-00000000"])
def test_what_is_no_mail_is_not_read(tmp_path: Path, name: str) -> None:
    assert MailStore(tmp_path).read(name) is None


def test_clearing_forgets_all_mails(sink: MailSink) -> None:
    send(sink, mail())

    sink.store.clear()

    assert sink.store.newest() == []
