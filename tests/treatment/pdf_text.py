"""The words of a PDF, read back as its readers' programs read them."""

from io import BytesIO

from pypdf import PdfReader


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without any white space: lines end where typst likes."""
    return [words(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def words(text: str) -> str:
    """A text as ``pages_of`` gives it."""
    return "".join(text.split())
