"""Looking at a page: complaints of the browser, accessibility by axe, pictures."""

import os
import re
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect

from supervisor import one_time_codes
from tests.personas import PASSWORD, TOTP_SECRET

# What htmx says of a request that was cut off because the page was left. Requests that failed for any other
# reason are noted by their own event.
CUT_OFF = ("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort")
ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PAPER = {"width": 794, "height": 1123}  # A4 at 96 dots per inch
# Set SCREENSHOTS=folder to keep pictures of every page a journey looks at.
PICTURES = os.environ.get("SCREENSHOTS", "")


class Look:
    """A page of the browser and everything that went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.set_viewport_size(WIDE)
        page.emulate_media(reduced_motion="reduce")  # no picture in the middle of a change
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("response", self._note_response)
        page.on("requestfailed", self._note_failure)

    def check(self, name: str) -> None:
        """Assert that axe finds nothing and no page scrolls sideways: light, dark, phone; take pictures."""
        self._arrive()
        for scheme, size in (("light", WIDE), ("dark", WIDE), ("light", PHONE)):
            self.page.emulate_media(color_scheme=scheme)
            self.page.set_viewport_size(size)
            self._set_theme(scheme)
            where = f"{name}-{'phone' if size is PHONE else scheme}"
            self._picture(where)
            violations = self.violations()
            assert violations == [], f"{where}: {violations}"
            assert self._overhang() <= 0, f"{where}: wider than the window by {self._overhang()} px"
        self.page.set_viewport_size(PAPER)
        self.page.emulate_media(media="print")
        self._picture(f"{name}-print")
        self.page.emulate_media(media="screen", color_scheme="light")
        self.page.set_viewport_size(WIDE)
        self._set_theme("light")

    def violations(self) -> list[str]:
        """What axe finds at WCAG 2.2 A and AA, one line each with the first element."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "async tags => (await axe.run({runOnly: {type: 'tag', values: tags}})).violations", AXE_TAGS
        )
        return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html'][:160]}" for rule in found]

    def sign_in(self, email: str, *, code_for: float) -> None:
        """Sign in as a person would: password, then the code at the Unix time ``code_for``."""
        self.page.goto("/account/login/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label(re.compile(r"^\s*Password\W*$")).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_label("Code").fill(one_time_codes.code(TOTP_SECRET, now=code_for))
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.get_by_role("navigation", name="Main")).to_be_attached()

    def _arrive(self) -> None:
        """Wait until the page a click led to is whole: between two pages there is no element to look at."""
        self.page.wait_for_load_state()
        self.page.wait_for_function("document.readyState === 'complete' && document.body !== null")

    def _overhang(self) -> int:
        """By how many px the page must be pushed aside to be read; 0 where it fits."""
        return int(
            self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )

    def _set_theme(self, scheme: str) -> None:
        self.page.evaluate("scheme => { document.documentElement.dataset.bsTheme = scheme }", scheme)

    def _picture(self, name: str) -> None:
        self.page.evaluate("window.scrollTo(0, 0)")  # with and without pictures the page stands the same
        if PICTURES:
            self.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)

    def _note_console(self, message: ConsoleMessage) -> None:
        # The browser itself logs every 4xx answer; a journey that provokes one looks at the page instead.
        if message.type in {"error", "warning"} and not (
            "Failed to load resource" in message.text or message.text.startswith(CUT_OFF)
        ):
            self.complaints.append(f"console: {message.text}")

    def _note_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure} at {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} at {response.url}")
