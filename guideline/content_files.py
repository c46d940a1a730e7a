"""Reads the content folder and refuses what a reviewer could not have meant."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml

from guideline.alert_entries import AlertEntry
from guideline.content_checks import check_content
from guideline.entries import (
    Analyte,
    Dose,
    Drug,
    EditionHeader,
    Instrument,
    Phrase,
    RegisterEntry,
    Scale,
    Schedule,
    Source,
    Statement,
    Threshold,
    Validity,
)
from guideline.errors import ContentError
from guideline.glossary import GlossaryEntry
from guideline.plain_language import PlainEntry
from guideline.records import build

Entry = TypeVar("Entry")

# Sections in the order they are read: what sits in a file, and what in a folder of merged files.
SECTIONS: Mapping[str, tuple[str, type]] = {
    "sources": ("sources.yaml", Source),
    "thresholds": ("thresholds/*.yaml", Threshold),
    "statements": ("statements/*.yaml", Statement),
    "phrases": ("phrases.yaml", Phrase),
    "scales": ("scales.yaml", Scale),
    "instruments": ("instruments.yaml", Instrument),
    "analytes": ("analytes.yaml", Analyte),
    "schedules": ("schedules.yaml", Schedule),
    "validity": ("validity.yaml", Validity),
    "drugs": ("drugs.yaml", Drug),
    "doses": ("doses.yaml", Dose),
    "alerts": ("alerts.yaml", AlertEntry),
    "register": ("register.yaml", RegisterEntry),
    "glossary": ("glossary.yaml", GlossaryEntry),
    "plain_language": ("plain_language/*.yaml", PlainEntry),
}


def read_edition_files(folder: Path) -> dict[str, Any]:
    """Every section of the edition under ``folder``, by name, with all cross-references checked."""
    sections: dict[str, Any] = {
        "header": build(
            EditionHeader, _read_yaml(folder, folder / "edition.yaml"), "edition.yaml", "edition"
        ),
        "digest": digest_of(folder),
    }
    files: dict[str, Mapping[str, str]] = {}
    entries: dict[str, Any]
    for section, (pattern, kind) in SECTIONS.items():
        entries, files[section] = read_section(folder, pattern, kind)
        if section != "sources":
            _check_sources(entries, sections["sources"], files[section])
        sections[section] = MappingProxyType(entries)
    check_content(sections, files)
    return sections


def digest_of(folder: Path) -> str:
    """What tells this content from any other: SHA-256 over the name and the bytes of each of its files."""
    whole = sha256()
    for file in sorted(folder.rglob("*.yaml")):
        content = file.read_bytes()
        whole.update(f"{file.relative_to(folder).as_posix()} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()


def read_section(folder: Path, pattern: str, kind: type[Entry]) -> tuple[dict[str, Entry], dict[str, str]]:
    """The entries of all files that match, in order of file name, and the file of each; a key stands once."""
    found: dict[str, Entry] = {}
    places: dict[str, str] = {}
    files = sorted(folder.glob(pattern))
    if not files:
        raise ContentError(pattern, "the file", f"is missing in {folder.name}; add it")
    for file in files:
        name = file.relative_to(folder).as_posix()
        raw = _read_yaml(folder, file)
        if not isinstance(raw, dict):
            raise ContentError(name, "the file", "must be a group of named entries")
        for key, entry in raw.items():
            if key in found:
                raise ContentError(name, str(key), "is already defined in another file; rename or remove one")
            if not isinstance(entry, dict):
                raise ContentError(name, str(key), "must be a group of keys")
            found[key] = build(kind, {**entry, "key": key}, name, str(key))
            places[key] = name
    return found, places


def _check_sources(
    entries: Mapping[str, Any], sources: Mapping[str, Source], files: Mapping[str, str]
) -> None:
    for key, entry in entries.items():
        file = files[key]
        cited = getattr(entry, "sources", None)
        if cited is not None and not cited:
            raise ContentError(file, f"{key}.sources", "is empty; name at least one source")
        for name in _cited_by(entry):
            if name not in sources:
                raise ContentError(
                    file, f"{key}.sources", f"{name} is not in sources.yaml; add it there or correct it"
                )


def _cited_by(entry: Any) -> Iterable[str]:
    yield from getattr(entry, "sources", ())
    for counter in getattr(entry, "counter_evidence", ()):
        yield from counter.sources
    for variant in getattr(entry, "variants", {}).values():
        yield from variant.sources
    for sentence in getattr(entry, "sentences", ()):
        yield from sentence.sources


def _read_yaml(folder: Path, file: Path) -> object:
    name = file.relative_to(folder).as_posix()
    try:
        with file.open("rb") as stream:
            return _plain(yaml.compose(stream, Loader=yaml.CSafeLoader))
    except FileNotFoundError as error:
        raise ContentError(name, "the file", "is missing; add it") from error
    except (yaml.YAMLError, ArithmeticError, ValueError) as error:
        raise ContentError(name, "the file", f"cannot be read as YAML: {error}") from error


def _plain(node: yaml.Node | None) -> Any:
    """YAML as plain data with exact decimals; a key given twice is refused, not overwritten.

    Half the time of a loader's own constructors, which matters where every command reads the content.
    """
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return None if node is None else _SCALARS.get(node.tag, str)(node.value)


def _mapping(node: yaml.MappingNode) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = _plain(key_node)
        if key in found:
            raise yaml.constructor.ConstructorError(None, None, f"{key} is given twice", key_node.start_mark)
        found[key] = _plain(value_node)
    return found


_SCALARS: Mapping[str, Callable[[str], object]] = {
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": Decimal,
    "tag:yaml.org,2002:bool": lambda text: text.lower() in ("true", "yes", "on"),
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:timestamp": date.fromisoformat,
}
