"""What no answer may do, however hostile the request was."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from tests.fuzz.hostile import Request
from tests.fuzz.site import text_of
from tests.fuzz.values import MARK, SUM

TRACE = re.compile(r'Traceback \(most recent|File "/|django\.(db|core)\.|psycopg|LINE \d+:|DETAIL:')
SENTENCE = re.compile(r"[A-Z][^.!?<>]{12,}[.!?]")
RUNS = ("javascript:", "data:text", "vbscript:")
# Say "down" with 503 while a part is; a watcher reads them, no person.
WATCHED = {"healthz", "reminders:healthz"}


class _Injected(HTMLParser):
    """Finds tags, attributes and addresses that came out of a request."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if MARK in tag:
            self.found.append(f"a tag <{tag}>")
        for name, value in attrs:
            if MARK in name or (name.startswith("on") and MARK in (value or "")):
                self.found.append(f"an attribute {name} of <{tag}>")
            if name in {"href", "src", "action", "formaction", "hx-get", "hx-post"}:
                target = (value or "").strip().lower()
                if target.startswith(RUNS) and not target.startswith("data:image"):
                    self.found.append(f"an address {target[:40]}")
                if target.startswith(("//evil", "http://evil", "https:evil", "https://evil")):
                    self.found.append(f"a way out {target[:40]}")


def injected_into(text: str) -> list[str]:
    """The tags, attributes and addresses of a page that somebody else wrote."""
    page = _Injected()
    page.feed(text)
    return page.found


def complaints(request: Request, answer: HttpResponse) -> Iterator[str]:
    """Each thing that is wrong with the answer, in words; none if it is a good one."""
    raised = getattr(answer, "exc_info", None)
    failed = answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    if raised is not None or (failed and request.name not in WATCHED):
        yield f"answered {answer.status_code}, raised {raised and raised[1]!r}"
        return
    text = text_of(answer)
    if TRACE.search(text):
        yield f"shows its inside: {TRACE.search(text)[0]}"
    if SUM in text or settings.SECRET_KEY in text:
        yield "ran a template of the request"
    yield from _headers(request, answer)
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    if is_html:
        yield from injected_into(text)
    if answer.status_code >= HTTPStatus.BAD_REQUEST and request.method != "HEAD" and not failed:
        words = unescape(
            re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(head|header|nav|footer)\b.*?</\1>", " ", text))
        )
        if not SENTENCE.search(" ".join(words.split())):
            yield f"answered {answer.status_code} without a sentence: {text[:80]!r}"


def _headers(request: Request, answer: HttpResponse) -> Iterator[str]:
    if any(MARK in name.lower() for name in answer.headers):
        yield "set a header that the request wrote"
    target = urlsplit(answer.headers.get("Location", ""))
    if target.netloc or target.scheme or answer.headers.get("Location", "").startswith(("//", "/\\")):
        yield f"sends away to {answer.headers['Location'][:80]}"
    if (
        answer.headers.get("HX-Redirect", "/")[:1] != "/"
        or answer.headers.get("HX-Redirect", "/")[:2] == "//"
    ):
        yield f"sends htmx away to {answer.headers['HX-Redirect'][:80]}"
