"""Reading one JSON object of a history, key by key, refusing what does not fit.

Every refusal names the path, the value as it was sent and what would have been accepted. Absent and
null both mean not known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guideline.edition import Edition
from guideline.errors import InputError
from guideline.json_input import shown


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of the input, where it stands, and the edition whose limits apply."""

    raw: dict[str, object]
    path: str
    edition: Edition

    def at(self, key: str) -> str:
        """The path of a key of this object."""
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, allowed: str) -> InputError:
        """The error for a key whose value cannot be used."""
        return InputError(self.at(key), shown(self.raw.get(key)), allowed)

    def text(self, key: str) -> str | None:
        """A text that is not blank, or None."""
        value = self.raw.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(key, "a text is expected, or null where it is not known")
        return value

    def choice(self, key: str, allowed: Sequence[str]) -> str | None:
        """One of the given words, or None."""
        value = self.raw.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or value not in allowed:
            raise self.refuse(key, f"allowed are {', '.join(allowed)}, or null where it is not known")
        return value

    def flag(self, key: str) -> bool | None:
        """True, false or None."""
        value = self.raw.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.refuse(key, "allowed are true, false, or null where it is not known")
        return value

    def number(self, key: str) -> Decimal | None:
        """A finite number, exactly as written, or None. Whole and decimal numbers both count."""
        value = self.raw.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise self.refuse(key, "a number is expected, without quotes, or null where it is not known")
        # repr of a float is the shortest text that means it: the number its writer saw.
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        largest = self.edition.number("largest_value")
        if not number.is_finite() or abs(number) > largest or _too_fine(number, largest):
            raise self.refuse(
                key, f"a number of at most {largest:,} with a sensible number of decimals is expected"
            )
        return number

    def day(self, key: str) -> date | None:
        """A calendar date, or None. A time of day is refused: clinical dates are dates."""
        value = self.raw.get(key)
        if value is None:
            return None
        found = _date(value)
        first, last = self.edition.number("first_year"), self.edition.number("last_year")
        if found is None or not first <= found.year <= last:
            raise self.refuse(key, f"a date written as YYYY-MM-DD from {first} to {last} is expected")
        return found

    def required_day(self, key: str) -> date:
        """A calendar date that must be there."""
        found = self.day(key)
        if found is None:
            raise self.refuse(key, "a date is required here, written as YYYY-MM-DD")
        return found

    def period(self) -> tuple[date, date | None]:
        """``start`` and ``end`` of something that may be ongoing; it cannot end before it starts."""
        start, end = self.required_day("start"), self.day("end")
        if end is not None and end < start:
            raise self.refuse(
                "end", f"an end on or after the start, {start.isoformat()}, is expected, or null"
            )
        return start, end

    def objects(self, key: str, keys: Sequence[str]) -> Iterator["Fields"]:
        """The objects of a list, each with known keys only. An absent list is empty."""
        value = self.raw.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            raise self.refuse(key, "a list of objects is expected, or null")
        for place, item in enumerate(value):
            yield fields_of(item, f"{self.at(key)}[{place}]", keys, self.edition)


def fields_of(raw: object, path: str, keys: Sequence[str], edition: Edition) -> Fields:
    """The fields of an object that may hold these keys and no others."""
    if not isinstance(raw, dict):
        raise InputError(path, shown(raw), f"an object with the keys {', '.join(keys)} is expected")
    for key in raw:
        if key not in keys:
            where = f"{path}.{key}" if path else str(key)
            raise InputError(where, "this key", f"known keys here are {', '.join(keys)}")
    return Fields(raw, path, edition)


def _date(value: object) -> date | None:
    """Only the extended form counts: the compact and the week forms of ISO 8601 invite misreading."""
    if not isinstance(value, str):
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return None
    return found if found.isoformat() == value else None


def _too_fine(number: Decimal, largest: Decimal | int) -> bool:
    """Whether it has so many decimals that sums with it would not be exact."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and bool(number) and -exponent > len(str(largest)) + len(str(largest))
