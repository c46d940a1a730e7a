"""A draft with answers, written by the actions themselves: for tests that are not about the forms."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import Membership
from patients.models import Patient
from tests.treatment.wizard_driver import flat
from treatment.actions import drafts
from treatment.actions.drafts import Submitted
from treatment.forms.answers import Given
from treatment.models import Draft
from treatment.wizard.steps import FROM_IDENTITY


def drafted(by: Membership, patient: Patient, case: Mapping[str, Any]) -> Draft:
    """The patient's open draft, with every fact of the case that the wizard asks."""
    now = timezone.now()
    draft = drafts.start(patient=patient, record={}, by=by, now=now)
    given = {
        question: Submitted(Given(value), 0)
        for question, value in flat(case).items()
        if value is not None and question not in FROM_IDENTITY
    }
    drafts.answer(draft=draft, submitted=given, prefills={}, by=by, now=now, on=timezone.localdate())
    return draft
