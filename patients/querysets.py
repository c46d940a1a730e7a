"""Chainable questions about patients. ``visible_to`` comes first, always."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Coalesce, Now, TruncDate
from django.db.models.lookups import Contains, GreaterThanOrEqual

from accounts.access import Access
from accounts.permissions import Permission

if TYPE_CHECKING:
    from accounts.models import Hospital, Membership
    from patients.models import Patient

# Below this share of common letter triples two words count as different; 0.4 forgives a doubled, missing or
# swapped letter in a name of six.
SIMILAR_ENOUGH = 0.4
# For sorting: whoever has had no treatment stands before the first line ever.
LINE_START = Coalesce(F("line_started_on"), Value(date.min, output_field=models.DateField()))
# What is written between the parts of a record number, and by some people is not.
SEPARATORS = "-/. "
NO_SEPARATORS = str.maketrans("", "", SEPARATORS)
# Fewer letters and digits than these are part of nearly every number.
SHORTEST_NUMBER = 4


class SearchKey(Func):
    """``lower(unaccent(text))`` as the database stores it beside each name."""

    function = "poems_search_key"
    output_field = models.TextField()


class BareNumber(Func):
    """A record number in small letters and without separators; cheap enough to ask of every patient."""

    template = f"translate(lower(%(expressions)s), '{SEPARATORS}', '')"
    output_field = models.TextField()


class NumberKey(Func):
    """The letters and digits of a number somebody typed, without spaces, hyphens, case and accents."""

    template = "regexp_replace(poems_search_key(%(expressions)s), '[^[:alnum:]]+', '', 'g')"
    output_field = models.TextField()


class PatientQuerySet(models.QuerySet[Any]):
    def visible_to(self, member: "Membership") -> Self:
        """Patients of the member's hospital whom the policy opens to them (docs/adr/0019).

        Nobody, if none of their roles may see patients. All, if the hospital says so. Otherwise those on
        whose care team they are today, those who have no team today, and those for whom they have broken the
        glass; to the lead clinician, who is told when nobody else acts, all.
        """
        if not member.may(Permission.VIEW_PATIENTS):
            return self.none()
        own = self.filter(hospital_id=member.hospital_id)
        return own if sees_every_patient(member) else own.filter(pk__in=_open_to(member))

    def hidden_from(self, member: "Membership") -> Self:
        """Patients of the member's hospital whose records the care-team rule keeps closed to them."""
        if not member.may(Permission.BREAK_GLASS) or sees_every_patient(member):
            return self.none()
        return self.filter(hospital_id=member.hospital_id).exclude(pk__in=_open_to(member))

    def in_care(self) -> Self:
        """Neither deceased nor merged into another record: the only patients who raise anything."""
        return self.filter(care="in_care")

    def matching(self, text: str) -> Self:
        """Patients whose name resembles ``text`` or who have a number that contains it, best first.

        Names forgive typing, accents and case. What has a digit in it is a number: it forgives spaces,
        hyphens and case, but no digit, for one digit off is another person. Every patient of the hospital is
        looked at once; an index cannot help, because row-level security lets no operator read rows before it.
        """
        key = SearchKey(Value(text))
        likeness = _likeness(key, F("search_key"))
        # Asked for by name: models are made of querysets, so this module cannot import them.
        identifiers = apps.get_model("patients", "Identifier").objects.standing()
        has_number = Q(pk__in=identifiers.containing(text).values("patient"))
        resembles = Q(search_key__contains=key)
        if any(character.isdigit() for character in text):
            bare = text.lower().translate(NO_SEPARATORS)
            has_number |= Q(Contains(BareNumber("record_number"), bare))
        else:
            resembles |= Q(GreaterThanOrEqual(likeness, SIMILAR_ENOUGH))
        return (
            self.filter(resembles | has_number)
            .annotate(likeness=Case(When(has_number, then=Value(1.0)), default=likeness))
            .order_by("-likeness", "search_key", "id")
        )


class PatientRowQuerySet(models.QuerySet[Any]):
    """Rows about patients; ``visible_to`` first, then ``of`` one patient."""

    def visible_to(self, member: "Membership") -> Self:
        """Rows of the patients whom the member may see."""
        if not member.may(Permission.VIEW_PATIENTS):
            return self.none()
        own = self.filter(hospital_id=member.hospital_id)
        return own if sees_every_patient(member) else own.filter(patient__in=_open_to(member))

    def in_hospital(self, hospital_id: UUID) -> Self:
        """For jobs, which are nobody's: rows of the hospital whose scope the transaction has entered."""
        return self.filter(hospital_id=hospital_id)

    def of(self, patient: "Patient") -> Self:
        return self.filter(patient=patient)


