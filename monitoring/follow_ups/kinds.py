"""The kinds of follow-ups that the guideline's schedules know, in words, and one for everything else."""

from guideline.edition import Edition

OTHER = "other"


def kinds_of(edition: Edition) -> dict[str, str]:
    """By kind the words of the content, in its order."""
    words: dict[str, str] = {}
    for schedule in edition.schedules.values():
        for item in schedule.items:
            words.setdefault(item.kind, item.label)
    return words
