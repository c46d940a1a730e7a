"""What the entries of a file change in the record: new, the same, corrected, or for a person to look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from monitoring.imports.entries import Answer, Entry, Place, Problem
from monitoring.results.models import State
from monitoring.results.presenters import quantity_shown


class Standing(NamedTuple):
    """A result as the record holds it."""

    id: int
    version: int
    place: Place
    answer: Answer
    laboratory: str
    method: str
    lower_limit: Decimal | None
    upper_limit: Decimal | None
    source_id: str
    state: str


@dataclass(frozen=True)
class Known:
    """What the record and the source know of the things a file tells.

    ``told``: fingerprints the source has told, each with its result. ``identified``: results by the source's
    own number and analyte. ``standing``: the results of the file's patients; ``from_source``: those that came
    from this source.
    """

    told: Mapping[UUID, int]
    identified: Mapping[tuple[str, str], int]
    standing: Mapping[int, Standing]
    from_source: frozenset[int]


class Correction(NamedTuple):
    entry: Entry
    standing: Standing
    state: str

    @property
    def in_words(self) -> str:
        return f"{answer_shown(self.standing.answer)} becomes {answer_shown(self.entry.answer)}"


@dataclass
class Comparison:
    """The entries by what they do. ``twins``, counted as the same, are there but not from this source;
    ``changed_since`` were told before and differ in the record today.
    """

    new: list[Entry] = field(default_factory=list)
    same: int = 0
    twins: list[tuple[Entry, int]] = field(default_factory=list)
    corrected: list[Correction] = field(default_factory=list)
    changed_since: list[tuple[Entry, Standing]] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)


def compare(entries: Sequence[Entry], known: Known) -> Comparison:
    """Sort the entries. Nothing here guesses: two values that could both be meant are refused."""
    found = Comparison()
    at_place = _by_place(known.standing.values())
    open_entries: dict[Place, list[Entry]] = defaultdict(list)
    claimed: set[int] = set()
    for entry in _once(entries, found):
        if (result_id := known.told.get(entry.fingerprint)) is not None:
            _told_before(entry, known.standing.get(result_id), found)
            claimed.add(result_id)
        elif (twin := _twin(entry, at_place[entry.place])) is not None:
            found.same += 1
            found.twins.append((entry, twin.id))
            claimed.add(twin.id)
        elif entry.source_id and (entry.source_id, entry.place.analyte) in known.identified:
            _identified(entry, known, found)
        else:
            open_entries[entry.place].append(entry)
    for place, rivals in open_entries.items():
        before = [one for one in at_place[place] if one.id in known.from_source and one.id not in claimed]
        _settle(rivals, before, found)
    return found


def answer_shown(answer: Answer) -> str:
    return answer.text or quantity_shown(answer.value, answer.comparator, answer.unit)


def _once(entries: Sequence[Entry], found: Comparison) -> Iterator[Entry]:
    """Each entry once; one source number with two contents is refused, both of them."""
    contents: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for entry in entries:
        if entry.source_id:
            contents[entry.source_id, entry.place.analyte].add(entry.fingerprint)
    seen: set[UUID] = set()
    for entry in entries:
        if entry.source_id and len(contents[entry.source_id, entry.place.analyte]) > 1:
            reason = (
                f"The number {entry.source_id} stands in the file twice with different contents; keep one."
            )
            found.refused.append(Problem(entry.line, entry.column, answer_shown(entry.answer), reason))
        elif entry.fingerprint in seen:
            found.same += 1
        else:
            seen.add(entry.fingerprint)
            yield entry


def _told_before(entry: Entry, standing: Standing | None, found: Comparison) -> None:
    """A row told again changes nothing; it is shown if the record says something else by now."""
    found.same += 1
    if standing is not None and (standing.place, standing.answer) != (entry.place, entry.answer):
        found.changed_since.append((entry, standing))


def _twin(entry: Entry, candidates: Iterable[Standing]) -> Standing | None:
    """A result with the same answer at the same place; two numbers of sources make two results."""
    for one in candidates:
        if one.answer == entry.answer and (
            not one.source_id or not entry.source_id or one.source_id == entry.source_id
        ):
            same_state = entry.state in {"", one.state} or one.state == State.CORRECTED
            if same_state or one.state == State.ENTERED_IN_ERROR:
                return one
    return None


def _identified(entry: Entry, known: Known, found: Comparison) -> None:
    """The source's own number names the result that it corrects."""
    standing = known.standing.get(known.identified[entry.source_id, entry.place.analyte])
    if standing is None or standing.place.patient_id != entry.place.patient_id:
        reason = (
            f"The number {entry.source_id} belongs to a result of another patient here; look at both "
            "records, a correction never moves a result."
        )
        found.refused.append(Problem(entry.line, entry.column, answer_shown(entry.answer), reason))
    else:
        _correct(entry, standing, found)


def _settle(rivals: list[Entry], before: list[Standing], found: Comparison) -> None:
    """One value against one earlier value of the source is a correction; more cannot be told apart."""
    if not before:
        found.new += [entry for entry in rivals if entry.state != State.ENTERED_IN_ERROR]
        found.same += sum(entry.state == State.ENTERED_IN_ERROR for entry in rivals)
    elif len(rivals) == len(before) == 1:
        _correct(rivals[0], before[0], found)
    else:
        reason = (
            f"The source told {len(before)} other values of this before, and the file {len(rivals)}; "
            "which replaces which cannot be told. Correct them by hand, or add the time of collection."
        )
        found.refused += [Problem(one.line, one.column, answer_shown(one.answer), reason) for one in rivals]


def _correct(entry: Entry, standing: Standing, found: Comparison) -> None:
    if standing.state == State.ENTERED_IN_ERROR:
        found.same += 1
        found.changed_since.append((entry, standing))
        return
    state = entry.state or standing.state
    if standing.state != State.PRELIMINARY and state != State.ENTERED_IN_ERROR:
        state = State.CORRECTED  # what was final never becomes preliminary, nor final again
    found.corrected.append(Correction(entry, standing, state))


def _by_place(results: Iterable[Standing]) -> Mapping[Place, list[Standing]]:
    places: dict[Place, list[Standing]] = defaultdict(list)
    for one in results:
        places[one.place].append(one)
    return places
