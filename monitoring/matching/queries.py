"""What a result closed, and what an item was closed by: a result, a scan or an entry of the record."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accounts.models import Membership
from guideline.edition import Edition
from monitoring.follow_ups.models import FollowUp
from monitoring.matching.belonging import ASKS_FOR, PET, Reading, ReadingKey, Window
from monitoring.matching.entries import entry_in_words, readings_of_record
from monitoring.matching.models import ANSWERS, Match, MatchState
from monitoring.results.models import PetScan, Precision, Result
from monitoring.results.models.pet import Tracer
from monitoring.results.pet_presenters import scan_in_words
from monitoring.results.presenters import result_in_words
from monitoring.results.used import Use
from patients.partial_dates import Precision as DayPrecision

KNOWN_TO_THE_DAY = (Precision.DAY, Precision.MINUTE)
# Neither cancelled nor written off: the others keep what belongs to them, whatever became of them.
_EXPECTED_ONCE = ("planned", "done", "closed")


def items_to_answer(patient_ids: Collection[UUID], by: Membership) -> list[FollowUp]:
    """The patients' items that results may answer and that are open or were closed by one; locked."""
    matched = Match.objects.visible_to(by).filter(patient_id__in=patient_ids, state=MatchState.STANDS)
    items = FollowUp.objects.visible_to(by).filter(patient_id__in=patient_ids, kind__in=ASKS_FOR)
    changeable = items.filter(Q(state="planned") | Q(state="done", pk__in=matched.values("follow_up")))
    return list(changeable.select_for_update().order_by("id"))


def windows_of(patient_ids: Collection[UUID], by: Membership) -> dict[UUID, list[Window]]:
    """By patient, every item to which a result may belong."""
    items = FollowUp.objects.visible_to(by).filter(patient_id__in=patient_ids, kind__in=ASKS_FOR)
    rows = items.filter(state__in=_EXPECTED_ONCE).values_list(
        "patient_id", "pk", "kind", "earliest", "due", "latest"
    )
    windows: dict[UUID, list[Window]] = {}
    for patient_id, *window in rows:
        windows.setdefault(patient_id, []).append(Window(*window))
    return windows


def readings_of(patient_ids: Collection[UUID], by: Membership) -> dict[UUID, list[Reading]]:
    """By patient, what stands and was collected on a day that is known."""
    readings: dict[UUID, list[Reading]] = {}
    of_results = [*_results(patient_ids, by), *_scans(patient_ids, by)]
    for patient_id, reading in [*of_results, *readings_of_record(patient_ids, by)]:
        readings.setdefault(patient_id, []).append(reading)
    return readings


def matches_of(patient_ids: Collection[UUID], by: Membership) -> list[Match]:
    return list(Match.objects.visible_to(by).filter(patient_id__in=patient_ids))


def key_of(match: Match) -> ReadingKey:
    return next((column, key) for column in ANSWERS if (key := getattr(match, f"{column}_id")) is not None)


def closed_by(item: FollowUp, by: Membership, edition: Edition) -> list[tuple[str, str]]:
    """What closed the item: in words, and where each stands."""
    rows = Match.objects.visible_to(by).filter(follow_up=item, state=MatchState.STANDS)
    return [_shown(match, edition) for match in rows.select_related(*ANSWERS).order_by("id")]


def closed_with(result: Result) -> list[Use]:
    """The items that the result closed; ``results.used`` asks."""
    rows = Match.objects.filter(result=result, state=MatchState.STANDS, patient_id=result.patient_id)
    return [
        Use(
            f"Closed the follow-up {match.follow_up.title}, due {match.follow_up.due:%-d %b %Y}.",
            reverse("matching:results", args=[match.patient_id, match.follow_up_id]),
        )
        for match in rows.select_related("follow_up").order_by("id")
    ]


def _results(patient_ids: Collection[UUID], by: Membership) -> Iterator[tuple[UUID, Reading]]:
    asked = {name for kind in ASKS_FOR.values() for analytes in kind.values() for name in analytes}
    rows = Result.objects.visible_to(by).standing().filter(patient_id__in=patient_ids, analyte__in=asked)
    known = rows.filter(collected_precision__in=KNOWN_TO_THE_DAY)
    for patient_id, key, analyte, day in known.values_list("patient_id", "pk", "analyte", "collected_on"):
        yield patient_id, Reading(("result", key), analyte, day)


def _scans(patient_ids: Collection[UUID], by: Membership) -> Iterator[tuple[UUID, Reading]]:
    rows = PetScan.objects.visible_to(by).standing().filter(patient_id__in=patient_ids)
    known = rows.filter(scanned_precision=DayPrecision.DAY, tracer=Tracer.FDG)
    for patient_id, key, day in known.values_list("patient_id", "pk", "scanned_on"):
        yield patient_id, Reading(("scan", key), PET, day)


def _shown(match: Match, edition: Edition) -> tuple[str, str]:
    if match.scan is not None:
        return scan_in_words(match.scan), reverse("results:pet", args=[match.scan.patient_id])
    if match.result is not None:
        result = match.result
        address = reverse("results:detail", args=[result.patient_id, result.pk])
        return result_in_words(result, edition), address
    return entry_in_words(match)
