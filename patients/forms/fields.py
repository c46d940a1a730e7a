"""Form fields that several parts of the record share."""

import unicodedata
from typing import Any

from django import forms

ANSWERS = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))
_VALUES = {"yes": True, "no": False, "unknown": None}
_WORDS = {value: word for word, value in _VALUES.items()}


class ThreeValuedField(forms.ChoiceField):
    """Yes, no, or not known; unknown is an answer that can be seen, never an empty box.

    Cleans to True, False or None.
    """

    widget = forms.RadioSelect

    def __init__(self, *, unknown: str = "Not known", **kwargs: Any) -> None:
        choices = [(word, unknown if word == "unknown" else label) for word, label in ANSWERS]
        super().__init__(choices=choices, **({"initial": "unknown"} | kwargs))

    def prepare_value(self, value: Any) -> Any:
        return _WORDS.get(value, value) if isinstance(value, bool) or value is None else value

    def clean(self, value: Any) -> bool | None:
        return _VALUES[super().clean(value)]


class NameField(forms.CharField):
    """A person's name in any script, in composed form and with single spaces."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=200,
            error_messages={
                "max_length": "A name may have at most 200 characters; this one has %(show_value)d."
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return " ".join(unicodedata.normalize("NFC", text).split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if any(unicodedata.category(character) in {"Cc", "Cf", "Co"} for character in value):
            raise forms.ValidationError("A name may not hold invisible control characters; type it anew.")
