"""A form posted by somebody who first has to prove who they are: kept until then, and sent again.

It waits in the session, encrypted, for the person who typed it and nobody else, and is never sent by
itself: a page shows it with a button (``me:kept``), so it goes through every wall like any form. Passwords,
codes and tokens are left out; what is sent again asks for them anew.
"""

import json
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from django.http import HttpRequest

from accounts.ciphers import cipher

SESSION_KEY = "kept_form"
# A long note is some ten thousand characters; the session is a row of the database, not a store of files.
LONGEST = 256 * 1024
NEVER_KEPT = {"csrfmiddlewaretoken", "secret", "passkey", "credential", "code", "password", "oldpassword"}
PURPOSE = b"kept-form"


@dataclass(frozen=True)
class Kept:
    """A form that waits: where it was sent, what was in it, and whether it asked for the provider's word."""

    path: str
    fields: list[tuple[str, str]]
    asks_provider: bool


def keep(request: HttpRequest, *, asks_provider: bool = False) -> bool:
    """Keep what was posted; False where that is not possible: a file, or too much."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not (name in NEVER_KEPT or name.startswith("password"))
        for value in values
    ]
    plain = json.dumps([str(request.user.pk), request.get_full_path(), fields, asks_provider])
    if request.FILES or len(plain) > LONGEST:
        return False
    request.session[SESSION_KEY] = cipher(PURPOSE).encrypt(plain.encode()).decode()
    return True


def waiting(request: HttpRequest) -> Kept | None:
    """The form that waits for the signed-in person; somebody else's is dropped on the spot."""
    sealed = request.session.get(SESSION_KEY)
    if not sealed:
        return None
    try:
        person, path, fields, asks_provider = json.loads(cipher(PURPOSE).decrypt(sealed.encode()))
    except (InvalidToken, ValueError):
        forget(request)
        return None
    if person != str(request.user.pk):
        forget(request)
        return None
    return Kept(path, [(name, value) for name, value in fields], asks_provider)


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def carry_over(request: HttpRequest, sealed: Any) -> None:
    """Put what an ended session held into the new one, for the same person to find after signing in."""
    if sealed:
        request.session[SESSION_KEY] = sealed
