"""The fields of a neurologic assessment, made from the guideline's instruments."""

from collections.abc import Mapping
from typing import Any

from django import forms

from guideline.edition import Edition
from monitoring.results.forms.reading import NumberField, WordField
from monitoring.results.nerve_values import CMAP, GRIPS, SIDES, TOTALS, WALK

TASK_ANSWERS = [
    ("unaffected", "No difficulty"),
    ("hampered", "Difficult"),
    ("prevented", "Not possible"),
    ("", "Not asked"),
]
YES, NO = "yes", "no"
YES_NO = [(YES, "Yes"), (NO, "No"), ("", "Not asked")]
SUPPORTS = [
    ("", "Not asked"),
    ("none", "Nothing"),
    ("one_side", "Stick, crutch or arm on one side"),
    ("both_sides", "Support on both sides or a frame"),
    ("wheelchair", "A wheelchair"),
]
# Key of an answer: what is asked. The words are ours.
YES_NO_QUESTIONS: Mapping[str, tuple[str, str]] = {
    "onls_arm_symptoms": ("Any symptom in an arm", "Tingling, numbness, weakness or unsteadiness."),
    "onls_arm_movement": ("Purposeful arm movement left", "Only where all five tasks are not possible."),
    "onls_leg_difficulty": ("Any difficulty walking, running or on stairs", ""),
    "onls_gait_abnormal": ("Gait looks abnormal", ""),
    "onls_stands": ("Stands and walks 1 metre with one helper", "Only for those who need a wheelchair."),
    "onls_leg_movement": ("Purposeful leg movement left", "Only for those who cannot stand."),
}
ARM_QUESTIONS = ("onls_arm_symptoms", "onls_arm_movement")
LEG_QUESTIONS = (
    "onls_leg_difficulty",
    "onls_gait_abnormal",
    "onls_support",
    "onls_stands",
    "onls_leg_movement",
)
VERSIONED = (*TOTALS, WALK)


def fields_of(edition: Edition) -> dict[str, forms.Field]:
    """Every field but the date, the examiner and the note; all may stay empty."""
    return {
        **_totals(edition),
        **_onls(edition),
        **{name: _number(label) for name, label in muscles(edition).items()},
        **_grip(edition),
        **_walk(edition),
        **{name: _number(f"{label}, mV") for name, label in nerves(edition).items()},
    }


def muscles(edition: Edition) -> dict[str, str]:
    """Field and label of each muscle group and side, in the order of the table."""
    parts = edition.instruments["mrc_sum"].parts
    return {
        f"mrc_{key}_{side}": f"MRC, {label.lower()}, {side}" for key, label in parts.items() for side in SIDES
    }


def nerves(edition: Edition) -> dict[str, str]:
    """Field and label of each nerve and side, in the order of the table."""
    parts = edition.instruments[CMAP].parts
    return {
        f"cmap_{key}_{side}": f"CMAP, {label.lower()}, {side}"
        for key, label in parts.items()
        for side in SIDES
    }


def default_versions(edition: Edition) -> dict[str, str]:
    """The version offered for a patient who has none yet, by field."""
    fields = {f"{key}_version": edition.instruments[key].versions for key in VERSIONED}
    fields["grip_version"] = edition.instruments[GRIPS[0]].versions
    return {name: versions[0] for name, versions in fields.items() if versions}


def _totals(edition: Edition) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for key in TOTALS:
        instrument = edition.instruments[key]
        fields[key] = _number(instrument.label)
        if instrument.raw_maximum is not None:
            fields[f"{key}_raw"] = _number(f"{instrument.label}, raw sum")
        fields[f"{key}_version"] = _version(instrument.label, key)
    return fields


def _onls(edition: Edition) -> dict[str, forms.Field]:
    tasks: dict[str, forms.Field] = {
        f"onls_{key}": forms.ChoiceField(
            label=label, choices=TASK_ANSWERS, required=False, widget=forms.RadioSelect, initial=""
        )
        for key, label in edition.instruments["onls"].parts.items()
    }
    questions: dict[str, forms.Field] = {
        key: forms.TypedChoiceField(
            label=label,
            help_text=hint,
            choices=YES_NO,
            coerce=YES.__eq__,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            initial="",
        )
        for key, (label, hint) in YES_NO_QUESTIONS.items()
    }
    support = forms.ChoiceField(label="What is needed to go 10 metres", choices=SUPPORTS, required=False)
    return {**tasks, **questions, "onls_support": support}


def _grip(edition: Edition) -> dict[str, forms.Field]:
    devices = [("", "Not measured"), *((key, edition.instruments[key].device or key) for key in GRIPS)]
    fields: dict[str, forms.Field] = {
        "grip_device": forms.ChoiceField(
            label="Device",
            choices=devices,
            required=False,
            help_text="Kilograms and kilopascals are never converted into each other.",
        ),
        "grip_version": _version("Grip", "grip"),
    }
    for side in SIDES:
        fields[f"grip_{side}"] = _number(f"Grip, {side} hand")
        fields[f"grip_{side}_unable"] = forms.BooleanField(
            label=f"{side.title()} hand: unable", required=False
        )
    return fields


def _walk(edition: Edition) -> dict[str, forms.Field]:
    aids = [("", "Not noted"), *edition.instruments[WALK].parts.items()]
    return {
        WALK: _number("10-metre walk"),
        "walk_unable": forms.BooleanField(label="Cannot walk 10 metres", required=False),
        "walk_aid": forms.ChoiceField(label="Aid", choices=aids, required=False),
        f"{WALK}_version": _version("10-metre walk", WALK),
    }


def _number(label: str) -> forms.Field:
    field = NumberField(label=label, required=False)
    field.widget.attrs["data-grid-value"] = ""
    return field


def _version(label: str, key: str) -> forms.Field:
    return WordField(label=f"{label}, version", offer=f"versions_{key}")


def initial_of_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers as the form shows them for correction."""
    yes_no = {key: YES if answers[key] else NO for key in YES_NO_QUESTIONS if key in answers}
    return {**answers, **yes_no}
