"""The form over the list of patients: words to search for, filters, and the order."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from patients.queries.listing import NEVER_ASSESSED, ORDERS, Place, Wanted

CARE = (("in_care", "In care"), ("closed", "Closed: died or merged"), ("all", "All"))
EXTENTS = (
    ("", "Any extent"),
    ("localized", "Localized"),
    ("disseminated", "Disseminated"),
    ("undetermined", "Undetermined"),
    (NEVER_ASSESSED, "Never assessed"),
)
LINES = (
    ("", "Any line"),
    ("0", "No treatment yet"),
    ("1", "First line"),
    ("2", "Second line"),
    ("3", "Third line or later"),
)
ALERTS = (
    ("", "With or without alert"),
    ("critical", "Critical alert"),
    ("warning", "Warning or critical"),
    ("any", "Any alert"),
)
DEFAULTS = {"care": "in_care", "sort": "name"}


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


def _tick() -> forms.CheckboxInput:
    return forms.CheckboxInput(attrs={"class": "form-check-input"})


class ListForm(forms.Form):
    """Filters may stand in an address, names may not: ``q`` is only ever posted."""

    q = forms.CharField(
        label="Name or record number",
        max_length=200,
        required=False,
        error_messages={"max_length": "Search for at most 200 characters; %(show_value)d are too many."},
    )
    care = forms.ChoiceField(label="Care", choices=CARE, required=False, widget=_select())
    extent = forms.ChoiceField(label="Extent", choices=EXTENTS, required=False, widget=_select())
    line = forms.ChoiceField(label="Line of treatment", choices=LINES, required=False, widget=_select())
    alert = forms.ChoiceField(label="Alert", choices=ALERTS, required=False, widget=_select())
    overdue = forms.BooleanField(label="Follow-up overdue", required=False, widget=_tick())
    mine = forms.BooleanField(label="My patients", required=False, widget=_tick())
    sort = forms.ChoiceField(
        choices=[(sign + order, order) for order in ORDERS for sign in ("", "-")],
        required=False,
        widget=forms.HiddenInput,
    )
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, posted: QueryDict, address: QueryDict) -> "ListForm":
        """What was posted, otherwise what stands in the address; a search in an address is not read."""
        data: dict[str, Any] = DEFAULTS | (posted or address).dict()
        if not posted:
            data.pop("q", None)
        return cls({name: value.replace("\x00", "") for name, value in data.items()})

    def read(self) -> None:
        """Validate; what is not valid counts as not asked, and its field says so."""
        self.is_valid()

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("q", ""))

    @property
    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(
            care=data.get("care") or DEFAULTS["care"],
            extent=data.get("extent", ""),
            line=data.get("line", ""),
            alert=data.get("alert", ""),
            overdue=bool(data.get("overdue")),
            mine=bool(data.get("mine")),
        )

    @property
    def order(self) -> str:
        return self.cleaned_data.get("sort") or DEFAULTS["sort"]

    @property
    def place(self) -> Place:
        return Place(after=self.cleaned_data.get("after"), before=self.cleaned_data.get("before"))

    @property
    def narrows(self) -> bool:
        """Whether anything but the default is asked for."""
        return bool(self.text) or self.wanted != Wanted()

    def address(self, **changes: object) -> str:
        """The query of this list with ``changes``, its filters and order; never the words searched for."""
        wanted = self.wanted
        asked = {
            "care": wanted.care,
            "extent": wanted.extent,
            "line": wanted.line,
            "alert": wanted.alert,
            "overdue": "on" if wanted.overdue else "",
            "mine": "on" if wanted.mine else "",
            "sort": self.order,
        } | changes
        told = {name: value for name, value in asked.items() if value and value != DEFAULTS.get(name)}
        return f"?{urlencode(told)}" if told else "?"
