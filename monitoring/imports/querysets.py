"""Chainable questions about imports; ``visible_to`` comes first, always."""

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models

from accounts.permissions import Permission
from patients.querysets import sees_every_patient

if TYPE_CHECKING:
    from accounts.models import Membership


class HospitalQuerySet(models.QuerySet[Any]):
    def visible_to(self, member: "Membership") -> Self:
        """Rows of the member's hospital, if any of their roles may change records; otherwise none."""
        if not member.may(Permission.EDIT_PATIENTS):
            return self.none()
        return self.filter(hospital_id=member.hospital_id)

    def open_to(self, member: "Membership") -> Self:
        """Files as ``visible_to``; by care team only one's own, for a file names whoever it is about."""
        files = self.visible_to(member)
        return files if sees_every_patient(member) else files.filter(uploaded_by=member.user_id)

    def in_hospital(self, hospital_id: UUID) -> Self:
        return self.filter(hospital_id=hospital_id)
