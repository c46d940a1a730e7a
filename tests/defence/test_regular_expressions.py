"""No regular expression takes more than linear time, whatever is typed: a ratio, never a limit of time.

Every expression is found in the syntax trees: literals handed to ``re``, and names of the same file that hold
one. Each is asked as the code asks it (fullmatch, search ...) about evil texts, each twice as long as the one
before: linear work takes twice as long, quadratic work four times; what grows faster is left at once.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from time import process_time_ns

import pytest

from monitoring.imports import marks
from tests.architecture.test_house_rules import FILES, ROOT

CALLS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
FEW = (12, 16, 20, 24)  # signs: enough for what doubles with each, and short enough to come back from it
LENGTHS = (32, 64, 128, 256, 512, 1_024, 2_048, 4_096)
MOST = 3.2  # times as long for twice the text; linear is 2, quadratic 4
NOISE = 30_000  # nanoseconds that a clock of the processor cannot tell apart
DOUBLES = 1_000_000  # nanoseconds for two dozen characters: only what doubles with each takes so long
ROUNDS = 3
UNITS = [
    "a",
    "1",
    " ",
    "-",
    ".",
    "<",
    "{",
    "\\",
    '"',
    "a1",
    "1,",
    "1 ",
    "\n",
    "[]",
    "é",
    "<f",
    "{a",
    "ab-",
    "\\u",
]
ENDS = ["", "!", "\x00"]
WORDS = {path: path.read_text() for path in FILES}
EVERYTHING = "\n".join(WORDS.values())

Expression = tuple[str | bytes, frozenset[str]]


def expressions_of(path: Path) -> Iterator[tuple[int, Expression]]:
    """Each expression of a file with its line, and the ways in which it is asked."""
    tree = ast.parse(WORDS[path])
    names = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    compiled_as = {id(node.value): target for target, node in _assignments(tree)}
    for node in ast.walk(tree):
        if _asks_re(node):
            pattern = _literal(node.args[0], names)
            if pattern is not None:
                ways = {node.func.attr}
                if node.func.attr == "compile":
                    ways = (
                        set(re.findall(rf"\b{compiled_as.get(id(node), '_')}\.(\w+)\(", EVERYTHING)) & CALLS
                    )
                yield node.lineno, (pattern, frozenset(ways - {"compile"} or {"fullmatch", "sub"}))


def _assignments(tree: ast.Module) -> Iterator[tuple[str, ast.Assign]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node


def _asks_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in CALLS
        and bool(node.args)
    )


def _literal(node: ast.expr, names: dict[str, ast.expr]) -> str | bytes | None:
    """The text of an expression; what is computed inside of an f-string becomes a word."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return node.value
    if isinstance(node, ast.Name) and node.id in names:
        return _literal(names[node.id], {})
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "word" for part in node.values)
    return None


FOUND = [
    pytest.param(*expression, id=f"{path.relative_to(ROOT)}:{line}")
    for path in FILES
    for line, expression in expressions_of(path)
] + [
    pytest.param(pattern.pattern, frozenset({"fullmatch"}), id=f"marks of decimals: {pattern.pattern}")
    for pattern in (*marks._PATTERNS["."], *marks._PATTERNS[","])
]


def work(expression: re.Pattern, way: str, text: str | bytes) -> int:
    """Nanoseconds of the processor, the least of some rounds."""
    spent = []
    for _ in range(ROUNDS):
        began = process_time_ns()
        if way in {"sub", "subn"}:
            getattr(expression, way)(text[:0], text)
        else:
            found = getattr(expression, way)(text)
            if way == "finditer":
                list(found)
        spent.append(process_time_ns() - began)
    return min(spent)


def growth(pattern: str | bytes, way: str, unit: str, end: str) -> float:
    """How many times as long a text of twice the length takes at most; infinite for what doubles."""
    expression = re.compile(pattern)

    def text(length: int) -> str | bytes:
        evil = unit * (length // len(unit)) + end
        return evil.encode() if isinstance(pattern, bytes) else evil

    if any(work(expression, way, text(length)) > DOUBLES for length in FEW):
        return float("inf")
    before, most = work(expression, way, text(LENGTHS[0])), 0.0
    for length in LENGTHS[1:]:
        now = work(expression, way, text(length))
        most = max(most, (now + NOISE) / (before + NOISE))
        if most > MOST:
            break
        before = now
    return most


def units_for(pattern: str | bytes) -> list[str]:
    """Evil for every expression, and the words of this one, alone and together."""
    text = pattern.decode() if isinstance(pattern, bytes) else pattern
    words = [
        part.replace("\\", "") for part in re.split(r"[\[\]|?*+{}^$.]|\\[a-zA-Z]|\(\?[:=!]|(?<!\\)[()]", text)
    ]
    own = [word for word in words if len(word) > 1]
    return [*UNITS, *own, *(["".join(own)] if len(own) > 1 else [])]


@pytest.mark.parametrize(("pattern", "ways"), FOUND)
def test_twice_the_text_takes_about_twice_as_long(pattern: str | bytes, ways: frozenset[str]) -> None:
    slow = [
        (way, unit, end)
        for way in sorted(ways)
        for unit in units_for(pattern)
        for end in ENDS
        # Twice: a busy machine may disturb one measurement, and the same again rarely.
        if growth(pattern, way, unit, end) > MOST and growth(pattern, way, unit, end) > MOST
    ]
    assert slow == []


def test_the_expressions_are_found() -> None:
    assert len(FOUND) > 40


@pytest.mark.parametrize(
    ("pattern", "unit"),
    [(r"(a+)+$", "a"), (r"(?:a|a)*$", "a"), (r"a*a*b", "a"), (r"\s*\s*x", " "), (r"[.]+\.\.+[.]+[.]*", ".")],
)
def test_an_expression_that_explodes_is_noticed(pattern: str, unit: str) -> None:
    assert growth(pattern, "fullmatch", unit, "!") > MOST
