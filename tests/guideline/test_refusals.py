"""Every sentence of refusal as its sender reads it: exit 2, one line on standard error, and nothing else."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
import yaml

from guideline.command import main

FOLDER = Path(__file__).parent / "cases" / "refused"
ROWS = [
    (command, row["given"], row["says"])
    for command in ("decide", "interpret")
    for row in yaml.safe_load((FOLDER / f"{command}.yaml").read_text())
]


def answer_to(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    stdout, stderr = StringIO(), StringIO()
    return main(argv, BytesIO(stdin), stdout, stderr), stdout.getvalue(), stderr.getvalue()


@pytest.mark.parametrize(("command", "given", "says"), ROWS, ids=range(len(ROWS)))
def test_what_is_refused_is_answered_by_one_sentence(command, given, says):
    assert answer_to(command, "-", stdin=given.encode()) == (2, "", f"{says}\n")


USAGE = "write decide or interpret and a file name, or - for standard input"
UNREADABLE = "name a file that can be read"


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ((), f"the command: nothing is not accepted; {USAGE}"),
        (("advise", "me"), f"the command: advise me is not accepted; {USAGE}"),
        (("decide",), f"the command decide: no file name is not accepted; {USAGE}"),
        (("decide", "a", "b"), f"the command decide: a b is not accepted; {USAGE}"),
        (("interpret", "/no"), f"/no: the file (No such file or directory) is not accepted; {UNREADABLE}"),
    ],
)
def test_a_command_that_cannot_be_followed_is_answered_by_one_sentence(argv, says):
    assert answer_to(*argv) == (2, "", f"{says}\n")


def padded(size: int) -> bytes:
    return b'{"line": "first"}'.ljust(size)


@pytest.mark.parametrize(("size", "code"), [(5_000_000, 0), (5_000_001, 2), (10_000_000, 2)])
def test_a_document_has_at_most_5_million_bytes(size, code, tmp_path):
    file = tmp_path / "case.json"
    file.write_bytes(padded(size))
    assert answer_to("decide", str(file))[0] == code
    assert answer_to("decide", "-", stdin=padded(size))[0] == code
