"""A patient whose age and sex are those of a case, and the wizard on them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from patients.models import Patient
from tests.personas import House, registered
from tests.treatment.cases import DISSEMINATED
from tests.treatment.wizard_driver import Wizard


def patient_of(house: House, case: Mapping[str, Any], **changes: object) -> Patient:
    """A patient of Alice's hospital, as old today as the case says."""
    today = timezone.localdate()
    born = date(today.year - case["patient"]["age_years"], 1, 1)
    return registered(house.alice, birth_date=born, sex=case["patient"]["sex"], **changes)


@pytest.fixture
def wizard_for(house: House, alice: Client) -> Callable[[Mapping[str, Any]], Wizard]:
    """Make a wizard on a patient of a case, nothing answered yet."""
    return lambda case: Wizard(alice, patient_of(house, case))


@pytest.fixture
def wizard(wizard_for: Callable[[Mapping[str, Any]], Wizard]) -> Wizard:
    """The wizard on the woman of 49, nothing answered yet."""
    return wizard_for(DISSEMINATED)
