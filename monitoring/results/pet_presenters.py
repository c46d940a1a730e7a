"""PET scans as plain data for their pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from monitoring.results.models import PetScan, Tracer
from monitoring.results.models.pet import SIDE_LABELS, SITE_LABELS
from monitoring.results.numbers import shown
from monitoring.results.trend import Measured, Trend, trend_of

UNKNOWN = "not known"


@dataclass(frozen=True)
class UptakeShown:
    place: str
    suv_max: str
    is_new: bool | None
    note: str


@dataclass(frozen=True)
class ScanShown:
    """One scan; ``in_error`` ones are struck through and open no form.

    ``trend`` is that of the summed SUVmax since the scan before of the same tracer.
    """

    id: int
    version: int
    scanned: str
    tracer: str
    sum_suv_max: str
    avid_lesions: str
    trend: Trend | None
    new_lesion: bool | None
    lesions: tuple[UptakeShown, ...]
    laboratory: str
    report: str
    recorded_by: str
    changed: bool
    in_error: bool


def scans_shown(scans: Iterable[Any]) -> list[ScanShown]:
    """Scans as ``page_of_scans`` reads them, with the total of the one before."""
    return [_shown(scan) for scan in scans]


def lesions_in_words(count: int) -> str:
    return "no avid lesion" if count == 0 else f"{count} avid lesion{'' if count == 1 else 's'}"


def measured_total(total: Decimal, on: date) -> Measured:
    """The summed SUVmax of a scan as trends compare it."""
    return Measured(total, "", on, f"summed SUVmax {shown(total)}")


def scan_in_words(scan: PetScan) -> str:
    """``FDG-PET of 5 Jan 2026: sum of SUVmax 14.2, 2 avid lesions, a new lesion: no``."""
    new = {True: "yes", False: "no", None: UNKNOWN}[scan.new_lesion]
    return (
        f"{Tracer(scan.tracer).label} PET of {scan.scanned}: sum of SUVmax {_number(scan.sum_suv_max)}, "
        f"avid lesions {_count(scan.avid_lesions)}, a new lesion: {new}"
    )


def _trend(scan: Any) -> Trend | None:
    if scan.total is None or scan.earlier_total is None or scan.earlier_on >= scan.scanned_on:
        return None
    earlier = measured_total(scan.earlier_total, scan.earlier_on)
    return trend_of(measured_total(scan.total, scan.scanned_on), earlier)


def _shown(scan: Any) -> ScanShown:
    return ScanShown(
        id=scan.pk,
        version=scan.version,
        scanned=str(scan.scanned),
        tracer=Tracer(scan.tracer).label,
        sum_suv_max=_number(scan.sum_suv_max),
        avid_lesions=_count(scan.avid_lesions),
        trend=None if scan.entered_in_error_at else _trend(scan),
        new_lesion=scan.new_lesion,
        lesions=tuple(_uptake(lesion) for lesion in scan.lesions),
        laboratory=scan.laboratory,
        report=scan.report,
        recorded_by=scan.recorded_by.full_name,
        changed=scan.version > 1,
        in_error=scan.entered_in_error_at is not None,
    )


def _uptake(lesion: dict[str, Any]) -> UptakeShown:
    site = SITE_LABELS.get(lesion["site"], lesion["site"])
    side = SIDE_LABELS.get(lesion["side"], "")
    return UptakeShown(
        place=f"{side} {site[:1].lower()}{site[1:]}" if side else site,
        suv_max=UNKNOWN if lesion["suv_max"] is None else shown(Decimal(lesion["suv_max"])),
        is_new=lesion["is_new"],
        note=lesion["note"],
    )


def _number(number: Decimal | None) -> str:
    return UNKNOWN if number is None else shown(number)


def _count(count: int | None) -> str:
    return UNKNOWN if count is None else str(count)
