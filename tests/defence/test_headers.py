"""What every answer tells the browser, whoever gives it: a page, a refusal, an error, a file."""

import re
from pathlib import Path

import pytest
from django.test import Client

from poems_site.browser_rules import UNUSED, USED
from tests.personas import House, registered

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = ["/account/login/", "/patients/", "/nothing/here", "/healthz", "/help/", "/static/icons.svg"]
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_rules(house: House, alice: Client, path: str) -> None:
    answer = alice.get(path)
    answer.close()
    headers = answer.headers
    # Files of ours are public and harmless in a frame; the middleware that serves them stands above that one.
    expected = {name: value for name, value in EXPECTED.items() if "static" not in path or name[:3] != "X-F"}
    assert {name: headers.get(name) for name in expected} == expected
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_browser_may_do_only_what_a_page_needs(alice: Client) -> None:
    policy = alice.get("/help/").headers["Permissions-Policy"].split(", ")
    allowed = {rule.partition("=")[0] for rule in policy if not rule.endswith("=()")}
    assert allowed == set(USED)
    assert len(policy) == len(USED) + len(UNUSED)
    assert "*" not in "".join(policy)


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs_inline(alice: Client) -> None:
    policy = dict(
        part.strip().split(" ", 1)
        for part in alice.get("/help/").headers["Content-Security-Policy"].split(";")
        if part.strip()
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    assert "unsafe" not in str(policy)


def test_no_answer_lets_another_origin_read_it(house: House, alice: Client) -> None:
    headers = alice.get("/patients/", headers={"origin": "https://evil.example"}).headers
    assert not [name for name in headers if name.startswith("Access-Control")]


def test_a_wrong_method_is_refused_with_a_sentence_and_with_what_is_allowed(
    house: House, alice: Client
) -> None:
    answer = alice.get(f"/patients/{registered(house.alice).pk}/export/record/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "answers to a form or to a link" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_no_message_for_a_person_lies_in_a_cookie(house: House, ada: Client) -> None:
    ada.post("/hospital/switch/", {"hospital": "nonsense"})
    assert set(ada.cookies) <= {"session", "csrftoken"}
    assert "not among yours" in ada.get("/hospital/users/").content.decode()


@pytest.mark.parametrize("path", ["/account/login/", "/patients/", "/nothing/here", "/static/favicon.svg"])
def test_text_says_its_encoding(house: House, alice: Client, path: str) -> None:
    answer = alice.get(path)
    answer.close()
    kind = answer.headers["Content-Type"]
    assert kind.lower().endswith("charset=utf-8") or kind == "image/svg+xml"


def test_scripts_keep_nothing_of_a_record_in_the_browser() -> None:
    """Light or dark; when it was last used, and by whose opaque id it was unlocked (scripts/lock.js)."""
    kept = set()
    for path in (ROOT / "static" / "src").rglob("*.js"):
        kept |= set(re.findall(r"(?:local|session)Storage\.\w+\('([\w-]+)'", path.read_text()))
        assert not re.search(r"indexedDB|document\.cookie|serviceWorker|\bcaches\b", path.read_text())
    assert kept == {"theme", "unlocked", "used-at"}
