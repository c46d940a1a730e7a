"""A hospital most of whose patients wait for something. Import after Django is set up."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connections, transaction
from django.utils import timezone

from accounts.scope import enter_hospital
from benchmarks.listed import Listed
from benchmarks.pages import Pages
from patients.models import PatientSummary

REASONS = (
    ("rt-assess", "warning", 0),
    ("pet-progression", "critical", 1),
    ("vegf-rising", "warning", 2),
    ("vegf-overdue", "info", 4),
    ("", "", None),
)


@dataclass
class Waiting:
    """Alice's hospital and her browser."""

    pages: Pages
    middle: str

    @classmethod
    def of(cls, number: int) -> "Waiting":
        listed = Listed.of(number)
        today = timezone.localdate()
        with transaction.atomic():
            enter_hospital(listed.pages.house.a.pk)
            rows = list(PatientSummary.objects.order_by("pk"))
            for place, row in enumerate(rows):
                row.alert_rule, row.worst_alert, row.alert_urgency = REASONS[place % len(REASONS)]
                row.alert_count = 2 if row.alert_rule else 0
                row.alert_since = today - timedelta(days=place % 400) if row.alert_rule else None
                if place % 3 == 0:
                    row.overdue_from, row.overdue_title = today - timedelta(days=place % 90), "VEGF and blood"
            PatientSummary.objects.bulk_update(
                rows,
                [
                    "alert_rule",
                    "worst_alert",
                    "alert_urgency",
                    "alert_count",
                    "alert_since",
                    "overdue_from",
                    "overdue_title",
                ],
                batch_size=1000,
            )
            warning = [row for row in rows if row.alert_urgency == 2]
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE patients_patientsummary")
        return cls(listed.pages, str(warning[len(warning) // 2].pk))

    def addresses(self) -> dict[str, str]:
        return {
            "first page of Today": "/today/?who=hospital",
            "page in the middle of Today": f"/today/?who=hospital&after={self.middle}",
            "my own Today": "/today/",
        }
