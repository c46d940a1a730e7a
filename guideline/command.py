"""The two commands of the guideline: ``decide`` and ``interpret``, without Django, database or clock.

``decide FILE`` prints the decision of a case, ``interpret FILE`` the reading of a history; ``-`` stands
for standard input, and an array of inputs gives an array of answers in the same order.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from guideline.case_input import parse_case
from guideline.course.as_json import as_json as reading_as_json
from guideline.course.history_json import parse_history
from guideline.course.interpret import interpret
from guideline.decide import decide
from guideline.edition import Edition, load_edition
from guideline.errors import ContentError, InputError
from guideline.json_input import MAX_BYTES, read_json

ANSWERED = 0
REFUSED = 2


def _decide(raw: object, edition: Edition) -> object:
    return decide(parse_case(raw), edition).as_json()


def _interpret(raw: object, edition: Edition) -> object:
    return reading_as_json(interpret(parse_history(raw, edition), edition))


COMMANDS: Mapping[str, Callable[[object, Edition], object]] = {"decide": _decide, "interpret": _interpret}


def main(argv: Sequence[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Answer one command line. 0: the answer is on ``stdout``; 2: one sentence on ``stderr``, no answer."""
    try:
        command, document = _read(argv, stdin)
        answer = _answer(COMMANDS[command], read_json(document))
    except (InputError, ContentError) as refusal:
        stderr.write(f"{refusal}\n")
        return REFUSED
    if isinstance(stdout, TextIOWrapper):
        stdout.reconfigure(encoding="utf-8")
    stdout.write(_printed(answer))
    return ANSWERED


def _printed(answer: object) -> str:
    """One answer for reading; many with one on each line, which is ten times as fast to write."""
    if not isinstance(answer, list):
        return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in answer)
    return f"[{lines}]\n"


def _read(argv: Sequence[str], stdin: BinaryIO) -> tuple[str, bytes]:
    """The command and the bytes of its document; one byte more than is allowed shows that it is too long."""
    usage = f"write {' or '.join(COMMANDS)} and a file name, or - for standard input"
    if not argv or argv[0] not in COMMANDS:
        raise InputError("the command", " ".join(argv) or "nothing", usage)
    command, *files = argv
    if not files or files[1:]:
        raise InputError(f"the command {command}", " ".join(files) or "no file name", usage)
    if files == ["-"]:
        return command, stdin.read(MAX_BYTES + 1)
    try:
        with Path(files[0]).open("rb") as file:
            return command, file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(files[0], f"the file ({error.strerror})", "name a file that can be read") from error


def _answer(answer: Callable[[object, Edition], object], raw: object) -> object:
    """One answer, or one for each item of an array; the message for an item names its place."""
    edition = load_edition()
    if not isinstance(raw, list):
        return answer(raw, edition)
    answers = []
    for place, item in enumerate(raw):
        try:
            answers.append(answer(item, edition))
        except InputError as refusal:
            raise InputError(
                f"[{place}] {refusal.path}".rstrip(), refusal.value, refusal.allowed
            ) from refusal
    return answers
