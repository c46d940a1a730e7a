"""Going through a page without a mouse."""

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 150


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until ``wanted`` has the focus, as somebody without a mouse does."""
    expect(wanted).to_be_attached()
    for _ in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by the keyboard")


def press(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def typed(page: Page, text: str, key: str) -> None:
    """Type into what has the focus, and press a key."""
    page.keyboard.type(text)
    page.keyboard.press(key)
