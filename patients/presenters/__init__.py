"""What patient pages show, as plain data; templates turn it into HTML."""

from patients.presenters.identity import Flag, IdentityStrip, identity_strip

__all__ = ["Flag", "IdentityStrip", "identity_strip"]
