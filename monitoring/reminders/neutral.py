"""Words that no mail of ours may say, and where an installation could let one in: its settings."""

import re
from collections.abc import Iterator

from django.conf import settings

# Whoever reads over a shoulder learns neither the disease nor that there is one.
FORBIDDEN = frozenset(
    re.findall(
        r"\w+",
        """
        patient patients poems syndrome neuropathy polyneuropathy vegf radiation plasma marrow transplant asct
        lesion myeloma treatment therapy diagnosis disease clinic clinical blood result results nerve pet
        stability alert alerts haematology hematology oncology cancer tumour tumor
        """,
    )
)
SETTINGS = (
    "DEFAULT_FROM_EMAIL",
    "REMINDER_SUBJECT",
    "REMINDER_LIST_ID",
    "REMINDER_BOUNCE_ADDRESS",
    "SITE_URL",
)


def forbidden_in(text: str) -> set[str]:
    """The forbidden words that ``text`` says, as words of their own."""
    return set(re.findall(r"[^\W\d_]+", text.lower())) & FORBIDDEN


def telling_settings() -> Iterator[tuple[str, set[str]]]:
    """Each setting that would appear in a mail and says a forbidden word, with those words."""
    for name in SETTINGS:
        words = forbidden_in(getattr(settings, name))
        if words:
            yield name, words
