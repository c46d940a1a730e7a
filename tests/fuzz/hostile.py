"""One hostile request from one number: the same number gives the same request."""

import random
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

from tests.fuzz import values
from tests.fuzz.site import ARGUMENT, NAMES, ROUTES, Form, Site

BOUNDARY = "boundary7357"
FORM = "application/x-www-form-urlencoded"
OTHER_METHODS = ["GET"] * 12 + ["POST"] * 6 + ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
LONGEST_BODY = 200_000


@dataclass
class Request:
    """What is sent. ``who`` names one of the people; ``has_token`` is about the form's protection."""

    number: int
    name: str
    who: str
    method: str
    path: str
    query: str
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)
    has_token: bool = True

    def __str__(self) -> str:
        sent = f"{self.body[:600]!r} as {self.content_type[:60]!r} {self.headers or ''}" if self.body else ""
        return f"{self.number}: {self.who} {self.method} {self.path[:200]}?{self.query[:300]} {sent}"


def request_of(number: int, *, seed: int, site: Site, people: dict[str, set[str]]) -> Request:
    """The request of a number; ``people`` maps each person to the addresses their roles open."""
    chance = random.Random(f"{seed}-{number}")  # noqa: S311 - not for secrets
    name = NAMES[number % len(NAMES)]
    form = chance.choice(site.forms[name]) if site.forms[name] and chance.random() < 0.85 else None
    path = _path(name, form, chance, site)
    fitting = sorted(who for who, opened in people.items() if name in opened)
    who = chance.choice(fitting) if fitting and chance.random() < 0.85 else chance.choice(sorted(people))
    method = form.method.upper() if form is not None else chance.choice(OTHER_METHODS)
    request = Request(number, name, who, method, path, "")
    fields = _fields(form, chance)
    if method == "GET" and form is not None:
        request.query = _urlencoded(fields)
    elif chance.random() < 0.5:
        names = sorted(site.query_names[name]) + values.QUERY_NAMES
        request.query = _urlencoded(
            [(chance.choice(names), _evil(chance)) for _ in range(chance.randint(1, 3))]
        )
    if method in {"POST", "PUT", "PATCH", "DELETE"}:
        _fill_body(request, fields, form, chance)
        request.has_token = chance.random() > 0.06
    if chance.random() < 0.3:
        request.headers = {
            "HX-Request": "true",
            "HX-Current-URL": _header(chance),
            "Referer": _header(chance),
        }
    return request


def _path(name: str, form: Form | None, chance: random.Random, site: Site) -> str:
    known = [form.action.partition("?")[0]] if form else site.addresses[name]
    if known and (form or chance.random() < 0.7):
        return chance.choice(known)

    def argument(found: "object") -> str:
        kind = found[1] or "str"  # type: ignore[index]
        return quote_from_bytes(
            _argument(kind, found[2] or "", chance, site).encode("utf-8", "surrogatepass"), safe=""
        )

    return ARGUMENT.sub(argument, ROUTES[name]).replace("\\", "")


def _argument(kind: str, name: str, chance: random.Random, site: Site) -> str:
    """A part of an address: often one that fits its kind, for the views to stumble over."""
    if kind == "uuid" and name == "patient_id" and chance.random() < 0.8:
        return chance.choice(site.addresses["patients:overview"]).split("/")[2]
    if chance.random() < 0.6:
        return {
            "uuid": values.IDS[0],
            "int": chance.choice(["0", "1", "2147483648", "9223372036854775808", "9" * 40]),
            "slug": chance.choice(
                ["x", "None", "-", "a" * 300, "vegf", "plan-a4", "position", "event", "2026-06-31"]
            ),
        }.get(kind, chance.choice(values.ALL)[:300] or "x")
    return chance.choice(values.ALL)[:300] or "x"


def _evil(chance: random.Random) -> str:
    return chance.choice(chance.choice([values.TEXTS, values.NUMBERS, values.DAYS, values.IDS]))


def _header(chance: random.Random) -> str:
    """Servers let no line break and no control character through in a header."""
    return "".join(sign for sign in chance.choice(values.TEXTS)[:500] if " " <= sign <= "~")


