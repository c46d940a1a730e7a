"""Mails as files: one file each, whole or not there at all, so a reader never meets half a mail."""

import os
import re
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

_FILE_NAME = re.compile(r"\d{20}-[0-9a-f]{8}")


@dataclass(frozen=True)
class StoredMail:
    """A mail as it came, with the envelope: a blind copy stands only there."""

    id: str
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def subject(self) -> str:
        return str(self.message["subject"] or "(no subject)")

    def body(self, kind: str) -> str | None:
        """The first part of type text/``kind`` ("plain" or "html"), None when there is none."""
        part = self.message.get_body((kind,))
        return None if part is None else str(part.get_content()).replace("\r\n", "\n")


class MailStore:
    """The mails below one folder; several processes may read while one writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def save(self, raw: bytes, *, sender: str, recipients: list[str]) -> str:
        """Keep a mail; its id. On return it is on disk."""
        name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        envelope = f"{sender}\n{' '.join(recipients)}\n".encode()
        draft = self._folder / f"{name}.draft"
        with draft.open("wb") as file:
            file.write(envelope + raw)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self._folder / f"{name}.mail")
        return name

    def newest(self, limit: int | None = None) -> list[StoredMail]:
        """Mails, newest first."""
        names = sorted((path.stem for path in self._folder.glob("*.mail")), reverse=True)
        found = (self.read(name) for name in names[:limit])
        return [mail for mail in found if mail is not None]

    def read(self, name: str) -> StoredMail | None:
        """The mail with this id; None when there is none or ``name`` is no id."""
        if not _FILE_NAME.fullmatch(name):
            return None
        try:
            sender, recipients, raw = (self._folder / f"{name}.mail").read_bytes().split(b"\n", 2)
        except FileNotFoundError:
            return None
        received_at = datetime.fromtimestamp(int(name.partition("-")[0]) / 1e9, tz=UTC)
        return StoredMail(name, received_at, sender.decode(), tuple(recipients.decode().split()), raw)

    def clear(self) -> None:
        """Forget all mails."""
        for path in self._folder.glob("*.mail"):
            path.unlink(missing_ok=True)
