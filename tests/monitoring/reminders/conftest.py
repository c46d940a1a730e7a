"""A mail server that the tests may make refuse, break off or fall silent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from supervisor.mail_sink import MailSink
from supervisor.mail_store import MailStore


@pytest.fixture
def sink(settings: Settings, tmp_path: Path) -> Iterator[MailSink]:
    with MailSink(MailStore(tmp_path / "mail")) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
