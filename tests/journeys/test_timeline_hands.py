"""The timeline under a hand: wheel, drag, two fingers, keys, and what is saved from it."""

import csv
import io
import re
import time
from pathlib import Path

import pytest
from defusedxml import ElementTree
from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from patients.models import Patient
from tests.journeys.look import Look
from tests.monitoring.courses import long_course, rich_course
from tests.personas import House

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def page(house: House, look: Look) -> Page:
    """The timeline of a rich course, drawn."""
    with transaction.atomic():
        patient = rich_course(house.alice)
    look.sign_in("alice@a.example", code_for=time.time())
    drawn(look.page, patient)
    return look.page


def drawn(page: Page, patient: Patient) -> None:
    page.goto(f"/patients/{patient.pk}/timeline/")
    expect(page.locator("#timeline[aria-busy=false] svg").first).to_be_visible()


def axis(page: Page) -> Locator:
    return page.locator(".timeline-axis svg text")


def axis_of(page: Page) -> list[str]:
    return axis(page).all_text_contents()


def zoomed(page: Page, *, is_so: bool) -> None:
    """Whether less than the whole course is shown: then there is something to zoom out of."""
    out = page.get_by_role("button", name="Zoom out")
    expect(out).to_be_enabled() if is_so else expect(out).to_be_disabled()


def middle_of(lane: Locator) -> tuple[float, float]:
    lane.scroll_into_view_if_needed()
    box = lane.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def saved(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_wheel_and_a_drag_choose_the_span_for_all_lanes(page: Page) -> None:
    lane, whole = page.locator('[data-lane="vegf"]'), axis_of(page)
    x, y = middle_of(lane)
    page.mouse.move(x, y)
    page.mouse.wheel(0, 100)
    zoomed(page, is_so=False)  # without Ctrl the wheel scrolls the page
    x, y = middle_of(lane)
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    zoomed(page, is_so=True)
    expect(lane.locator("svg")).to_be_visible()
    page.mouse.dblclick(x, y)
    zoomed(page, is_so=False)
    expect(axis(page)).to_have_text(whole)
    page.mouse.move(x - 150, y)
    page.mouse.down()
    page.mouse.move(x + 50, y, steps=5)
    expect(page.locator(".timeline-shade")).to_be_visible()
    page.mouse.up()
    zoomed(page, is_so=True)
    expect(page.locator(".timeline-shade")).to_be_hidden()
    expect(axis(page)).not_to_have_text(whole)


def test_two_fingers_zoom_and_one_moves(page: Page) -> None:
    x, y = middle_of(page.locator('[data-lane="vegf"]'))
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})

    def touch(kind: str, *across: float) -> None:
        points = [{"x": x + away, "y": y, "id": place} for place, away in enumerate(across)]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", -40, 40)
    for away in (60, 90, 120, 160):
        touch("touchMove", -away, away)
    touch("touchEnd")
    zoomed(page, is_so=True)
    before = axis_of(page)
    touch("touchStart", 0)
    for away in (-40, -120, -200):
        touch("touchMove", away)
    touch("touchEnd")
    page.wait_for_function(
        "before => [...document.querySelectorAll('.timeline-axis svg text')]"
        ".map(one => one.textContent).join() !== before",
        arg=",".join(before),
    )


def test_keys_zoom_move_and_put_the_crosshair_through_every_lane(page: Page) -> None:
    vegf = page.locator('[data-lane="vegf"]')
    expect(vegf).to_have_accessible_name("Chart of VEGF, 14 values")
    expect(vegf).to_have_accessible_description(re.compile("Every value also stands in the tables below"))
    vegf.focus()
    page.keyboard.press("Home")
    expect(page.locator(".timeline-crosshair")).to_be_visible()
    expect(page.locator(".timeline-card")).to_contain_text("2 February 2023")
    expect(page.locator(".timeline-card")).to_contain_text("M-protein 0.9 g/dL")  # of the same day
    page.keyboard.press("ArrowRight")
    expect(page.locator("#timeline-reading")).to_contain_text("20 May 2023. VEGF 510 pg/mL")
    page.keyboard.press("PageDown")
    expect(page.locator("#timeline-reading")).to_contain_text("12 of")
    page.keyboard.press("Escape")
    expect(page.locator(".timeline-crosshair")).to_be_hidden()
    page.keyboard.press("+")
    zoomed(page, is_so=True)
    before = axis_of(page)
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".timeline-axis")).not_to_have_text("".join(before))
    page.keyboard.press("0")
    zoomed(page, is_so=False)


def test_the_chart_is_saved_as_pictures_and_as_a_table(page: Page) -> None:
    page.locator('[data-lane="vegf"]').focus()
    page.keyboard.press("+")
    zoomed(page, is_so=True)
    name, text = saved(page, "SVG")
    tree = ElementTree.fromstring(text)
    words = " | ".join(one.text or "" for one in tree.iter(f"{SVG}text"))
    assert name == "timeline.svg"
    assert all(said in words for said in ("VEGF", "FDG-PET", "Skin (S)", "too early to judge"))
    assert "Schulz" not in words
    name, picture = saved(page, "PNG")
    width = int.from_bytes(picture[16:20])
    assert (name, picture[:8]) == ("timeline.png", b"\x89PNG\r\n\x1a\n")
    assert width == 2 * float(tree.attrib["width"])
    name, table = saved(page, "CSV")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert name.startswith("timeline-")
    assert {"VEGF", "PET", "ONLS", "Skin changes"} <= {row["What"] for row in rows}


def test_five_thousand_values_are_drawn_and_answer_to_the_keys(house: House, look: Look) -> None:
    with transaction.atomic():
        patient = long_course(house.alice, 5000)
    look.sign_in("alice@a.example", code_for=time.time())
    drawn(look.page, patient)
    assert int(look.page.locator("#timeline").get_attribute("data-drawn-in") or "") > 0
    vegf = look.page.locator('[data-lane="vegf"]')
    vegf.focus()
    look.page.keyboard.press("End")
    expect(look.page.locator("#timeline-reading")).to_contain_text("VEGF")
    look.check("timeline-5000")
