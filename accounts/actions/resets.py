"""A lost second factor: an admin asks, a second person consents, a mailed link lets enrol anew.

One person alone never suffices. An admin who could reset a factor alone could, with a mailbox, become anybody
in the hospital; so a stolen admin's account could. The second person is another admin or the hospital's lead
clinician: somebody who knows the colleague and can ring them up. Where there is neither, somebody is made an
admin first. An admin who lost their own factor is helped by the others in the same way; the only admin of a
hospital by the operator (the command ``reset_second_factor``).
"""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core import signing
from django.db import transaction

from accounts.actions import sessions
from accounts.emails import send_reset_link, send_reset_question
from accounts.models import Membership, SecondFactorReset, User
from accounts.roles import Role

CONSENT_WITHIN = timedelta(days=3)
LINK_WORKS_FOR = timedelta(hours=24)
SALT = "accounts.second-factor-reset"


class NothingToResetError(Exception):
    """The person has no second factor."""


class NobodyConsentsError(Exception):
    """Nobody but the one who asks, and the person themself, could consent."""


class ResetClosedError(Exception):
    """The reset was answered, used or ended meanwhile, or has run out."""


@transaction.atomic
def ask(*, member: Membership, by: Membership, now: datetime) -> SecondFactorReset:
    """Ask for a colleague's reset and mail those who may consent; what was open before ends.

    Raises NothingToResetError, and NobodyConsentsError, also for oneself.
    """
    if not Authenticator.objects.filter(user=member.user).exists():
        raise NothingToResetError
    consenting = [one for one in _colleagues(by) if may_consent_to(member.user_id, by.user_id, one)]
    if member.user_id == by.user_id or not consenting:
        raise NobodyConsentsError
    end_open(user=member.user, by=by, now=now)
    reset = SecondFactorReset.objects.create(
        hospital=by.hospital,
        user=member.user,
        asked_at=now,
        asked_by=by.user,
        expires_at=now + CONSENT_WITHIN,
    )
    for one in consenting:
        transaction.on_commit(partial(send_reset_question, reset=reset, to=one.user.email))
    return reset


def may_consent_to(user_id: UUID, asked_by_id: UUID, member: Membership) -> bool:
    """Whether the member is the second person: not the one who asks, not the one concerned, admin or lead."""
    is_lead = member.hospital.lead_clinician_id == member.user_id
    trusted = Role.HOSPITAL_ADMIN in member.roles or is_lead
    return member.is_active and trusted and member.user_id not in {user_id, asked_by_id}


def may_consent(reset: SecondFactorReset, member: Membership) -> bool:
    return may_consent_to(reset.user_id, reset.asked_by_id, member)


@transaction.atomic
def consent(*, reset: SecondFactorReset, by: Membership, now: datetime) -> None:
    """Let the person enrol anew; the link is mailed to them. Raises ResetClosedError."""
    waiting = SecondFactorReset.objects.visible_to(by).waiting(now).filter(pk=reset.pk)
    if not may_consent(reset, by) or not waiting.update(
        consented_at=now, consented_by=by.user, expires_at=now + LINK_WORKS_FOR
    ):
        raise ResetClosedError
    token = signing.dumps(str(reset.pk), salt=SALT)
    transaction.on_commit(partial(send_reset_link, reset=reset, token=token))


@transaction.atomic
def refuse(*, reset: SecondFactorReset, by: Membership, now: datetime) -> None:
    """Do not consent; the old factor stays. Raises ResetClosedError."""
    waiting = SecondFactorReset.objects.visible_to(by).waiting(now).filter(pk=reset.pk)
    if not may_consent(reset, by) or not waiting.update(ended_at=now, ended_by=by.user):
        raise ResetClosedError


def find_open(*, token: str, now: datetime) -> SecondFactorReset:
    """The reset behind a link. Raises ResetClosedError for anything but a link that still works."""
    try:
        key = signing.loads(token, salt=SALT, max_age=LINK_WORKS_FOR)
    except signing.BadSignature as error:
        raise ResetClosedError from error
    found = SecondFactorReset.objects.open(now).filter(pk=key, consented_at__isnull=False)
    reset = found.select_related("user", "hospital").first()
    if reset is None or not reset.user.is_active:
        raise ResetClosedError
    return reset


@transaction.atomic
def use(*, token: str, now: datetime) -> User:
    """Take every second factor away and end every session; the next sign-in asks to enrol. Once.

    Raises ResetClosedError.
    """
    reset = find_open(token=token, now=now)
    if not SecondFactorReset.objects.open(now).filter(pk=reset.pk).update(used_at=now):
        raise ResetClosedError
    take_away(user=reset.user, now=now)
    return reset.user


@transaction.atomic
def take_away(*, user: User, now: datetime) -> None:
    """Take every second factor away and end every session. Raises NothingToResetError."""
    deleted, _ = Authenticator.objects.filter(user=user).delete()
    if not deleted:
        raise NothingToResetError
    sessions.end_all(user=user, now=now)


def end_open(*, user: User, by: Membership, now: datetime) -> None:
    """End what was asked for the person before and not used."""
    SecondFactorReset.objects.filter(user=user, used_at=None, ended_at=None).update(
        ended_at=now, ended_by=by.user
    )


def _colleagues(by: Membership) -> list[Membership]:
    members = Membership.objects.visible_to(by).active().select_related("user", "hospital")
    return list(members.order_by("pk"))
