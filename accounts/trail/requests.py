"""What one request leaves in the trail: notes taken on the way, written in one statement at its end.

The rows are written in the request's own transaction, so a change never stands without its row, nor a row
without its change; nothing is sent before both are committed. A request that failed is rolled back, and then
noted by itself.

Not noted: what a signed-out browser is refused (it is sent to sign in, and anybody could fill the disk with
such rows), and what a rate limit turned away unread.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.models import Membership, User
from accounts.permissions import POLICY, Permission
from accounts.trail.kinds import AT_THE_DOOR, ONLY_ASKS, SAYS_NOTHING, SIGNS, TRIES, AccessKind, ActorKind
from accounts.trail.writing import Entry, write

REFUSALS = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
# A page that came, though what was posted did not pass.
SHOWN_ALL_THE_SAME = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
ACCOUNT_PAGES = "/account/"


@dataclass(frozen=True)
class Note:
    """Something to write down; without a user it is the signed-in person's doing."""

    kind: AccessKind
    patient_id: UUID | None = None
    user: User | None = None
    from_ip: str | None = None


@dataclass
class Trail:
    """What is known of a request until it ends."""

    request_id: UUID = field(default_factory=uuid.uuid4)
    notes: list[Note] = field(default_factory=list)
    shown: int | None = None
    grant_id: UUID | None = None


def trail_of(request: HttpRequest) -> Trail:
    trail: Trail | None = getattr(request, "trail", None)
    if trail is None:
        trail = request.trail = Trail()  # type: ignore[attr-defined] # read above, set nowhere else
    return trail


def note(
    request: HttpRequest,
    kind: AccessKind,
    *,
    patient_id: UUID | None = None,
    user: User | None = None,
    from_ip: str | None = None,
) -> None:
    """Write down at the end of the request that this was done, once however often it is said."""
    one = Note(kind, patient_id, user, from_ip)
    notes = trail_of(request).notes
    if one not in notes:
        notes.append(one)


def note_list(
    request: HttpRequest, *, shown: int, searched: bool = False, kind: AccessKind = AccessKind.VIEWED
) -> None:
    """Write down how many patients or rows a list showed, and whether words were searched, never which.

    Not even a keyed hash of the words: names are few, the key lies beside the hashes, and who searched for
    the same name twice is nobody's business; which records were then opened stands in the trail anyway.
    """
    trail_of(request).shown = shown
    note(request, AccessKind.SEARCHED if searched else kind)


def note_grant(request: HttpRequest, grant_id: UUID) -> None:
    """Everything this request does, it does under an emergency access."""
    trail_of(request).grant_id = grant_id


def write_request(request: HttpRequest, response: HttpResponse, *, failed: bool, now: datetime) -> None:
    """Write what the request left; in its transaction, or after it if that was rolled back."""
    write(_entries(request, response, failed, now))


def _entries(request: HttpRequest, response: HttpResponse, failed: bool, now: datetime) -> Iterator[Entry]:
    trail = trail_of(request)
    member: Membership | None = getattr(request, "membership", None)
    match = request.resolver_match
    address = match.view_name if match else ""
    for one in _notes(request, response, address, failed):
        at_the_door = one.kind in AT_THE_DOOR
        person = one.user or (request.user if request.user.is_authenticated else None)
        nobody = person is None or one.kind == AccessKind.SIGN_IN_FAILED
        entry = Entry(
            at=now,
            actor_kind=ActorKind.NOBODY if nobody else ActorKind.PERSON,
            user_id=person.pk if person else None,
            kind=one.kind,
            patient_id=one.patient_id,
            address=address,
            status=response.status_code,
            shown=None if at_the_door else trail.shown,
            request_id=trail.request_id,
            grant_id=None if at_the_door else trail.grant_id,
            from_ip=one.from_ip,
        )
        here = _hospitals_of(person) if at_the_door or member is None else [member.hospital_id]
        yield from (replace(entry, hospital_id=hospital_id) for hospital_id in here)


def _notes(request: HttpRequest, response: HttpResponse, address: str, failed: bool) -> list[Note]:
    notes, status = trail_of(request).notes, response.status_code
    door = [one for one in notes if one.kind in AT_THE_DOOR]
    inside = [one for one in notes if one.kind not in AT_THE_DOOR]
    if door or not request.user.is_authenticated:
        return door or _tried_in_vain(request, address, status)
    guarded = isinstance(POLICY.get(address), Permission)
    if failed or status in REFUSALS:
        kind = AccessKind.FAILED if failed else AccessKind.DENIED
        asked_for = [_asked_for(request)] if guarded or failed else []
        return [
            Note(kind, patient) for patient in dict.fromkeys([*(n.patient_id for n in inside), *asked_for])
        ]
    if inside:
        done = (Note(_done(one.kind, request, address, status), one.patient_id) for one in inside)
        return list(dict.fromkeys(done))
    did = guarded or request.method == "POST"
    if did and address not in SAYS_NOTHING and _was_shown(response):
        return [Note(_done(AccessKind.VIEWED, request, address, status))]
    return []


def _done(meant: AccessKind, request: HttpRequest, address: str, status: int) -> AccessKind:
    """What a page was opened for, and whether it came to that.

    A form that passed leads on (3xx), or answers htmx; one that did not pass comes again.
    """
    by_htmx = bool(request.headers.get("HX-Request")) and status < HTTPStatus.BAD_REQUEST
    passed = by_htmx or HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    if request.method == "POST" and passed and address not in ONLY_ASKS:
        if meant not in (AccessKind.VIEWED, AccessKind.OPENED, AccessKind.CHANGED):
            return meant
        signed = address in SIGNS and status >= HTTPStatus.MULTIPLE_CHOICES
        return AccessKind.SIGNED if signed else AccessKind.CHANGED
    return AccessKind.OPENED if meant == AccessKind.CHANGED else meant


def _was_shown(response: HttpResponse) -> bool:
    """False for a way to the second factor or to a password: nothing of the page was seen."""
    if response.headers.get("Location", "").startswith(ACCOUNT_PAGES):
        return False
    return response.status_code < HTTPStatus.BAD_REQUEST or response.status_code in SHOWN_ALL_THE_SAME


def _asked_for(request: HttpRequest) -> UUID | None:
    match = request.resolver_match
    asked_for = match.kwargs.get("patient_id") if match else None
    return asked_for if isinstance(asked_for, UUID) else None


def _tried_in_vain(request: HttpRequest, address: str, status: int) -> list[Note]:
    """A password, a code or a passkey that did not open: the form came again."""
    if request.method == "POST" and address in TRIES and status == HTTPStatus.OK:
        return [Note(AccessKind.SIGN_IN_FAILED)]
    return []


def _hospitals_of(person: User | None) -> list[UUID | None]:
    """Each hospital in which the person works or worked: what happens at the door concerns all of them."""
    if person is None:
        return [None]
    found: list[UUID | None] = list(
        Membership.objects.of(person).values_list("hospital_id", flat=True).order_by("hospital_id")
    )
    return found or [None]
