"""Who of the hospital's patients may be the person somebody is about to register.

Forgiving where people slip (accents, one wrong letter, names swapped, a maiden name, day and month swapped),
silent where only a name or only a birthday agrees: a warning that cries too often is clicked away.
"""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from accounts.models import Membership
from patients.actions.identity import Identity
from patients.models import Care, Identifier, IdentifierKind, Patient
from patients.partial_dates import PartialDate, Precision
from patients.querysets import NumberKey, SearchKey

# In a name shorter than this a wrong letter makes another name.
LONG_ENOUGH_FOR_A_SLIP = 4
SHOWN_AT_MOST = 10


@dataclass(frozen=True)
class Likely:
    """A patient who may be the same person, and what agrees, in words."""

    patient: Patient
    agrees: tuple[str, ...]


def likely_duplicates(
    identity: Identity, number: dict[str, Any] | None, *, submission: UUID, by: Membership
) -> list[Likely]:
    """Patients of the hospital who may be this person, those with an equal number first.

    Whoever the same form registered a moment ago is left out: that is a double click.
    """
    own = Patient.objects.visible_to(by).exclude(submission=submission).exclude(care=Care.MERGED)
    found = _same_numbers(own, identity, number)
    for patient in _candidates(own, identity):
        agrees = _person_agrees(patient, identity)
        if agrees:
            found[patient.pk] = Likely(
                patient, found[patient.pk].agrees + agrees if patient.pk in found else agrees
            )
    return list(found.values())[:SHOWN_AT_MOST]


def _same_numbers(own: Any, identity: Identity, number: dict[str, Any] | None) -> dict[UUID, Likely]:
    """By the record number, and by any number that was typed and that somebody has."""
    typed = identity["record_number"]
    found = {
        patient.pk: Likely(patient, ("same record number",))
        for patient in own.alias(key=NumberKey(F("record_number"))).filter(key=NumberKey(Value(typed)))
    }
    rows = Identifier.objects.standing()
    same = rows.of_number(typed)
    if number:
        same |= rows.of_number(number["value"])
    kinds: dict[UUID, str] = {row.patient_id: IdentifierKind(row.kind).label.lower() for row in same}
    for patient in own.filter(pk__in=kinds):
        agrees = found[patient.pk].agrees if patient.pk in found else ()
        found[patient.pk] = Likely(patient, (*agrees, f"same {kinds[patient.pk]}"))
    return found


def _candidates(own: Any, identity: Identity) -> Any:
    """Whoever was born in that year, and whoever has exactly that name, with names as they are compared."""
    given, family = Value(identity["given_name"]), Value(identity["family_name"])
    names = [SearchKey(Concat(first, Value(" "), last)) for first, last in ((given, family), (family, given))]
    return own.filter(
        Q(birth_date__year=identity["birth_date"].year) | Q(search_key=names[0]) | Q(search_key=names[1])
    ).annotate(
        given_key=SearchKey("given_name"),
        family_key=SearchKey("family_name"),
        typed_given_key=SearchKey(given),
        typed_family_key=SearchKey(family),
    )


def _person_agrees(patient: Any, identity: Identity) -> tuple[str, ...]:
    """What agrees of name and birth date; empty unless both do."""
    born = PartialDate(identity["birth_date"], identity.get("birth_precision", Precision.DAY))
    name = _name_agrees(patient)
    if not name:
        return ()
    if born == patient.born:
        return (name, "same date of birth")
    if born.may_be(patient.born):
        return (name, "date of birth may be the same")
    if name == "same name" and _one_slip_apart(born, patient.born):
        return (name, "date of birth differs in one place")
    return ()


def _name_agrees(patient: Any) -> str:
    given, family = patient.given_key, patient.family_key
    typed_given, typed_family = patient.typed_given_key, patient.typed_family_key
    if (given, family) == (typed_given, typed_family):
        return "same name"
    if _alike(given, typed_given) and _alike(family, typed_family):
        return "similar name"
    if _alike(given, typed_family) and _alike(family, typed_given):
        return "given and family name swapped"
    return ""


def _alike(one: str, other: str) -> bool:
    """Equal but for one slip, or one part of the other, such as before and after a marriage, or not given."""
    if not one or not other:
        return True
    parts, other_parts = (set(re.split(r"[\s'-]+", name)) for name in (one, other))
    return parts <= other_parts or other_parts <= parts or one_slip_apart(one, other)


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter too many, missing, wrong or swapped with its neighbour explains the difference."""
    if max(len(one), len(other)) < LONG_ENOUGH_FOR_A_SLIP:
        return one == other
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) <= 1 or (len(one) == len(other) == 2 and one == other[::-1])  # noqa: PLR2004


def _one_slip_apart(one: PartialDate, other: PartialDate) -> bool:
    """Two full dates with one of day, month and year different, or with day and month swapped."""
    if {one.precision, other.precision} != {Precision.DAY}:
        return False
    parts = [(day.year, day.month, day.day) for day in (one.first, other.first)]
    swapped = (parts[1][0], parts[1][2], parts[1][1])
    different = sum(mine != theirs for mine, theirs in zip(*parts, strict=True))
    return different == 1 or parts[0] == swapped
