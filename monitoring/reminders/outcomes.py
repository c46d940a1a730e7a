"""What may become of a mail."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    SENT = "sent"
    NOTHING_TO_SEND = "nothing to send"
    NOT_ACCEPTED = "not accepted"
    REFUSED = "refused"
    IN_DOUBT = "in doubt"
    LATER = "later"  # the minute's share of mails is used up


@dataclass(frozen=True)
class Answer:
    """What became of a mail; ``code`` is the server's where it said no.

    ``of_the_address``: it said no to the recipient, not to the mail.
    """

    outcome: Outcome
    code: int | None = None
    of_the_address: bool = False
