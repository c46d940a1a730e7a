"""A case as somebody sent it, to a ``Case`` or to one sentence that says what is wrong with it."""

import json
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from hashlib import sha256
from typing import Any

from guideline.errors import InputError
from guideline.fact_table import FACTS, FactDefinition
from guideline.facts import Case, FactValue
from guideline.json_input import MAX_SHOWN, shown

_GROUPS: Mapping[str, type] = {
    field.name: type(field.default) for field in fields(Case) if field.name != "line"
}
_FACTS_IN: Mapping[str, Mapping[str, FactDefinition]] = {
    group: {fact.name: fact for fact in FACTS if fact.group == group} for group in ("", *_GROUPS)
}


def parse_case(raw: object) -> Case:
    """The case in plain data (as ``read_json`` returns it), checked whole.

    Absent and ``None`` both mean unknown. Raises ``InputError`` naming path, value and what is
    allowed for unknown keys, wrong types, impossible values and facts that contradict each other.
    """
    if not isinstance(raw, Mapping):
        raise InputError("", shown(raw), "a case is an object with the key line")
    _refuse_unknown_keys(raw, "", ("line", *_GROUPS))
    if raw.get("line") is None:
        raise InputError("line", "null", f"it is required: {_FACTS_IN['']['line'].allowed}")
    groups = {name: _parse_group(name, kind, raw.get(name)) for name, kind in _GROUPS.items()}
    case = Case(line=_value(_FACTS_IN[""]["line"], raw["line"]), **groups)  # type: ignore[arg-type]  # checked just now
    contradiction = case.contradiction()
    if contradiction is not None:
        raise contradiction
    return case


def facts_as_json(case: Case) -> dict[str, Any]:
    """The known facts as nested plain data: no nulls, no empty groups, integral numbers as integers."""
    known: dict[str, Any] = {"line": case.line}
    for fact in FACTS:
        value = fact.read(case)
        if value is not None and fact.group:
            known.setdefault(fact.group, {})[fact.name] = _plain(value)
    return known


def facts_sha256(facts: Mapping[str, Any]) -> str:
    """The fingerprint of ``facts_as_json``: SHA-256 of its JSON with sorted keys and without spaces."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _parse_group(name: str, kind: type, raw: object) -> object:
    if raw is None:
        return kind()
    known = _FACTS_IN[name]
    if not isinstance(raw, Mapping):
        raise InputError(name, shown(raw), f"an object with any of {', '.join(known)}, or null is allowed")
    _refuse_unknown_keys(raw, f"{name}.", known)
    return kind(**{key: _value(known[key], value) for key, value in raw.items()})


def _refuse_unknown_keys(raw: Mapping[Any, object], prefix: str, known: Any) -> None:
    for key in raw:
        if key not in known:
            name = (
                key if isinstance(key, str) and key.isidentifier() and len(key) <= MAX_SHOWN else shown(key)
            )
            raise InputError(f"{prefix}{name}", "an unknown key", f"known here are {', '.join(known)}")


def _value(fact: FactDefinition, value: object) -> FactValue:
    if value is None:
        return None
    if fact.kind == "boolean":
        if isinstance(value, bool):
            return value
    elif fact.kind == "choice":
        if isinstance(value, str) and value in fact.choices:
            return value
    else:
        number = _number(value)
        if number is not None and _is_in_range(fact, number):
            return number
    raise InputError(fact.path, shown(value), fact.allowed)


def _number(value: object) -> Decimal | int | None:
    """A finite number, integral ones as ``int`` (30.0 and 30 are one value), else ``None``."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int):
        return value
    number = Decimal(repr(value)) if isinstance(value, float) else value
    if not number.is_finite():
        return None
    return int(number) if number == number.to_integral_value() else number


def _is_in_range(fact: FactDefinition, number: Decimal | int) -> bool:
    if fact.kind == "integer" and not isinstance(number, int):
        return False
    return fact.minimum is not None and fact.maximum is not None and fact.minimum <= number <= fact.maximum


def _plain(value: FactValue) -> bool | int | float | str | None:
    """A decimal as the float that prints the same digits, as any other JSON writer would put it."""
    return float(value) if isinstance(value, Decimal) else value
