"""The mail sink as a process: SMTP in one thread, its web page in the others.

``python -m supervisor.mail_server``
"""

import argparse
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from supervisor import mail_page
from supervisor.logins import read_logins
from supervisor.mail_sink import MailSink
from supervisor.mail_store import MailStore

_MAILS_LISTED = 200
_STYLE = Path(__file__).with_name("mail_page.css")
_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# The HTML part of a mail may look as it likes and do nothing.
_PART_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


@dataclass(frozen=True)
class Ports:
    """Where the process listens; it writes them into the file named by ``--announce`` once it does."""

    smtp: int
    page: int


class PageServer(ThreadingHTTPServer):
    """Serves the mails and the logins below ``folder`` to this machine only."""

    daemon_threads = True

    def __init__(self, folder: Path, store: MailStore, port: int) -> None:
        self.folder = folder
        self.store = store
        super().__init__(("127.0.0.1", port), PageHandler)


class PageHandler(BaseHTTPRequestHandler):
    """GET and nothing else."""

    server: PageServer

    def do_GET(self) -> None:
        # The page shows passwords: a foreign site must not read it through a DNS name of its own.
        if self.headers.get("Host", "").partition(":")[0] not in {"localhost", "127.0.0.1"}:
            self._answer(HTTPStatus.MISDIRECTED_REQUEST, "Ask for localhost.", kind="text/plain")
            return
        match self.path.partition("?")[0].strip("/").split("/"):
            case [""]:
                mails = self.server.store.newest(_MAILS_LISTED)
                self._answer(
                    HTTPStatus.OK, mail_page.index(mails, read_logins(self.server.folder), now=time.time())
                )
            case ["style.css"]:
                self._answer(HTTPStatus.OK, _STYLE.read_text(), kind="text/css")
            case ["mail", name] if mail := self.server.store.read(name):
                self._answer(HTTPStatus.OK, mail_page.one_mail(mail))
            case ["mail", name, "html"] if mail := self.server.store.read(name):
                self._answer(HTTPStatus.OK, mail.body("html") or "", policy=_PART_POLICY)
            case _:
                self._answer(HTTPStatus.NOT_FOUND, "There is no such page.", kind="text/plain")

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not worth a log."""

    def _answer(
        self, status: HTTPStatus, text: str, *, kind: str = "text/html", policy: str = _PAGE_POLICY
    ) -> None:
        body = text.encode(errors="replace")
        headers: Mapping[str, str] = {
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Length": str(len(body)),
            "Content-Security-Policy": policy,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="holds mail/ and logins.json")
    parser.add_argument(
        "--page-port", type=int, default=0, help="preferred; another one is taken when it is busy"
    )
    parser.add_argument(
        "--announce", type=Path, required=True, help="the file to write the ports to, as JSON"
    )
    asked = parser.parse_args()
    store = MailStore(asked.folder / "mail")
    with MailSink(store) as sink, _page_server(asked.folder, store, asked.page_port) as page:
        draft = asked.announce.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(Ports(smtp=sink.port, page=page.server_port))))
        draft.replace(asked.announce)
        page.serve_forever()


def _page_server(folder: Path, store: MailStore, port: int) -> PageServer:
    try:
        return PageServer(folder, store, port)
    except OSError:
        return PageServer(folder, store, 0)


if __name__ == "__main__":
    main()
