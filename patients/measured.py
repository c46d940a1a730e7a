"""What was measured beside a criterion of the diagnosis, told by whoever keeps the measurements.

Results live on an upper floor, so the floor below asks by name: the setting ``MEASURED_BESIDE_CRITERIA``
names a function from a patient to sentences by criterion. It shows; the criterion stays a judgement.
"""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.utils.module_loading import import_string

from patients.models import Patient

Measured = Mapping[str, Sequence[str]]


def measured_beside_criteria(patient: Patient) -> Measured:
    """Sentences by criterion (``patients.models.Criterion``); none where nothing was measured."""
    ask: Callable[[Patient], Measured] = import_string(settings.MEASURED_BESIDE_CRITERIA)
    return ask(patient)
