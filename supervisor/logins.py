"""The logins of the demonstration, which the demo-data command leaves in ``logins.json``."""

import json
from dataclasses import dataclass
from pathlib import Path

from supervisor import one_time_codes


@dataclass(frozen=True)
class Login:
    """One invented person who can sign in, with the secret of the second factor in base32."""

    role: str
    name: str
    email: str
    password: str
    totp_secret: str
    in_brief: bool = False

    def code(self, now: float) -> str:
        """The second factor at the Unix time ``now``."""
        return one_time_codes.code(self.totp_secret, now=now)


def read_logins(folder: Path) -> list[Login]:
    """The logins in ``folder``/logins.json, in the order written there; none when there is no such file."""
    file = folder / "logins.json"
    if not file.exists():
        return []
    fields = Login.__dataclass_fields__
    return [
        Login(**{name: entry[name] for name in fields if name in entry})
        for entry in json.loads(file.read_text())
    ]
