"""Nobody is sent away to a place that a request names, and the server opens no address that one names."""

import ast
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from supervisor.mail_store import MailStore
from tests.architecture.test_house_rules import ROOT, python_files
from tests.personas import PASSWORD, House, signed_in

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "https://localhost@evil.example/",
    "https://evil.example#localhost",
    "https://localhost.evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://evil.example",
    "\thttps://evil.example",
    "%2f%2fevil.example",
    "https://evil.example%00.localhost",
]
# Every address that takes a place to go on to.
GOES_ON = ["/account/login/", "/account/logout/", "/account/reauthenticate/", "/account/password/change/"]
# What a module that opens connections imports, and the few that do, each with the reason.
OPENS = {
    *(
        "urllib.request",
        "http.client",
        "socket",
        "ssl",
        "smtplib",
        "ftplib",
        "poplib",
        "imaplib",
        "telnetlib",
    ),
    *("requests", "httpx", "aiohttp", "urllib3", "xmlrpc", "subprocess", "asyncio", "paramiko", "boto3"),
}
KNOWN = {
    # Errors of the mail server; the connection is Django's, to EMAIL_HOST.
    "monitoring/reminders/courier.py": {"smtplib"},
    "monitoring/reminders/standstill.py": {"smtplib"},
    # The name of this machine, for the log of claims.
    "monitoring/reminders/actions/claims.py": {"socket"},
}
PRODUCT = ("guideline", "accounts", "patients", "monitoring", "treatment", "poems_site")


def goes_to(answer) -> str:
    return answer.headers.get("Location", "") or answer.headers.get("HX-Redirect", "")


def stays_here(target: str) -> bool:
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and not target.startswith(("//", "/\\", "\\"))


@pytest.mark.parametrize("place", ELSEWHERE)
def test_after_signing_in_one_is_here(house: House, place: str) -> None:
    cache.clear()
    client = Client()
    form = {"login": house.ada.user.email, "password": PASSWORD, "next": place}
    answer = client.post("/account/login/", form)
    assert answer.status_code == 302
    assert stays_here(goes_to(answer))
    assert "evil" not in urlsplit(goes_to(answer)).netloc


@pytest.mark.parametrize("path", GOES_ON)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_that_goes_on_goes_elsewhere(house: House, path: str, method: str) -> None:
    for place in ELSEWHERE:
        cache.clear()
        browser = signed_in(house.ada)
        address = f"{path}?next={quote(place)}&redirect_to={quote(place)}&return={quote(place)}"
        form = {"next": place, "password": PASSWORD}
        answer = browser.get(address) if method == "get" else browser.post(address, form)
        assert answer.status_code < 500
        assert goes_to(answer) == "" or stays_here(goes_to(answer)), place


@pytest.mark.parametrize(
    "path", ["//evil.example/patients", "//evil.example/..", "/%5cevil.example/patients"]
)
def test_a_doubled_slash_is_no_way_out(ada: Client, path: str) -> None:
    answer = ada.generic("GET", "/", PATH_INFO=path)
    assert goes_to(answer) == "" or stays_here(goes_to(answer))


def test_where_one_came_from_is_never_where_one_goes(house: House, ada: Client) -> None:
    told = {
        "Referer": "https://evil.example/",
        "HX-Current-URL": "https://evil.example/",
        "HX-Request": "true",
    }
    answer = ada.post("/hospital/switch/", {"hospital": "x"}, headers=told)
    assert stays_here(goes_to(answer))


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded", "X-Host"])
def test_the_link_in_a_mail_leads_to_our_address_whatever_the_request_calls_us(
    house: House, mailbox: MailStore, settings, header: str
) -> None:
    cache.clear()
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    settings.SITE_URL = "https://dashboard.hospital.example"
    value = "host=other.example" if header == "Forwarded" else "other.example"
    Client().post("/account/password/reset/", {"email": house.alice.user.email}, headers={header: value})
    text = mailbox.newest()[0].body("plain") or ""
    assert "https://dashboard.hospital.example/account/password/reset/key/" in text
    assert "other.example" not in text


def test_a_host_that_is_not_ours_is_refused(db: None) -> None:
    assert Client().get("/account/login/", headers={"host": "evil.example"}).status_code == 400


def test_no_module_of_the_product_opens_an_address() -> None:
    """What leaves a hospital: mails, database, Redis, the identity provider, as the environment says."""
    opens = {}
    for path in python_files(*PRODUCT):
        found = {name for name in imports_of(path) if name in OPENS or name.partition(".")[0] in OPENS}
        if found:
            opens[str(path.relative_to(ROOT))] = found
    assert opens == KNOWN


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
