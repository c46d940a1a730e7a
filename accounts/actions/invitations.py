"""Invite a colleague; accept; revoke."""

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.emails import send_invitation
from accounts.models import Invitation, Membership, User

VALID_FOR = timedelta(days=7)


class AlreadyMemberError(Exception):
    """The address belongs to an active member of this hospital."""


class InvitationClosedError(Exception):
    """The invitation was accepted, revoked or has expired."""


@transaction.atomic
def invite(*, by: Membership, email: str, roles: list[str], now: datetime) -> Invitation:
    """Invite ``email`` to the inviter's hospital and mail the link after commit.

    An unanswered invitation to the same address is replaced: its link stops working.
    Raises AlreadyMemberError when the address is an active member already.
    """
    hospital = by.hospital
    if Membership.objects.active().filter(hospital=hospital, user__email__iexact=email).exists():
        raise AlreadyMemberError(email)
    Invitation.objects.visible_to(by).unanswered().filter(email__iexact=email).update(
        revoked_at=now, revoked_by=by.user
    )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        hospital=hospital,
        email=email,
        roles=roles,
        token_hash=hash_token(token),
        invited_at=now,
        invited_by=by.user,
        expires_at=now + VALID_FOR,
    )
    transaction.on_commit(partial(send_invitation, invitation=invitation, token=token))
    return invitation


def find_open(*, token: str, now: datetime) -> Invitation:
    """The invitation behind a link. Raises InvitationClosedError when it cannot be accepted (any more)."""
    invitation = (
        Invitation.objects.open(now).select_related("hospital").filter(token_hash=hash_token(token)).first()
    )
    if invitation is None:
        raise InvitationClosedError
    return invitation


@transaction.atomic
def accept(*, token: str, full_name: str, password: str, now: datetime) -> User:
    """Make the invited person a member; a person who already has an account keeps name and password.

    An empty password makes an account that only the provider of single sign-on, or a passkey, opens.
    Raises InvitationClosedError when the link was used meanwhile.
    """
    invitation = find_open(token=token, now=now)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.revoked_at:
        raise InvitationClosedError
    user = User.objects.filter(email__iexact=invitation.email).first()
    if user is None:
        user = User(email=invitation.email, full_name=full_name)
        user.set_password(password or None)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    elif not user.is_active:  # deactivated in every hospital they had, and welcome in this one
        user.is_active = True
        user.save(update_fields=["is_active"])
    Membership.objects.update_or_create(
        user=user, hospital=invitation.hospital, defaults={"roles": invitation.roles, "is_active": True}
    )
    invitation.accepted_at = now
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return user


@transaction.atomic
def revoke(*, invitation: Invitation, by: Membership, now: datetime) -> None:
    """Close an unanswered invitation. Raises InvitationClosedError when it was answered meanwhile."""
    closed = (
        Invitation.objects.visible_to(by)
        .unanswered()
        .filter(pk=invitation.pk)
        .update(revoked_at=now, revoked_by=by.user)
    )
    if not closed:
        raise InvitationClosedError


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
