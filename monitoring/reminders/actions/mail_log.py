"""What an admin may do about a mail: send it again, or say that an address works again."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import Membership
from monitoring.reminders.actions.digests import message_id_of
from monitoring.reminders.models import Digest


class NotEndedError(Exception):
    """The mail still waits or is under way; there is nothing to send again."""


@transaction.atomic
def send_again(*, digest_id: UUID, by: Membership, now: datetime) -> Digest:
    """Let a digest that ended go out anew, with what is still true of it; if nothing is, it stays unsent.

    It is a mail of its own, so its Message-ID is new: servers drop a second one of the same. Raises
    Digest.DoesNotExist and NotEndedError. The caller has entered the hospital's scope.
    """
    digest: Digest = (
        Digest.objects.in_hospital(by.hospital_id).select_for_update(of=("self",)).get(pk=digest_id)
    )
    if digest.sent_at is None and digest.refused_at is None:
        raise NotEndedError
    digest.sent_at = digest.refused_at = digest.refusal = digest.lease_until = None
    digest.message_id = message_id_of(uuid4())
    digest.sent_again_at, digest.sent_again_by = now, by.user
    digest.save()
    return digest


@transaction.atomic
def trust_again(*, person_id: UUID, by: Membership, now: datetime) -> int:
    """Forget the mails to this person that came back; how many. The caller is in the hospital's scope."""
    came_back = Digest.objects.in_hospital(by.hospital_id).filter(recipient=person_id, forgiven_at=None)
    return came_back.exclude(came_back_at=None).update(forgiven_at=now)


@transaction.atomic
def note_bounce(*, message_id: str, hospital_id: UUID, now: datetime) -> int:
    """Note that a digest's mail came back; how many were found (none or one). The caller is in the scope."""
    sent = Digest.objects.in_hospital(hospital_id).filter(message_id=message_id, came_back_at=None)
    return sent.update(came_back_at=now)
