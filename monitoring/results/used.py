"""What a result did elsewhere, told by whoever knows: the setting ``USES_OF_A_RESULT`` names a function.

It takes a result and returns what it did, in words, each with an address. This room asks by name because
follow-ups are a room beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from monitoring.results.models import Result


@dataclass(frozen=True)
class Use:
    """One sentence about what a result did, and where that can be read or undone."""

    sentence: str
    url: str


def uses_of(result: Result) -> Sequence[Use]:
    ask: Callable[[Result], Sequence[Use]] = import_string(settings.USES_OF_A_RESULT)
    return ask(result)
