"""Who needs a second factor, and whether they have one.

A hospital asks for it by default. It asks *everybody* who works there, also roles that see no patient: who
may invite people, approve content or read the log opens as much as who opens a record.
"""

from collections.abc import Iterable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from accounts import single_sign_on
from accounts.models import Membership


def is_required(memberships: Iterable[Membership]) -> bool:
    """Whether any of a person's active hospitals asks for it.

    The stricter rule wins, in every hospital of the person: there is one sign-in for all of them, and whoever
    got through the weaker door would be one click from the other hospital's records.
    """
    return any(membership.hospital.second_factor_required for membership in memberships)


def is_missing(request: HttpRequest, memberships: Iterable[Membership]) -> bool:
    """Whether the signed-in person has to set up a second factor before anything opens.

    Not where the provider of single sign-on vouched for one at this sign-in, in words the operator trusts.
    """
    if not is_required(memberships) or request.session.get(single_sign_on.VOUCHED):
        return False
    return not is_mfa_enabled(request.user)
