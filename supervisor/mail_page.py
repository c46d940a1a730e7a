"""The demonstration's page of mails and logins: plain HTML without scripts, made from escaped text."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from supervisor import one_time_codes
from supervisor.logins import Login
from supervisor.mail_store import StoredMail

_LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")


def index(mails: list[StoredMail], logins: list[Login], *, now: float) -> str:
    """The list of mails, newest first, and the logins with the codes of the Unix time ``now``."""
    return _page("Mails of the demonstration", _logins(logins, now) + _mails(mails))


def one_mail(mail: StoredMail) -> str:
    """One mail: envelope and headers, text, and the HTML part in a frame that can do nothing."""
    text, html = mail.body("plain"), mail.body("html")
    headers = [("Envelope from", mail.sender), ("Envelope to", ", ".join(mail.recipients))]
    headers += [(name, str(value)) for name, value in mail.message.items()]
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in headers
    )
    parts = [
        '<p><a href="/">All mails</a></p>',
        _card("Headers", f"<table>{rows}</table>"),
        f"<h2>Text</h2>{_card('Text', f'<pre>{linked(text)}</pre>')}" if text is not None else "",
    ]
    if html is not None:
        frame = f'<iframe sandbox title="HTML part" src="/mail/{mail.id}/html"></iframe>'
        parts.append(f'<h2>HTML</h2><div class="card">{frame}</div>')
    return _page(mail.subject, "".join(parts))


def linked(text: str) -> str:
    """``text`` as HTML, in which web addresses are links."""
    pieces: list[str] = []
    end = 0
    for found in _LINK.finditer(text):
        address = escape(found.group())
        pieces += [escape(text[end : found.start()]), f'<a href="{address}" rel="noreferrer">{address}</a>']
        end = found.end()
    return "".join([*pieces, escape(text[end:])])


def _mails(mails: list[StoredMail]) -> str:
    if not mails:
        return "<h2>Mails</h2><p>No mail yet. Every mail ends on this page; none leaves the machine.</p>"
    rows = (
        f'<td><a href="/mail/{mail.id}">{escape(mail.subject)}</a></td>'
        f"<td>{escape(', '.join(mail.recipients))}</td><td>{_time(mail.received_at)}</td>"
        for mail in mails
    )
    return f"<h2>Mails</h2>{_table('Mails', ['Subject', 'To', 'Received'], rows)}"


def _logins(logins: list[Login], now: float) -> str:
    if not logins:
        return ""
    left, following = one_time_codes.seconds_left(now=now), now + one_time_codes.PERIOD_SECONDS
    rows = (
        f"<td>{escape(login.role)}</td><td>{escape(login.name)}</td><td><code>{escape(login.email)}</code></td>"
        f'<td><code>{escape(login.password)}</code></td><td><code class="code">{login.code(now)}</code></td>'
        f"<td><code>{login.code(following)}</code></td><td><code>{escape(login.totp_secret)}</code></td>"
        for login in logins
    )
    heads = ["Role", "Name", "E-mail", "Password", "Code now", "Code next", "Secret"]
    return (
        f"<h2>Logins</h2><p>All people are invented. The codes change in {left} s; "
        f'<a href="/">reload</a> for new ones, or put the secret into an authenticator app.</p>'
        f"{_table('Logins', heads, rows)}"
    )


def _table(name: str, heads: list[str], rows: Iterable[str]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return _card(name, f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def _card(name: str, content: str) -> str:
    """A framed region; it can be focused because it scrolls sideways where the window is narrow."""
    return f'<div class="card" tabindex="0" role="region" aria-label="{escape(name)}">{content}</div>'


def _time(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return f'<time datetime="{utc.isoformat()}">{utc:%Y-%m-%d %H:%M:%S} UTC</time>'


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/style.css">'
        f'<link rel="icon" href="data:,"></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
