"""How many years of school a text asks for: the Flesch-Kincaid grade, counted by ourselves.

The libraries that count it look syllables up in a dictionary they download, which a test must not need.
Where spelling leaves a doubt the count is the higher one, so that a text never seems easier than it is.
"""

import re
from collections.abc import Sequence

WORD = re.compile(r"[A-Za-z][A-Za-z']*")


def grade(texts: Sequence[str]) -> float:
    """The grade of texts that each hold whole sentences; a title counts as a sentence."""
    sentences = [part for text in texts for part in re.split(r"(?<=[.!?])\s+", text) if WORD.search(part)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    syllables = sum(map(syllables_of, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def syllables_of(word: str) -> int:
    """Groups of vowels; a silent *e* or *ed* at the end is none, an abbreviation is spelled out."""
    if len(word) > 1 and word.isupper():
        return len(word)
    plain = word.lower()
    if plain.endswith("ed") and not plain.endswith(("ted", "ded")):
        plain = plain[:-2]
    elif plain.endswith("e") and not plain.endswith("le"):
        plain = plain[:-1]
    elif plain.endswith("es") and not plain.endswith(("ses", "ces", "ges", "xes", "zes", "hes")):
        plain = plain[:-2]
    return max(1, len(re.findall(r"[aeiouy]+", plain)))
