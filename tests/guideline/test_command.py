"""The commands: an answer and 0, or one sentence and 2 with nothing on standard output."""

import json
import runpy
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from guideline.command import main

ROOT = Path(__file__).parents[2]


def run(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    stdout, stderr = StringIO(), StringIO()
    return main(argv, BytesIO(stdin), stdout, stderr), stdout.getvalue(), stderr.getvalue()


def test_a_case_from_a_file_gives_its_decision(tmp_path):
    file = tmp_path / "case.json"
    file.write_text('{"line": "first"}')
    code, out, err = run("decide", str(file))
    assert (code, err) == (0, "")
    assert json.loads(out)["pathway"] == "undetermined"


def test_a_case_from_standard_input_gives_the_same():
    code, out, err = run("decide", "-", stdin=b'{"line": "relapse"}')
    assert (code, err, json.loads(out)["pathway"]) == (0, "", "systemic")


def test_an_array_gives_an_array_in_the_same_order():
    code, out, _ = run("decide", "-", stdin=b'[{"line": "relapse"}, {"line": "first"}]')
    assert code == 0
    assert [decision["pathway"] for decision in json.loads(out)] == ["systemic", "undetermined"]
    assert run("decide", "-", stdin=b"[]")[1] == "[]\n"


def test_a_history_gives_its_reading():
    code, out, _ = run("interpret", "-", stdin=b'{"as_of": "2026-05-01"}')
    assert code == 0
    assert json.loads(out)["as_of"] == "2026-05-01"


REFUSED = [
    ((), b"", "the command: nothing"),
    (("advise",), b"", "the command: advise"),
    (("decide",), b"", "the command decide: no file name"),
    (("decide", "a", "b"), b"", "the command decide: a b"),
    (("decide", "/does/not/exist.json"), b"", "/does/not/exist.json: the file (No such file or directory)"),
    (("decide", "/"), b"", "/: the file (Is a directory)"),
    (("decide", "-"), b"", "not JSON"),
    (("decide", "-"), b'{"line": "last"}', 'line: "last" is not accepted'),
    (("decide", "-"), b'[{"line": "first"}, {"line": "last"}]', '[1] line: "last" is not accepted'),
    (("decide", "-"), b'[{"line": "first"}, 7]', "[1]: 7 is not accepted"),
    (("decide", "-"), b" " * 10_000_000, "more than 5 MB"),
    (("interpret", "-"), b"[{}]", "[0]"),
]


@pytest.mark.parametrize(("argv", "stdin", "message"), REFUSED)
def test_what_cannot_be_answered_is_one_sentence_and_exit_2(argv, stdin, message):
    code, out, err = run(*argv, stdin=stdin)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_the_answer_is_utf_8_whatever_the_terminal_says():
    raw = BytesIO()
    stdout = TextIOWrapper(raw, encoding="ascii")
    case = b'{"line": "first", "labs": {"platelets_10e9_l": 500}}'
    assert main(["decide", "-"], BytesIO(case), stdout, StringIO()) == 0
    stdout.flush()
    assert "10⁹/L" in raw.getvalue().decode("utf-8")


def test_the_same_input_gives_the_same_bytes_in_another_process():
    command = [sys.executable, "-m", "guideline", "decide", "-"]
    case = b'{"line": "first", "extent": {"bone_lesion_count": 2}}'
    outputs = {
        subprocess.run(
            command, input=case, capture_output=True, check=True, cwd=ROOT, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_an_answer_has_the_keys_of_the_format_in_their_order():
    _, out, _ = run("decide", "-", stdin=b'{"line": "relapse"}')
    decision = json.loads(out)
    assert list(decision) == [
        "content",
        "engine",
        "facts_sha256",
        "criteria",
        "castleman_variant",
        "extent",
        "pathway",
        "options",
        "advisories",
        "missing",
    ]
    asct = next(option for option in decision["options"] if option["id"] == "asct")
    assert list(asct) == ["id", "status", "rank", "step", "arguments"]
    assert asct["step"] == "after_induction"
    assert list(asct["arguments"][0]) == ["rule", "direction", "strength", "text", "sources"]
    assert list(decision["advisories"][0]) == ["id", "severity", "text", "sources"]
    assert list(decision["missing"][0]) == ["fact", "can_change"]


def test_the_package_is_a_program(monkeypatch, tmp_path, capsys):
    file = tmp_path / "case.json"
    file.write_text('{"line": "last"}')
    monkeypatch.setattr(sys, "argv", ["guideline", "decide", str(file)])
    with pytest.raises(SystemExit) as leaving:
        runpy.run_module("guideline", run_name="__main__")
    assert leaving.value.code == 2
    assert 'line: "last"' in capsys.readouterr().err


def test_many_answers_stand_one_on_each_line():
    _, out, _ = run("decide", "-", stdin=b'[{"line": "relapse"}, {"line": "first"}]')
    assert out.count("\n") == 2
    assert run("decide", "-", stdin=b'{"line": "first"}')[1].startswith('{\n  "content"')
