"""Ciphers for what the database keeps and may not tell: second-factor secrets, forms that wait."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def cipher(purpose: bytes) -> Fernet:
    """A cipher whose key derives from the secret key, under a name of its own (16 bytes at most)."""
    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=purpose).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
