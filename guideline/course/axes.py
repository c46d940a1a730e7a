"""The four axes seen together: which of them worsen, and whether they say different things.

That they differ is normal, above all in the first year: it is a state with a name and not an error.
"""

from guideline.course.reading import Axes
from guideline.course.verdicts import (
    COMPLETE,
    COMPLETE_UNCONFIRMED,
    CONFIRMED,
    IMPROVING,
    MAY_STILL_MATURE,
    MIXED,
    NO_IMPROVEMENT,
    NONE,
    PARTIAL,
    PROGRESSION,
    STABLE_AT_MAXIMUM,
    TOO_EARLY,
    VERY_GOOD_PARTIAL,
    WORSENING,
)

GOOD, WAITING, POOR = "good", "waiting", "poor"
RISING = "rising"

_CLASS_OF_WORD = {
    COMPLETE: GOOD,
    COMPLETE_UNCONFIRMED: GOOD,
    VERY_GOOD_PARTIAL: GOOD,
    PARTIAL: GOOD,
    IMPROVING: GOOD,
    TOO_EARLY: WAITING,
    MAY_STILL_MATURE: WAITING,
    STABLE_AT_MAXIMUM: WAITING,
    NONE: POOR,
    PROGRESSION: POOR,
    RISING: POOR,
    WORSENING: POOR,
    MIXED: POOR,
    NO_IMPROVEMENT: POOR,
}


def classes_of(axes: Axes) -> dict[str, str]:
    """Good, waiting or poor for every axis that can be judged; the others are left out."""
    vegf = None if axes.vegf is None else axes.vegf.judged.word
    words = {
        "vegf": RISING if axes.rising == CONFIRMED else vegf,
        "pet": axes.pet.judged.word,
        "neuro": axes.neuro.judged.word,
        "clone": axes.clone.judged.word,
    }
    return {axis: _CLASS_OF_WORD[word] for axis, word in words.items() if word in _CLASS_OF_WORD}


def are_discordant(axes: Axes) -> bool:
    """Whether two axes fall into different classes."""
    return len(set(classes_of(axes).values())) > 1


def another_is_poor(axes: Axes, axis: str) -> bool:
    """Whether an axis other than this one falls into the poor class."""
    return any(name != axis and found == POOR for name, found in classes_of(axes).items())


def another_worsens(axes: Axes, axis: str) -> bool:
    """Whether an axis other than this one worsens."""
    return bool(worsening(axes) - {axis})


def worsening(axes: Axes) -> frozenset[str]:
    """The axes that worsen: one unconfirmed value or one noisy score is not yet an axis."""
    worsens = {
        "vegf": axes.rising == CONFIRMED,
        "pet": axes.pet.judged.word == PROGRESSION,
        "neuro": axes.neuro.axis_worsens,
        "clone": axes.clone.judged.word == PROGRESSION,
    }
    return frozenset(axis for axis, does in worsens.items() if does)
