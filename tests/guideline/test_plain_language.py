"""The words for patients: each has a source, and no place of the sheet stays empty."""

from dataclasses import replace

import pytest

from guideline.content_files import SECTIONS
from guideline.edition import load_edition
from guideline.errors import ContentError
from guideline.plain_language import PlainSentence
from tests.guideline.test_content_checks import check, refusal_of

WORDS = load_edition().plain_language


def refusal_without(*keys: str) -> str:
    """What is said when these entries are missing."""
    sections = {name: dict(getattr(load_edition(), name)) for name in SECTIONS}
    for key in keys:
        del sections["plain_language"][key]
    with pytest.raises(ContentError) as refusal:
        check(sections)
    return str(refusal.value)


def test_an_entry_that_says_nothing_is_named():
    found = refusal_of("plain_language", "asct", what=())
    assert found == "plain_language.yaml: asct.what: is empty; say in a sentence what it is"


@pytest.mark.parametrize("part", ["what", "how", "watch"])
def test_a_sentence_without_a_source_is_named(part):
    found = refusal_of("plain_language", "asct", **{part: (PlainSentence("It helps.", ()),)})
    assert found.startswith("plain_language.yaml: asct.sources: sentence ")
    assert found.endswith(" has no source; name at least one")


@pytest.mark.parametrize("place", ["calling", "closing", "other"])
def test_a_sheet_has_every_place_filled(place):
    keys = [key for key, entry in WORDS.items() if entry.about == place]
    assert refusal_without(*keys) == f"plain_language: {place}: no entry is about {place}; add one"


def test_an_examination_that_is_planned_and_explained_nowhere_is_named():
    cure = "is planned by a schedule and explained nowhere; add an entry about this examination"
    assert refusal_without("marrow") == f"plain_language: marrow: {cure}"


def test_an_explanation_of_an_examination_that_nobody_plans_is_named():
    found = refusal_of("plain_language", "asct", about="examination")
    assert found == "plain_language.yaml: asct: is no examination of a schedule; correct the key"


def test_the_content_as_it_is_passes():
    check({name: dict(getattr(load_edition(), name)) for name in SECTIONS})
    assert replace(WORDS["asct"], how=()).sentences == (*WORDS["asct"].what, *WORDS["asct"].watch)
