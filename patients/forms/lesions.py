"""The list of lesions in the form of the extent: as many rows as are needed, also without JavaScript."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from accounts.posted import whole_number
from patients.actions.assessments import LesionSeen
from patients.dates import ClinicalDateField
from patients.forms.fields import AmountField, ThreeValuedField
from patients.models import Density, Lesion, Side, Site

MOST_ROWS = 60
GROUPS = (
    ("Head", Site.SKULL, Site.FACE),
    ("Cervical spine", Site.C1, Site.C7),
    ("Thoracic spine", Site.T1, Site.T12),
    ("Lumbar spine and sacrum", Site.L1, Site.COCCYX),
    ("Chest and shoulder", Site.STERNUM, Site.SCAPULA),
    ("Pelvis", Site.ILIUM, Site.PUBIS),
    ("Arm", Site.HUMERUS, Site.HAND),
    ("Leg", Site.FEMUR, Site.FOOT),
    ("Other", Site.OTHER, Site.OTHER),
)
QUIET = {"fdg_avid": None, "biopsied": None, "remove": False}


def _sites() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """The sites in groups from head to foot, for a list to choose from."""
    order = list(Site)
    grouped: list[tuple[str, str | list[tuple[str, str]]]] = [("", "Choose a site")]
    for title, first, last in GROUPS:
        sites = order[order.index(first) : order.index(last) + 1]
        grouped.append((title, [(site.value, str(site.label)) for site in sites]))
    return grouped


class LesionForm(forms.Form):
    """One row. Empty rows are no lesions; ``remove`` takes a row off the list."""

    site = forms.ChoiceField(label="Site", choices=_sites, required=False)
    side = forms.ChoiceField(label="Side", choices=[("", "Not stated"), *Side.choices], required=False)
    density = forms.ChoiceField(label="Kind", choices=[("", "Not stated"), *Density.choices], required=False)
    fdg_avid = ThreeValuedField(label="FDG-avid")
    suv_max = AmountField(label="SUVmax", required=False, min_value=0, max_digits=6, decimal_places=2)
    biopsied = ThreeValuedField(label="Biopsied")
    biopsied_on = ClinicalDateField(label="Biopsied on", required=False)
    biopsy_result = forms.CharField(label="Result", max_length=300, required=False)
    note = forms.CharField(label="Note", max_length=300, required=False)
    remove = forms.BooleanField(
        label="Take this lesion off the list",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["biopsied_on"].not_after = on  # type: ignore[attr-defined] # a ClinicalDateField

    @property
    def is_listed(self) -> bool:
        """Whether the row says anything and stays; ask after validation."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in QUIET}
        says = any(given.values()) or any(
            self.cleaned_data.get(name) is not None for name in ("fdg_avid", "biopsied", "suv_max")
        )
        return not self.cleaned_data.get("remove") and says

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.is_listed:
            return cleaned
        if not cleaned.get("site") and "site" not in self.errors:
            self.add_error("site", "Choose where the lesion is, or take it off the list.")
        if cleaned.get("site") == Site.OTHER and not cleaned.get("note"):
            self.add_error("note", "Say in the note where the lesion is.")
        biopsy = cleaned.get("biopsied_on") or cleaned.get("biopsy_result")
        if biopsy and not cleaned.get("biopsied"):
            self.add_error("biopsied", "A date or a result needs a biopsy; choose yes or clear them.")
        return cleaned


class LesionList:
    """The rows of one form. ``data`` is what was posted, or None to start from ``seen``."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, on: date, seen: Iterable[Mapping[str, Any]] = ()
    ) -> None:
        started = list(seen)
        count = _count(data) if data is not None else max(len(started), 1)
        self.rows = [
            LesionForm(
                data, prefix=f"lesion-{place}", on=on, initial=started[place] if place < len(started) else {}
            )
            for place in range(count)
        ]

    @property
    def count(self) -> int:
        return len(self.rows)

    def is_valid(self) -> bool:
        """Whether every row that stays is right; a row taken off the list is not looked at."""
        return all(row.is_valid() for row in self.standing)

    @property
    def seen(self) -> list[LesionSeen]:
        """The lesions of the rows that say something and are right."""
        rows = (row for row in self.rows if row.is_valid() and row.is_listed)
        return [_seen(row.cleaned_data) for row in rows]

    @property
    def standing(self) -> list[LesionForm]:
        """The rows that were not taken off the list."""
        return [row for row in self.rows if row.is_valid() or not row.cleaned_data.get("remove")]


def lesion_initial(lesion: Lesion, *, carried: bool) -> dict[str, Any]:
    """A row as it starts; ``carried`` into a new assessment without its uptake, which was another scan's."""
    names = [name for name in LesionForm.base_fields if name != "remove"]
    row = {name: getattr(lesion, name) for name in names}
    return row | {"fdg_avid": None, "suv_max": None} if carried else row


def rows_as_typed(data: Mapping[str, Any], *, more: int = 0) -> list[dict[str, Any]]:
    """The posted rows as a start, without those that were taken off, and ``more`` empty ones."""
    rows = []
    for place in range(_count(data)):
        prefix = f"lesion-{place}-"
        row = {name: data.get(prefix + name, "") for name in LesionForm.base_fields if prefix + name in data}
        if not row.pop("remove", ""):
            rows.append(row)
    return (rows + [{}] * more)[:MOST_ROWS]


def _count(data: Mapping[str, Any]) -> int:
    text = str(data.get("lesion-count", "0"))
    return min(whole_number(text, below=1000), MOST_ROWS)


def _seen(data: Mapping[str, Any]) -> LesionSeen:
    return LesionSeen(
        site=data["site"],
        side=data["side"],
        density=data["density"],
        fdg_avid=data["fdg_avid"],
        suv_max=data["suv_max"],
        biopsied=data["biopsied"],
        biopsied_on=data["biopsied_on"],
        biopsy_result=data["biopsy_result"],
        note=data["note"],
    )
