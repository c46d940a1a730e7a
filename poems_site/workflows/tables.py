"""What merge, transfer and hand-over do with each table: one registry, read by the workflows and by a test.

A table of rows about a patient (a ``PatientRow``) needs no line here: on a merge its rows move to the record
that is kept, on a transfer they follow their patient to the other hospital (the foreign key of
``SameHospitalAsPatient`` cascades, histories included). Only an exception needs a line, with its reason.
"""

from django.apps import apps
from django.db import models

from accounts.models import User
from patients.models import Patient, PatientRow

OURS = ("accounts", "approval", "patients", "monitoring", "treatment", "poems_site")

# Tables with a foreign key to Patient whose rows a merge leaves with the record they were written in.
STAYS_ON_MERGE: dict[str, str] = {
    "patients.Merge": "The journal of a merge belongs to the record that was kept then.",
    "patients.PatientSummary": "Computed: made anew for both records.",
    "patients.Transfer": "An offer is about the record of then; while it is open nothing is merged.",
    "alerts.Alert": "Computed: the next reading raises what is true of both together.",
    "alerts.AlertStep": "What became of an alert stays with it.",
    "alerts.Mark": "Asks for a reading of the record of then; the merge marks both.",
    "imports.Batch": "Which file was imported from which page is a fact of then; its results move.",
    "patients.Patient": "The record itself: ``merged_into`` leads from the closed one to the kept one.",
}

# Foreign keys to User that say who answers for something from now on; every other one says who did
# something, which stays true. Each with what hands it over when a patient is transferred.
ANSWERS_FOR: dict[str, str] = {
    "alerts.Alert.handed_to": "hand_overs.end_all leaves each to the new team.",
    "follow_ups.FollowUp.responsible": "follow_ups.hand_over gives what is planned to somebody of there.",
    "follow_ups.FollowUp.deputy": "Emptied by follow_ups.hand_over; the new team has a deputy of its own.",
    "patients.CareTeamMember.user": "care_team.end_all ends each; whoever takes over is assigned.",
    "treatment.Draft.handed_to": "Whoever may plan where the patient is can open the draft and hand it on.",
    "reminders.Digest.recipient": "Checked against the patient's status before it is sent.",
    "reminders.DigestLine.recipient": "A line that is no longer true is dropped before the mail goes.",
}

# Foreign keys to User that are no sign of who wrote a row and no matter of patients.
NO_PATIENTS: dict[str, str] = {
    "alerts.AlertStep.handed_to": "To whom it was handed then.",
    "accounts.Membership.user": "A person's place in a hospital.",
    "reminders.Pause.user": "Whose reminders go to somebody else, whoever the patients are.",
    "reminders.Pause.cover": "Who stands in; checked again when a digest is made.",
    "follow_ups.CalendarFeed.user": "Whose calendar it is; it shows what that person may see.",
    "accounts.Hospital.lead_clinician": "Of the hospital, whoever its patients are.",
    "accounts.SecondFactorReset.user": "Who enrols a second factor anew.",
}

# What becomes of each of those columns when the person leaves the hospital (poems_site.workflows.leaving).
WHEN_SOMEBODY_LEAVES: dict[str, str] = {
    "alerts.Alert.handed_to": "Part ALERTS.",
    "alerts.AlertStep.handed_to": "A fact of then.",
    "follow_ups.FollowUp.responsible": "Part FOLLOW_UPS.",
    "follow_ups.FollowUp.deputy": "Part FOLLOW_UPS.",
    "follow_ups.CalendarFeed.user": "Closed.",
    "patients.CareTeamMember.user": "Parts RESPONSIBLE, COVER, DEPUTY and COORDINATOR.",
    "treatment.Draft.handed_to": "Part DRAFTS.",
    "reminders.Digest.recipient": "Who is told is asked again when it is sent.",
    "reminders.DigestLine.recipient": "Who is told is asked again when it is sent.",
    "reminders.Pause.user": "Ended.",
    "reminders.Pause.cover": "Part PAUSES.",
    "accounts.Membership.user": "Deactivated, never deleted.",
    "accounts.Hospital.lead_clinician": "Part LEAD.",
    "accounts.SecondFactorReset.user": "A link to a closed account opens nothing.",
}


def our_models() -> list[type[models.Model]]:
    """The house's own tables, without the histories, which follow theirs."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS and not hasattr(model, "pgh_tracked_model")
    ]


def label(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def foreign_keys_to(target: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """Every column of our tables that refers to ``target``: the table and the field's name."""
    return [
        (model, field.name)
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is target
    ]


def tables_that_move() -> list[type[PatientRow]]:
    """The tables whose rows a merge moves, parents before the rows that refer to them."""
    moving = [
        model
        for model in our_models()
        if issubclass(model, PatientRow) and label(model) not in STAYS_ON_MERGE
    ]
    ordered: list[type[PatientRow]] = []
    while moving:
        ready = [model for model in moving if not parents_of(model).intersection(moving) - {model}]
        ordered += sorted(ready, key=label)
        moving = [model for model in moving if model not in ready]
    return ordered


def parents_of(model: type[models.Model]) -> set[type[PatientRow]]:
    """The tables of rows about patients that ``model`` refers to."""
    return set(parent_fields_of(model).values())


def parent_fields_of(model: type[models.Model]) -> dict[str, type[PatientRow]]:
    """By field name, the tables of rows about patients that ``model`` refers to."""
    return {
        field.name: field.related_model
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, PatientRow)
    }


def unsorted_patient_tables() -> list[str]:
    """Tables with a foreign key to Patient that neither move nor have a line in STAYS_ON_MERGE."""
    return sorted(
        {
            label(model)
            for model, _ in foreign_keys_to(Patient)
            if not issubclass(model, PatientRow) and label(model) not in STAYS_ON_MERGE
        }
    )


def unsorted_people() -> list[str]:
    """Foreign keys to User that are no ``..._by`` and have no line in ANSWERS_FOR or NO_PATIENTS."""
    known = ANSWERS_FOR.keys() | NO_PATIENTS.keys() | {"trail.AccessEvent.user"}
    names = (f"{label(model)}.{field}" for model, field in foreign_keys_to(User))
    return sorted(name for name in names if not name.endswith("_by") and name not in known)
