"""What to do about an alert: the place in the product where it is done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from guideline.edition import load_edition
from patients.models import RadiationIntent, Treatment, TreatmentKind

# By the content's word for what is to be done: what the button says, and where it leads.
PLACES: Mapping[str, tuple[str, str]] = {
    "measure_vegf": ("Enter a VEGF", "results:new"),
    "scan": ("Enter a scan", "results:new_pet"),
    "examine_nerve": ("Enter an examination", "results:new_nerve"),
    "answer_stability": ("Answer it", "patients:treatments"),
    "enter_last_fraction": ("Enter the last day", "patients:treatments"),
    "plan_after_radiation": ("Plan systemic treatment", "treatment:start"),
    "plan": ("Look at the plans", "treatment:plans"),
    "look": ("Look at the timeline", "course:timeline"),
}
ON_THE_RADIATION = ("answer_stability", "enter_last_fraction")


@dataclass(frozen=True)
class Todo:
    """A button. ``line`` is posted: planning begins at this place in the course, which is still confirmed."""

    label: str
    url: str
    line: str = ""


def todo_of(rule: str, patient_id: UUID, radiation_id: int | None) -> Todo:
    """What to do about the alert ``rule``; ``radiation_id`` is the radiation the question is about."""
    what = load_edition().alert(rule).todo
    label, place = PLACES[what]
    if what in ON_THE_RADIATION and radiation_id is not None:
        return Todo(label, reverse("patients:edit_treatment", args=[patient_id, radiation_id]))
    line = "after_radiation" if what == "plan_after_radiation" else ""
    return Todo(label, reverse(place, args=[patient_id]), line)


def radiations_of(patient_ids: Collection[UUID]) -> dict[UUID, int]:
    """By patient the definitive radiation that began last."""
    rows = Treatment.objects.filter(patient_id__in=patient_ids, kind=TreatmentKind.RADIATION).standing()
    definitive = rows.exclude(intent=RadiationIntent.ADJUNCT).order_by("started_on", "id")
    return dict(definitive.values_list("patient_id", "id"))
