"""Hospitals, the people who work in them, and how they were invited."""

import re
import uuid
import zoneinfo

import pghistory
import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.access import Access
from accounts.permissions import Permission, allows
from accounts.querysets import InvitationQuerySet, MembershipQuerySet, SecondFactorResetQuerySet
from accounts.roles import Role

# A number that can be dialled from paper; an extension goes behind a hyphen or a slash.
PHONE = r"[+(]?[0-9][0-9 ()/.+-]{4,}"


def validate_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"{name} is not a time zone; choose a name such as Europe/Berlin.")


def validate_phone(number: str) -> None:
    if not re.fullmatch(PHONE, number):
        raise ValidationError(
            "Write the number with digits, spaces and + ( ) / . - only, 5 characters at least: "
            "for example +49 30 1234-567."
        )


@pghistory.track()
class Hospital(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    phone = models.CharField(
        max_length=40,
        blank=True,
        validators=[validate_phone],
        help_text="For patients; printed on what they are given. Empty until somebody has said it.",
    )
    digest_hour = models.PositiveSmallIntegerField(
        default=7, help_text="Hour of the local day at which the daily digest goes out."
    )
    digest_on_weekends = models.BooleanField(default=True)
    # Required, null only until somebody has said who: a hospital stands before its people do. Once named, a
    # hospital keeps one (docs/adr/0017); the database lets in members of the hospital only (a foreign key to
    # the pair of person and hospital, in the migration).
    lead_clinician = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_factor_required = models.BooleanField(
        default=True,
        help_text="Everybody who works here sets up a passkey or an authenticator app before anything opens.",
    )
    # When people are told, in days: before an item is due, and after its window has closed.
    remind_soon_days = models.PositiveSmallIntegerField(default=14)
    remind_overdue_days = models.PositiveSmallIntegerField(default=7)
    remind_deputy_days = models.PositiveSmallIntegerField(default=21)
    remind_lead_days = models.PositiveSmallIntegerField(default=42)
    # Days that a critical alert asks in vain before somebody else is told of it.
    alert_deputy_days = models.PositiveSmallIntegerField(default=2)
    alert_lead_days = models.PositiveSmallIntegerField(default=5)
    requires_approved_content = models.BooleanField(
        default=False,
        help_text="No plan is signed while the guideline content is not approved and adopted here.",
    )
    # Hospital-wide unless the hospital says otherwise (docs/adr/0019 says why).
    access = models.CharField(max_length=9, choices=Access.choices, default=Access.HOSPITAL)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(access__in=Access.values), name="hospital_access_is_known"),
            models.CheckConstraint(
                condition=Q(digest_hour__gte=0, digest_hour__lte=23),
                name="hospital_digest_hour_is_of_the_day",
            ),
            models.CheckConstraint(
                condition=Q(remind_soon_days__lte=90)
                & Q(remind_overdue_days__gte=1)
                & Q(remind_deputy_days__gt=F("remind_overdue_days"))
                & Q(remind_lead_days__gt=F("remind_deputy_days"))
                & Q(remind_lead_days__lte=365),
                name="hospital_reminders_come_in_order",
            ),
            models.CheckConstraint(
                condition=Q(alert_deputy_days__gte=1)
                & Q(alert_lead_days__gt=F("alert_deputy_days"))
                & Q(alert_lead_days__lte=30),
                name="hospital_alerts_come_in_order",
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=rf"^{PHONE}$"), name="hospital_phone_can_be_dialled"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="lead_stays",
                operation=pgtrigger.UpdateOf("lead_clinician_id"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__lead_clinician__isnull=False, new__lead_clinician__isnull=True),
                func="""
                    RAISE EXCEPTION 'hospital_keeps_a_lead: name another lead clinician instead'
                    USING ERRCODE = 'check_violation';
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person. What they may do hangs on their memberships, never on the person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail address", max_length=254, unique=True)
    full_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_is_unique")]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name


@pghistory.track()
class Membership(models.Model):
    """A person's place in a hospital: roles, active or not. Never deleted, so the trail stays readable."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=32, choices=Role.choices))
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "hospital"], name="membership_is_one_per_person_and_hospital"
            ),
            models.CheckConstraint(
                condition=Q(roles__len__gt=0) & Q(roles__contained_by=Role.values),
                name="membership_roles_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.hospital}"

    def may(self, permission: Permission) -> bool:
        return self.is_active and allows(self.roles, permission)

    @property
    def role_names(self) -> list[str]:
        """The roles in words, in the order of the policy page."""
        return [role.label for role in Role if role in self.roles]


@pghistory.track(exclude=["token_hash"])
class Invitation(models.Model):
    """An offer of a membership, sent by mail. Only a hash of the secret in the link is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    roles = ArrayField(models.CharField(max_length=32, choices=Role.choices))
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="invitation_is_not_accepted_and_revoked",
            ),
            models.UniqueConstraint(
                Lower("email"),
                "hospital",
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_is_one_open_per_address",
            ),
            models.CheckConstraint(
                condition=Q(roles__len__gt=0) & Q(roles__contained_by=Role.values),
                name="invitation_roles_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.hospital}"

    @property
    def role_names(self) -> list[str]:
        return [role.label for role in Role if role in self.roles]


@pghistory.track()
class SecondFactorReset(models.Model):
    """Somebody lost their second factor: an admin asks, another person consents, the person enrols anew.

    Consent sends a signed link, which works once until ``expires_at``; until then the old factor works.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consented_at = models.DateTimeField(null=True)
    consented_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SecondFactorResetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(used_at=None, ended_at=None), name="reset_is_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=Q(consented_at=None, consented_by=None)
                | Q(consented_at__isnull=False, consented_by__isnull=False),
                name="reset_consent_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(consented_by=None) | ~Q(consented_by=F("asked_by")),
                name="reset_has_a_second_persons_consent",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("user")) & (Q(consented_by=None) | ~Q(consented_by=F("user"))),
                name="reset_is_never_for_oneself",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(consented_at__isnull=False), name="reset_is_used_after_consent"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False, used_at=None),
                name="reset_ended_is_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"reset {self.pk} for {self.user_id}"
