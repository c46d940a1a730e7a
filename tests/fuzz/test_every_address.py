"""Hostile requests to every address of the URL configuration, by every role.

300 of them here, ten thousand with ``make fuzz``; FUZZ_ONLY=17 repeats the one of that number alone.
"""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from accounts.models import Hospital, Membership
from accounts.permissions import POLICY, ROLES, Door
from accounts.roles import Role
from accounts.scope import enter_hospital
from supervisor.mail_store import MailStore
from tests.fuzz.hostile import Request, request_of
from tests.fuzz.judge import complaints
from tests.fuzz.site import ARGUMENT, NAMES, ROUTES, Site, crawl
from tests.monitoring.imports.files import checked, table
from tests.personas import member, signed_in

INPUTS = int(os.environ.get("FUZZ_INPUTS") or 300)
SEED = int(os.environ.get("FUZZ_SEED") or 0)
ONLY = os.environ.get("FUZZ_ONLY")
PUBLIC = {name for name, rule in POLICY.items() if isinstance(rule, Door)}
SIGNED_OUT = "signed out"


@pytest.fixture
def people(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Membership | None]:
    """The demonstration's two hospitals, and somebody of each role in the first; None is nobody."""
    monkeypatch.setenv("DEMO_DIR", str(tmp_path))
    call_command("demo_data")
    first = Hospital.objects.get(name__startswith="St Brigid")
    found: dict[str, Membership | None] = {SIGNED_OUT: None}
    for role in Role:
        known = Membership.objects.filter(hospital=first, roles=[role]).first()
        found[str(role)] = known or member(f"{role.label} Role", first, [role])
    found["elsewhere"] = Membership.objects.exclude(hospital=first).get(roles=[Role.CLINICIAN])
    enter_hospital(first.pk)
    checked(table("A-1,VEGF,1450,pg/mL,Plasma,2026-01-05,Laboratory A"), found["clinician"])
    return found


@pytest.fixture
def clients(people: dict[str, Membership | None]) -> dict[str, Client]:
    clients = {who: signed_in(person) if person else Client() for who, person in people.items()}
    for client in clients.values():
        client.raise_request_exception = False
    return clients


@pytest.fixture
def site(clients: dict[str, Client]) -> Site:
    site = Site()
    without = [route for route in ROUTES.values() if not ARGUMENT.search(route) and "\\" not in route]
    for who in ("clinician", "coordinator", "hospital_admin", SIGNED_OUT):
        crawl(site, clients[who], [path for path in without if "logout" not in path])
    return site


def opened_by(person: Membership | None) -> set[str]:
    if person is None:
        return PUBLIC
    return PUBLIC | {name for name, rule in POLICY.items() if rule in ROLES[Role(person.roles[0])]}


def answered(request: Request, client: Client) -> HttpResponse:
    """Send it, and let nothing of it remain."""
    if request.name.startswith(("account_", "mfa_")):
        cache.clear()  # what was counted of earlier attempts
    client.handler.enforce_csrf_checks = not request.has_token
    with transaction.atomic():
        answer = client.generic(
            request.method,
            request.path,
            request.body,
            request.content_type,
            headers=request.headers,
            query_params=None,
            QUERY_STRING=request.query,
        )
        transaction.set_rollback(True)
    return answer


def test_no_request_breaks_the_house(
    people: dict[str, Membership | None],
    clients: dict[str, Client],
    site: Site,
    mailbox: MailStore,
) -> None:
    assert len(unfound(site)) < len(NAMES) / 5, unfound(site)
    opened = {who: opened_by(person) for who, person in people.items()}
    numbers = [int(ONLY)] if ONLY else range(INPUTS)
    statuses: Counter[int] = Counter()
    wrong = []
    cookies = {who: dict(client.cookies) for who, client in clients.items()}
    for number in numbers:
        request = request_of(number, seed=SEED, site=site, people=opened)
        client = clients[request.who]
        answer = answered(request, client)
        client.cookies.clear()
        client.cookies.update(cookies[request.who])
        statuses[answer.status_code] += 1
        wrong += [f"{complaint}\n    {request}" for complaint in complaints(request, answer)]
    told = dict(sorted(statuses.items()))
    sys.stdout.write(f"\n{sum(statuses.values())} requests, seed {SEED}: {told}, {len(wrong)} wrong\n")
    assert wrong == [], "\n".join(wrong[:40])


def unfound(site: Site) -> list[str]:
    """Addresses behind a permission that no link and no form of the demonstration leads to."""
    guarded = {name for name, rule in POLICY.items() if not isinstance(rule, Door)}
    return sorted(guarded - {name for name, found in site.addresses.items() if found} - set(site.forms))


def test_every_address_is_among_the_first_300() -> None:
    assert len(NAMES) <= 300
    assert set(NAMES) <= set(ROUTES)
