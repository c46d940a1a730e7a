"""Rules that every template keeps, whoever wrote it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MAILS = ROOT / "templates/emails"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SYMBOLS = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/public/icons.svg").read_text()))

INLINE_STYLE = re.compile(r"<style|\sstyle\s*=", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"\s(on[a-z]+|hx-on[^=\s]*)\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*(src=|application/json))", re.IGNORECASE)
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)
BLOCK = re.compile(r"{%\s*(block|endblock)\b[^%]*%}")
NAMES = re.compile(r" as (\w+) %}")
NAMED_ICON = re.compile(r'partials/icon\.html" with name="([^"]+)"')


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_a_template_has_nothing_inline_that_the_content_security_policy_refuses(template):
    source = COMMENT.sub("", template.read_text())
    # A mail has no style sheet to bring along, and no policy of ours where it is read.
    styles = () if MAILS in template.parents else (INLINE_STYLE,)
    for forbidden in (*styles, INLINE_HANDLER, INLINE_SCRIPT):
        assert not forbidden.search(source), "move it to static/src/styles or static/src/scripts"


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_an_icon_that_a_template_names_exists(template):
    missing = set(NAMED_ICON.findall(template.read_text())) - SYMBOLS
    assert not missing, "draw it in static/public/icons.svg"


def test_an_icon_is_drawn_once():
    drawn = re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/public/icons.svg").read_text())
    assert len(drawn) == len(SYMBOLS)


def test_htmx_keeps_no_page_in_the_browser_and_evaluates_nothing():
    head = (ROOT / "templates/partials/head.html").read_text()
    for setting in (
        '"historyCacheSize":0',
        '"refreshOnHistoryMiss":true',
        '"allowEval":false',
        '"allowScriptTags":false',
        '"includeIndicatorStyles":false',
        '"selfRequestsOnly":true',
    ):
        assert setting in head


def blocks_of(source: str) -> list[tuple[int, int]]:
    """Where each outermost block begins and ends."""
    found, depth, begin = [], 0, 0
    for tag in BLOCK.finditer(source):
        if tag[1] == "block":
            begin = begin if depth else tag.start()
            depth += 1
        else:
            depth -= 1
            if not depth:
                found.append((begin, tag.end()))
    return found


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_what_a_block_names_is_not_used_in_another_where_it_is_empty(template):
    source = COMMENT.sub("", template.read_text())
    for begin, end in blocks_of(source):
        elsewhere = source[:begin] + source[end:]
        for name in NAMES.findall(source[begin:end]):
            used = re.search(rf"[{{( =]{name}\b", elsewhere)
            assert not used or f" as {name} %}}" in elsewhere, f"{name} is empty outside its block"