def _fields(form: Form | None, chance: random.Random) -> list[tuple[str, str]]:
    """The fields of a form, one or some or all of them made hostile; without a form, hostile ones alone."""
    if form is None:
        names = [
            "name",
            "version",
            "submission",
            "q",
            "note",
            "kind",
            "value",
            "reason",
            "day",
            "email",
            "next",
            "go",
            "question",
        ]
        return [(chance.choice(names), _evil(chance)) for _ in range(chance.randint(0, 6))]
    fields = [(name, _honest(kind, value, chance)) for name, kind, value in _sent(form, chance)]
    share = chance.choice([0.0, 0.1, 0.3, 1.0]) if fields else 0.0
    wrong = chance.randrange(len(fields)) if fields else 0
    fields = [
        (name, _evil(chance) if place == wrong or chance.random() < share else value)
        for place, (name, value) in enumerate(fields)
    ]
    if chance.random() < 0.2:
        fields = [pair for pair in fields if chance.random() < 0.7]
    if chance.random() < 0.2 and fields:
        fields += [(chance.choice(fields)[0], _evil(chance)) for _ in range(3)]
    if chance.random() < 0.15:
        names = [
            "hospital",
            "hospital_id",
            "is_staff",
            "role",
            "roles",
            "signed_by",
            "version",
            "id",
            "patient",
            "state",
            "x\x00",
        ]
        fields += [(chance.choice(names), _evil(chance)) for _ in range(3)]
    return fields


def _sent(form: Form, chance: random.Random) -> list[tuple[str, str, str]]:
    """Of each set of radio buttons, options or buttons one, as a browser would send it."""
    choices: dict[tuple[str, str], list[str]] = {}
    for name, kind, value in form.fields:
        one_of = kind in {"radio", "choice", "submit", "checkbox"}
        choices.setdefault((name, "choice" if one_of else kind), []).append(value)
    return [
        (name, kind, chance.choice(options)) for (name, kind), options in choices.items() if kind != "file"
    ]


def _honest(kind: str, value: str, chance: random.Random) -> str:
    if value or kind in {"choice", "hidden"} or chance.random() < 0.3:
        return value
    return chance.choice(values.HONEST.get(kind, values.HONEST["text"]))


def _fill_body(
    request: Request, fields: list[tuple[str, str]], form: Form | None, chance: random.Random
) -> None:
    takes_file = form is not None and any(kind == "file" for _, kind, _ in form.fields)
    dice = chance.random()
    if takes_file or dice < 0.15:
        request.body = _multipart(
            fields, "file" if takes_file else chance.choice(["file", "x", "note"]), chance
        )
        request.content_type = f"multipart/form-data; boundary={BOUNDARY}"
        if chance.random() < 0.15:
            request.body = request.body[: chance.randrange(len(request.body))]
        return
    request.body = _urlencoded(fields).encode()
    if dice < 0.25:
        request.content_type = chance.choice(values.CONTENT_TYPES)
    elif dice < 0.3:
        request.body = bytes(chance.randrange(256) for _ in range(300))
    elif dice < 0.33:
        request.body = b"&".join([b"a=1"] * chance.choice([999, 1_100]))


def _urlencoded(fields: list[tuple[str, str]]) -> str:
    def quoted(text: str) -> str:
        return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")

    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in fields)[:LONGEST_BODY]


def _multipart(fields: list[tuple[str, str]], file_field: str, chance: random.Random) -> bytes:
    def part(headers: str, content: bytes) -> bytes:
        return f"--{BOUNDARY}\r\n{headers}\r\n\r\n".encode("utf-8", "surrogatepass") + content + b"\r\n"

    parts = [
        part(f'Content-Disposition: form-data; name="{name}"', value.encode("utf-8", "surrogatepass"))
        for name, value in fields
    ]
    name = chance.choice(values.FILE_NAMES)
    disposition = f'Content-Disposition: form-data; name="{file_field}"; filename="{name}"'
    for _ in range(chance.choice([1, 1, 1, 1, 3])):
        parts.append(part(f"{disposition}\r\nContent-Type: text/csv", chance.choice(values.FILES)))
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