class TransferQuerySet(models.QuerySet[Any]):
    def visible_to(self, member: "Membership") -> Self:
        """Offers by the member's hospital and to it, for roles that may see patients; otherwise none."""
        if not member.may(Permission.VIEW_PATIENTS):
            return self.none()
        here = member.hospital_id
        offered = Q(from_hospital_id=here)
        if not sees_every_patient(member):
            offered &= Q(patient__in=_open_to(member))
        return self.filter(offered | Q(to_hospital_id=here))

    def from_hospital_of(self, member: "Membership") -> Self:
        return self.visible_to(member).filter(from_hospital_id=member.hospital_id)

    def to_hospital_of(self, member: "Membership") -> Self:
        return self.visible_to(member).filter(to_hospital_id=member.hospital_id)

    def open(self) -> Self:
        """Neither accepted, rejected nor withdrawn."""
        return self.filter(state="offered")


class CorrectableQuerySet(PatientRowQuerySet):
    """Rows that may be marked as entered in error."""

    def standing(self) -> Self:
        """Without what was entered in error."""
        return self.filter(entered_in_error_at=None)


class EmergencyQuerySet(PatientRowQuerySet):
    def of_person(self, member: "Membership") -> Self:
        """The member's own, whether or not the record is open to them now."""
        return self.filter(hospital_id=member.hospital_id, recorded_by=member.user_id)

    def in_force(self) -> Self:
        """Neither ended nor run out, by the clock of the database."""
        return self.filter(ended_at=None, until__gt=Now())


class IdentifierQuerySet(CorrectableQuerySet):
    def of_number(self, text: str) -> Self:
        """Whose letters and digits are those of ``text``."""
        return self.filter(value_key=NumberKey(Value(text)))

    def containing(self, text: str) -> Self:
        """Whose letters and digits contain those of ``text``; none where it has too few to mean one."""
        if sum(character.isalnum() for character in text) < SHORTEST_NUMBER:
            return self.none()
        return self.filter(value_key__contains=NumberKey(Value(text)))


class CareTeamQuerySet(CorrectableQuerySet):
    """People in roles, from a first day to a last, both included."""

    def on(self, day: date) -> Self:
        return self.between(day, day)

    def after(self, day: date) -> Self:
        """Whose last day lies after ``day``, or is not known yet."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def between(self, first: date, last: date | None) -> Self:
        """Who was there on any day from ``first`` to ``last``; None is for ever."""
        found = self.filter(Q(ended_on=None) | Q(ended_on__gte=first))
        return found if last is None else found.filter(started_on__lte=last)


def sees_every_patient(member: "Membership") -> bool:
    """Whether the care-team rule leaves the member every patient of their hospital."""
    hospital = member.hospital
    return hospital.access == Access.HOSPITAL or hospital.lead_clinician_id == member.user_id


def places_today(hospital: "Hospital") -> "CareTeamQuerySet":
    """Who is on which care team of the hospital today, in the hospital's own time zone.

    The database's clock: whoever left the team at midnight is out, whatever asks.
    """
    today = TruncDate(Now(), tzinfo=ZoneInfo(hospital.time_zone))
    # Asked for by name: models are made of querysets, so this module cannot import them.
    places: CareTeamQuerySet = apps.get_model("patients", "CareTeamMember").objects.standing()
    going_on = Q(ended_on=None) | Q(ended_on__gte=today)
    return places.filter(going_on, hospital_id=hospital.pk, started_on__lte=today)


def _open_to(member: "Membership") -> models.QuerySet[Any]:
    """The keys of the patients whom the care-team rule opens to the member."""
    places = places_today(member.hospital)
    emergencies = apps.get_model("patients", "EmergencyAccess").objects.of_person(member).in_force()
    patients = apps.get_model("patients", "Patient").objects.filter(hospital_id=member.hospital_id)
    return patients.filter(
        Q(pk__in=places.filter(user=member.user_id).values("patient"))
        | Q(pk__in=emergencies.values("patient"))
        # Somebody has to find those nobody looks after.
        | ~Q(pk__in=places.values("patient"))
    ).values("pk")


def _likeness(key: SearchKey, column: F | SearchKey) -> TrigramWordSimilarity:
    """How much of ``key`` some words of ``column`` share, 0 to 1."""
    # The stubs know only strings; Django takes any expression.
    return TrigramWordSimilarity(key, column)  # type: ignore[arg-type]
