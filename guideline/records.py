"""Plain data to frozen dataclasses, by their annotations, refusing everything that does not fit.

A content file is written by people who review medicine, not Python. So the shape of every entry is
one dataclass, and this module turns a mapping into it or says which file, which key and what to do.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from guideline.errors import ContentError

Record = TypeVar("Record")

_NAMES: dict[Any, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    Decimal: "a number",
    date: "a date such as 2026-11-23",
}


def build(kind: type[Record], raw: object, file: str, key: str) -> Record:
    """One ``kind`` from the mapping ``raw``; ``file`` and ``key`` name the place in messages."""
    if not isinstance(raw, dict):
        raise ContentError(file, key, f"must be a group of keys, not {raw!r}")
    known = _shape(kind)  # type: ignore[arg-type]  # a class is hashable, mypy forgets it for a type variable
    for name in raw:
        if name not in known:
            raise ContentError(
                file, f"{key}.{name}", f"is not known; remove it or use one of {', '.join(known)}"
            )
    values: dict[str, object] = {}
    for name, (field, annotation) in known.items():
        if name in raw:
            values[name] = _convert(annotation, raw[name], file, f"{key}.{name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ContentError(file, f"{key}.{name}", f"is missing; add {_describe(annotation)}")
    return kind(**values)


@cache
def _shape(kind: Any) -> dict[str, tuple[Field[Any], Any]]:
    """Field and annotation of every key the file may hold, read once per class."""
    hints = get_type_hints(kind)
    return {field.name: (field, hints[field.name]) for field in fields(kind)}


def _convert(annotation: Any, value: Any, file: str, key: str) -> object:
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return _convert_union(annotation, value, file, key)
    if origin is tuple:
        return _convert_list(annotation, value, file, key)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _convert_mapping(annotation, value, file, key)
    if is_dataclass(annotation) and isinstance(annotation, type):
        return build(annotation, value, file, key)
    if not _fits(annotation, value):
        raise ContentError(file, key, f"must be {_describe(annotation)}, not {value!r}")
    return value


def _convert_union(annotation: Any, value: Any, file: str, key: str) -> object:
    members = get_args(annotation)
    if value is None and type(None) in members:
        return None
    for member in members:
        if not is_dataclass(member) and get_origin(member) in (None, Literal) and _fits(member, value):
            return value
    others = [
        member for member in members if is_dataclass(member) or get_origin(member) not in (None, Literal)
    ]
    if len(others) == 1:
        return _convert(others[0], value, file, key)
    raise ContentError(file, key, f"must be {_describe(annotation)}, not {value!r}")


def _convert_list(annotation: Any, value: Any, file: str, key: str) -> object:
    if not isinstance(value, list):
        raise ContentError(file, key, f"must be a list, not {value!r}")
    members = get_args(annotation)
    if members[-1] is Ellipsis:
        members = (members[0],) * len(value)
    if len(members) != len(value):
        raise ContentError(file, key, f"must list {len(members)} values, not {len(value)}")
    return tuple(
        _convert(member, item, file, f"{key}[{place}]")
        for place, (member, item) in enumerate(zip(members, value, strict=True))
    )


def _convert_mapping(annotation: Any, value: Any, file: str, key: str) -> object:
    if not isinstance(value, dict):
        raise ContentError(file, key, f"must be a group of keys, not {value!r}")
    _, item_type = get_args(annotation)
    for name in value:
        if not isinstance(name, str):
            raise ContentError(file, f"{key}.{name}", "must be a text; put the key in quotes")
    return MappingProxyType(
        {name: _convert(item_type, item, file, f"{key}.{name}") for name, item in value.items()}
    )


def _fits(annotation: Any, value: object) -> bool:
    if get_origin(annotation) is Literal:
        return value in get_args(annotation) and isinstance(value, str)
    if annotation is Decimal:
        return isinstance(value, Decimal | int) and not isinstance(value, bool)
    if annotation is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if annotation is str:
        return isinstance(value, str) and bool(value.strip())
    return annotation is not type(None) and isinstance(value, annotation)


def _describe(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return "one of " + ", ".join(get_args(annotation))
    if get_origin(annotation) in (Union, UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        return " or ".join(_describe(member) for member in members)
    if get_origin(annotation) is tuple:
        return "a list"
    return _NAMES.get(annotation, "a group of keys")
