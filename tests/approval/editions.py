"""Another version of the content, as a later release would ship it."""

import shutil
from pathlib import Path

from guideline.edition import CONTENT, Edition, load_edition

LIMIT = "label: Most bone lesions that still count as limited disease\n  value: 3"


def changed(folder: Path, file: str, before: str, after: str) -> Edition:
    """The shipped content with one text of one file replaced."""
    copy = folder / "content"
    if not copy.exists():
        shutil.copytree(CONTENT, copy)
    text = (copy / file).read_text()
    assert before in text, f"{before!r} is not in {file}"
    (copy / file).write_text(text.replace(before, after, 1))
    return load_edition(copy)


def with_limit_of_two(folder: Path) -> Edition:
    """A version that counts fewer lesions as limited disease."""
    return changed(folder, "thresholds/decision.yaml", LIMIT, LIMIT.replace("value: 3", "value: 2"))


def of_next_year(folder: Path) -> Edition:
    """A version with a name of its own: another limit, and a statement in other words."""
    changed(folder, "edition.yaml", '"2026.11"', '"2027.01"')
    changed(
        folder, "statements/radiation.yaml", "there is no lesion to irradiate", "no lesion is there to treat"
    )
    return with_limit_of_two(folder)
