"""Form fields that several parts of the record share."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms

ANSWERS = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))
_VALUES = {"yes": True, "no": False, "unknown": None}
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_WORDS = {value: word for word, value in _VALUES.items()}


class ThreeValuedField(forms.ChoiceField):
    """Yes, no, or not known; unknown is an answer that can be seen, never an empty box.

    Cleans to True, False or None; where it is not required, no answer is None as well.
    """

    widget = forms.RadioSelect

    def __init__(self, *, unknown: str = "Not known", **kwargs: Any) -> None:
        choices = [(word, unknown if word == "unknown" else label) for word, label in ANSWERS]
        super().__init__(choices=choices, **({"initial": "unknown"} | kwargs))

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was posted; where nothing was, nothing is chosen, not even *unknown*."""
        return "" if data is None else data

    def prepare_value(self, value: Any) -> Any:
        return _WORDS.get(value, value) if isinstance(value, bool) or value is None else value

    def clean(self, value: Any) -> bool | None:
        return _VALUES.get(super().clean(value))


class AmountField(forms.DecimalField):
    """A number as a report writes it; a comma is the decimal mark unless it could part thousands."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = {
            "invalid": "Give a number such as 4.5, without the unit.",
            "min_value": "The number cannot be negative.",
            "max_digits": "The number has too many digits.",
            "max_decimal_places": "Give at most %(max)s decimals.",
            "max_whole_digits": "The number is too large; at most %(max)s digits before the decimal mark.",
        }
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages=wrong | kwargs.pop("error_messages", {}),
            **kwargs,
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override] # the stubs follow IntegerField
        """The number. Raises ValidationError where a comma has two readings."""
        if isinstance(value, str) and THOUSANDS.fullmatch(value.strip()):
            raise forms.ValidationError(f"{value} has two readings; write it with a point or without a mark.")
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class CountField(forms.IntegerField):
    """A whole number of something countable, refused in words."""

    def __init__(self, *, least: int = 0, most: int, what: str, **kwargs: Any) -> None:
        super().__init__(
            min_value=least,
            max_value=most,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "invalid": f"Give the number of {what} as a whole number.",
                "min_value": f"The number of {what} is at least {least}.",
                "max_value": f"At most {most} {what} can be entered.",
            },
            **kwargs,
        )


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
