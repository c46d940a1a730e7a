"""The addresses and forms of the house, as a browser finds them by following links."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from accounts.permissions import POLICY
from accounts.refused import REFUSED

MOST_ADDRESSES = 3  # of one kind, that are kept
OK = 200


@dataclass
class Form:
    """A form of a page: where it goes, and what it would send as it stands."""

    action: str
    method: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # name, type, value


class Page(HTMLParser):
    """Links and forms of a page."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._inside: Form | None = None
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.links += [urljoin(self.base, told[name]) for name in ("href", "hx-get") if told.get(name)]
        for name in ("hx-post", "formaction"):
            if told.get(name):
                held = list(self._inside.fields) if self._inside else []
                self.forms.append(Form(urljoin(self.base, told[name]), "post", held))
        if tag == "form":
            self._inside = Form(urljoin(self.base, told.get("action", "")), told.get("method", "get").lower())
            self.forms.append(self._inside)
        elif self._inside is not None:
            self._field(tag, told)

    def _field(self, tag: str, told: dict[str, str]) -> None:
        assert self._inside is not None
        name = told.get("name", "")
        if tag in {"input", "button"} and name:
            self._inside.fields.append((name, told.get("type", "text"), told.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._inside.fields.append((self._select, "choice", told.get("value", "")))
        elif tag == "textarea" and name:
            self._inside.fields.append((name, "text", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        elif tag == "select":
            self._select = ""


@dataclass
class Site:
    """What was found: by view name, the real addresses, the forms that go there, the names in queries."""

    addresses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    forms: dict[str, list[Form]] = field(default_factory=lambda: defaultdict(list))
    query_names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    seen: set[tuple[str, str]] = field(default_factory=set)

    def take(self, page: Page) -> list[tuple[str, str]]:
        """Keep what a page shows; returns the addresses worth opening, each with its view name."""
        for form in page.forms:
            name = view_name(form.action)
            if name and len(self.forms[name]) < 2 * MOST_ADDRESSES:
                self.forms[name].append(form)
            self._note(name, form.action)
        fresh = []
        for link in page.links:
            name = view_name(link)
            if self._note(name, link):
                fresh.append((name, link))
        return fresh

    def _note(self, name: str, link: str) -> bool:
        if not name:
            return False
        parts = urlsplit(link)
        self.query_names[name] |= {key for key, _ in parse_qsl(parts.query)}
        address = parts.path
        if address in self.addresses[name] or len(self.addresses[name]) >= MOST_ADDRESSES:
            return False
        self.addresses[name].append(address)
        return True


def crawl(
    site: Site, client: Client, start: list[str], look: Callable[[HttpResponse], None] = lambda answer: None
) -> None:
    """Open every kind of page that this person can reach by links, each kind as often as it has examples.

    ``look`` is shown each page.
    """
    waiting = list(start)
    opened: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        if path in opened:
            continue
        opened.add(path)
        answer = client.get(path, follow=True)
        if answer.status_code == OK and answer.headers.get("Content-Type", "").startswith("text/html"):
            look(answer)
            page = Page(answer.request["PATH_INFO"])
            page.feed(text_of(answer))
            waiting += [link for name, link in site.take(page) if not name.startswith("account_logout")]


def text_of(answer: HttpResponse) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


def view_name(link: str) -> str:
    """The name of the view behind a link of ours; "" for any other."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return ""


def routes(
    resolver: URLResolver | None = None, before: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Every view name with the pattern of its address."""
    resolver = resolver or get_resolver()
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}", "/" + route.rstrip("$")


ROUTES = dict(routes())
NAMES = sorted(POLICY.keys() | REFUSED.keys())
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
