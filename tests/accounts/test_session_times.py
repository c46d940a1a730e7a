"""A session nobody uses locks, an old one ends, and nothing that was typed is lost by either."""

import html
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from accounts import kept, times
from tests.personas import PASSWORD, House, signed_in

PAGE = "/patients/register/"
TYPED = {"record_number": "A-77", "family_name": "Größe & <b>", "given_name": "", "sex": "female"}
IDLE = settings.SESSION_IDLE_MINUTES * 60
DAY = settings.SESSION_HOURS * 3600


@pytest.fixture(autouse=True)
def forgotten_attempts() -> None:
    """Attempts counted by other tests."""
    cache.clear()


def aged(client: Client, *, unused: float = 0, old: float = 0) -> Client:
    session = client.session
    session[times.USED] -= unused
    session[times.SIGNED_IN] -= old
    session.save()
    return client


def by_htmx(client: Client, method: str, path: str, **fields: str) -> Any:
    return getattr(client, method)(path, fields, headers={"HX-Request": "true"})


def unlock(client: Client) -> Any:
    return client.post("/account/reauthenticate/?next=/account/kept/", {"password": PASSWORD})


def replayed(page: str) -> dict[str, str]:
    """The fields of the form that waits, as the browser would send them."""
    form = page.partition("<form")[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_used_session_stays_open_to_the_last_second(alice: Client) -> None:
    assert aged(alice, unused=IDLE - 5).get(PAGE).status_code == 200


def test_an_unused_one_asks_again_and_leads_back(alice: Client) -> None:
    answer = aged(alice, unused=IDLE).get(PAGE)
    assert answer.headers["Location"] == "/account/reauthenticate/?next=%2Fpatients%2Fregister%2F"
    page = alice.get(answer.headers["Location"]).content.decode()
    assert "Locked" in page
    assert "Not Alice Amann? Sign out" in page


def test_a_lock_is_not_waited_out_and_not_clicked_away(alice: Client) -> None:
    aged(alice, unused=IDLE).get(PAGE)
    aged(alice, unused=-IDLE)
    for path in (PAGE, "/", "/account/sessions/", "/account/2fa/", "/account/token/", "/account/used/"):
        assert alice.get(path).headers["Location"].startswith("/account/reauthenticate/")


def test_a_wrong_password_opens_nothing(alice: Client) -> None:
    aged(alice, unused=IDLE).get(PAGE)
    alice.post("/account/reauthenticate/", {"password": "wrong horse"})
    assert alice.get(PAGE).status_code == 302


def test_what_is_posted_to_a_locked_session_waits_and_is_sent_again(alice: Client) -> None:
    assert (
        aged(alice, unused=IDLE).post(PAGE, TYPED).headers["Location"].endswith("next=%2Faccount%2Fkept%2F")
    )
    assert unlock(alice).headers["Location"] == "/account/kept/"
    page = alice.get("/account/kept/").content.decode()
    assert f'action="{PAGE}"' in page
    assert replayed(page) == TYPED
    again = alice.post(PAGE, replayed(page))
    assert "Größe &amp; &lt;b&gt;" in again.content.decode()  # the form itself says what is missing
    assert alice.get("/account/kept/").headers["Location"] == "/"


def test_an_old_session_ends_though_it_is_used(alice: Client) -> None:
    assert aged(alice, old=DAY - 5).get(PAGE).status_code == 200
    assert aged(alice, old=DAY).get(PAGE).headers["Location"].startswith("/account/login/?next=")
    assert "_auth_user_id" not in alice.session


def test_what_was_typed_waits_through_the_end_for_the_same_person(house: House, alice: Client) -> None:
    aged(alice, old=DAY).post(PAGE, TYPED)
    alice.force_login(house.alice.user)
    assert replayed(alice.get("/account/kept/").content.decode()) == TYPED


def test_somebody_else_at_the_same_computer_sees_nothing_of_it(house: House, alice: Client) -> None:
    aged(alice, old=DAY).post(PAGE, TYPED)
    alice.force_login(house.carlos.user)
    assert alice.get("/account/kept/").headers["Location"] == "/"
    assert kept.SESSION_KEY not in alice.session


def test_a_foreign_form_is_refused_before_it_could_wait(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.alice.user)
    assert aged(client, unused=IDLE).post(PAGE, TYPED).status_code == 403
    assert kept.SESSION_KEY not in client.session


@pytest.mark.parametrize("age", [{"unused": IDLE}, {"old": DAY}])
def test_htmx_is_told_to_cover_the_page_and_swaps_no_sign_in(alice: Client, age: dict[str, float]) -> None:
    aged(alice, **age)
    for method in ("get", "post"):
        assert by_htmx(alice, method, PAGE).status_code == 423


def test_the_lock_of_the_page_opens_by_password_only(alice: Client) -> None:
    assert by_htmx(alice, "post", "/account/lock/").status_code == 204
    wrong = by_htmx(alice, "post", "/account/unlock/", secret="wrong horse")
    assert (wrong.status_code, "neither your password" in wrong.json()["sentence"]) == (422, True)
    assert by_htmx(alice, "get", PAGE).status_code == 423
    assert by_htmx(alice, "post", "/account/unlock/", secret=PASSWORD).status_code == 204
    assert alice.get(PAGE).status_code == 200


def test_guessing_at_the_lock_is_stopped(alice: Client) -> None:
    by_htmx(alice, "post", "/account/lock/")
    for _ in range(5):
        by_htmx(alice, "post", "/account/unlock/", secret="wrong horse")
    assert (
        "Too many attempts" in by_htmx(alice, "post", "/account/unlock/", secret=PASSWORD).json()["sentence"]
    )
    assert by_htmx(alice, "get", PAGE).status_code == 423


def test_typing_alone_keeps_the_session_open(alice: Client) -> None:
    aged(alice, unused=IDLE - 5)
    assert by_htmx(alice, "post", "/account/used/").status_code == 204
    assert aged(alice, unused=IDLE - 5).get(PAGE).status_code == 200


def test_use_is_written_down_once_a_minute(alice: Client) -> None:
    before = aged(alice, unused=times.NOTED_EVERY - 5).session[times.USED]
    alice.get(PAGE)
    assert alice.session[times.USED] == before
    aged(alice, unused=10).get(PAGE)
    assert alice.session[times.USED] > before


def test_a_file_cannot_wait_and_the_person_is_told(alice: Client) -> None:
    aged(alice, unused=IDLE)
    with open(__file__, "rb") as file:  # noqa: PTH123 - the client wants an open file
        answer = alice.post(PAGE, {"file": file})
    assert answer.headers["Location"].endswith("next=%2F")
    assert kept.SESSION_KEY not in alice.session


def test_a_locked_session_may_leave(alice: Client) -> None:
    aged(alice, unused=IDLE).post("/account/logout/")
    assert "_auth_user_id" not in alice.session


def test_a_session_from_before_times_were_counted_goes_on(house: House) -> None:
    client = signed_in(house.alice)
    session = client.session
    del session[times.USED], session[times.SIGNED_IN]
    session.save()
    assert client.get(PAGE).status_code == 200
    assert client.session[times.SIGNED_IN] > 0
