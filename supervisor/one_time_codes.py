"""One-time codes as authenticator apps show them: RFC 6238 with HMAC-SHA1, six digits, 30 seconds."""

import base64
import hmac
import struct

PERIOD_SECONDS = 30
_DIGITS = 6


def code(secret: str, *, now: float) -> str:
    """The code of a base32 ``secret`` (padding and spaces optional) at the Unix time ``now``."""
    plain = secret.replace(" ", "").rstrip("=").upper()
    key = base64.b32decode(plain + "=" * (-len(plain) % 8))
    counter = struct.pack(">Q", int(now) // PERIOD_SECONDS)
    digest = hmac.digest(key, counter, "sha1")
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(number % 10**_DIGITS).zfill(_DIGITS)


def seconds_left(*, now: float) -> int:
    """How long, in whole seconds, the present code stays valid; 1 to 30."""
    return PERIOD_SECONDS - int(now) % PERIOD_SECONDS
