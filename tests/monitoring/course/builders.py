"""What the chart of a patient is given."""

from guideline.edition import load_edition
from monitoring.course.presenters.chart import values
from monitoring.course.queries import findings_of, points_of, scans_of
from monitoring.course.series import series_of
from patients.models import Patient


def drawn(patient: Patient) -> dict:
    points = [*points_of(patient), *findings_of(patient)]
    return values(series_of(points, load_edition()), scans_of(patient))
