"""The judge sees each kind of fault; otherwise ten thousand good answers would mean nothing."""

import pytest
from django.http import HttpResponse

from tests.fuzz.hostile import Request
from tests.fuzz.judge import complaints
from tests.fuzz.values import MARK, SUM

ASKED = Request(1, "today", "clinician", "POST", "/today/", "")
SAID = "<html><body><main><p>This was not understood, try again please.</p>{}</main></body></html>"


def said(content: str, status: int = 422, **headers: str) -> list[str]:
    answer = HttpResponse(SAID.format(content), status=status)
    for name, value in headers.items():
        answer.headers[name.replace("_", "-")] = value
    return list(complaints(ASKED, answer))


def test_a_good_refusal_is_no_fault() -> None:
    assert said(f"<p>&lt;{MARK} onload=1&gt;</p>") == []


@pytest.mark.parametrize(
    "content",
    [
        f"<{MARK} onload=1>",
        f'<p title="" {MARK}="1">',
        f"<img src=x onerror={MARK}()>",
        f'<a href="javascript:{MARK}()">',
        '<form action="//evil.example">',
        f"<p>{SUM}</p>",
        '<pre>File "/srv/app.py", line 3</pre>',
        "<p>psycopg.errors.DataError</p>",
    ],
)
def test_what_came_out_of_a_request_is_a_fault(content: str) -> None:
    assert len(said(content)) == 1


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_being_sent_away_is_a_fault(target: str) -> None:
    assert said("", 302, Location=target)


def test_a_header_of_the_request_is_a_fault() -> None:
    assert said("", 200, **{f"X_{MARK}": "1"})


def test_a_refusal_without_a_sentence_is_a_fault() -> None:
    assert list(complaints(ASKED, HttpResponse("", status=405)))
    assert list(
        complaints(ASKED, HttpResponse("<head><title>Words in a title.</title></head>No", status=404))
    )


def test_an_error_of_ours_is_a_fault() -> None:
    assert said("", 500)
