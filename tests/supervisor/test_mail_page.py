"""The page of mails and logins shows text as text and lets nothing run."""

import http.client
import json
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from supervisor.mail_server import PageServer
from supervisor.mail_store import MailStore


@pytest.fixture
def store(tmp_path: Path) -> MailStore:
    return MailStore(tmp_path / "mail")


@pytest.fixture
def page(tmp_path: Path, store: MailStore) -> Iterator[PageServer]:
    with PageServer(tmp_path, store, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def get(page: PageServer, path: str, host: str = "localhost") -> tuple[int, str, str]:
    """Status, text and Content-Security-Policy."""
    connection = http.client.HTTPConnection("127.0.0.1", page.server_port, timeout=5)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, answer.headers["Content-Security-Policy"]


def save(store: MailStore, subject: str, text: str, html: str | None = None) -> str:
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return store.save(message.as_bytes(), sender="a@example.org", recipients=["b@example.org"])


def test_mails_are_listed_with_subject_and_recipient(page: PageServer, store: MailStore) -> None:
    save(store, "<script>alert(1)</script>", "text")

    status, text, policy = get(page, "/")

    assert status == 200
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "b@example.org" in text
    assert policy.startswith("default-src 'none'")


def test_an_address_in_a_mail_is_a_link_without_the_full_stop_behind_it(
    page: PageServer, store: MailStore
) -> None:
    name = save(store, "Invitation", "Accept: http://localhost:8000/x?a=1&b=2.")

    _, text, _ = get(page, f"/mail/{name}")

    assert '<a href="http://localhost:8000/x?a=1&amp;b=2" rel="noreferrer">' in text


def test_the_html_part_is_shown_in_a_sandbox(page: PageServer, store: MailStore) -> None:
    name = save(store, "Invitation", "text", "<b>html</b><script>alert(1)</script>")

    _, around, _ = get(page, f"/mail/{name}")
    _, part, policy = get(page, f"/mail/{name}/html")

    assert f'<iframe sandbox title="HTML part" src="/mail/{name}/html">' in around
    assert "<b>html</b>" in part
    assert policy.startswith("sandbox; default-src 'none'")


def test_logins_stand_there_with_their_present_codes(page: PageServer, tmp_path: Path) -> None:
    login = {"role": "clinician", "name": "Alice", "email": "alice@example.org", "password": "a long one"}
    (tmp_path / "logins.json").write_text(json.dumps([login | {"totp_secret": "GEZDGNBVGY3TQOJQ"}]))

    _, text, _ = get(page, "/")

    assert "alice@example.org" in text
    assert '<code class="code">' in text


def test_a_foreign_host_name_is_not_answered(page: PageServer) -> None:
    status, text, _ = get(page, "/", host="rebound.example.org")

    assert (status, text) == (421, "Ask for localhost.")


@pytest.mark.parametrize("path", ["/mail/../logins.json", "/logins.json", "/mail/1/html", "/mail"])
def test_nothing_else_is_served(page: PageServer, path: str) -> None:
    assert get(page, path)[0] == 404
