"""Which of our mails a mail server's report says came back (RFC 3464)."""

from email import message_from_bytes
from email.message import Message

FAILED = "failed"


def message_ids_of(report: bytes) -> list[str]:
    """The Message-IDs of mails that could not be delivered for good; none of a delay or of anything else."""
    mail = message_from_bytes(report)
    if mail.get_content_type() != "multipart/report" or not _has_failed(mail):
        return []
    found = []
    for part in mail.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            original = _original(part)
            if original is not None and original["Message-ID"]:
                found.append(str(original["Message-ID"]).strip())
    return found


def _has_failed(mail: Message) -> bool:
    statuses = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    actions = [str(block["Action"] or "").strip().lower() for part in statuses for block in _blocks(part)]
    return FAILED in actions


def _blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _original(part: Message) -> Message | None:
    """The mail that came back, or its headers."""
    if part.get_content_type() == "message/rfc822":
        return next(iter(_blocks(part)), None)
    body = part.get_payload(decode=True)
    return message_from_bytes(body) if isinstance(body, bytes) else None
