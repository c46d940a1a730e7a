"""Plain data to dataclasses: what fits is converted, what does not is named with file, key and cure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

import pytest

from guideline.errors import ContentError
from guideline.records import build


@dataclass(frozen=True)
class Leaf:
    color: str
    veins: int = 1


@dataclass(frozen=True)
class Tree:
    height: Decimal | int
    kind: Literal["oak", "fir"]
    planted: date | None = None
    evergreen: bool = False
    size: tuple[int, int] = (1, 2)
    leaves: tuple[Leaf, ...] = ()
    best: Leaf | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    branches: Mapping[str, Leaf] = field(default_factory=dict)
    nest: tuple[int, ...] | None = None
    weight: Decimal = Decimal(0)
    bark: Literal["rough"] | None = None


def tree(**more: object) -> Tree:
    return build(Tree, {"height": 3, "kind": "oak", **more}, "trees.yaml", "t")


def test_what_fits_becomes_a_record_with_its_defaults():
    assert tree() == Tree(height=3, kind="oak")


def test_everything_nested_is_converted():
    found = tree(
        height=Decimal("2.5"),
        planted=date(2026, 1, 1),
        leaves=[{"color": "red"}, {"color": "green", "veins": 5}],
        best={"color": "gold"},
        names={"en": "oak"},
        branches={"low": {"color": "brown"}},
        size=[4, 5],
        nest=[1, 2, 3],
        weight=7,
        bark="rough",
    )
    assert found.leaves == (Leaf("red"), Leaf("green", 5))
    assert (found.best, dict(found.names), dict(found.branches)) == (
        Leaf("gold"),
        {"en": "oak"},
        {"low": Leaf("brown")},
    )
    assert (found.size, found.nest, found.weight, found.bark) == ((4, 5), (1, 2, 3), 7, "rough")


def test_null_is_taken_where_it_is_allowed():
    assert tree(planted=None, best=None, nest=None, bark=None) == tree()


def test_what_was_read_cannot_be_changed():
    with pytest.raises(TypeError):
        tree(names={"en": "oak"}).names["en"] = "fir"


LEAF = "color, veins"
MISTAKES = [
    ({"height": None}, "height: must be a number or a whole number, not None"),
    ({"height": True}, "height: must be a number or a whole number, not True"),
    ({"height": "3"}, "height: must be a number or a whole number, not '3'"),
    ({"height": 2.5}, "height: must be a number or a whole number, not 2.5"),
    ({"kind": "pine"}, "kind: must be one of oak, fir, not 'pine'"),
    ({"kind": None}, "kind: must be one of oak, fir, not None"),
    ({"planted": "soon"}, "planted: must be a date such as 2026-11-23, not 'soon'"),
    ({"evergreen": 1}, "evergreen: must be true or false, not 1"),
    ({"size": 3}, "size: must be a list, not 3"),
    ({"size": [1]}, "size: must list 2 values, not 1"),
    ({"size": [1, 2, 3]}, "size: must list 2 values, not 3"),
    ({"size": [1, True]}, "size[1]: must be a whole number, not True"),
    ({"size": [Decimal("1.5"), 2]}, "size[0]: must be a whole number, not Decimal('1.5')"),
    ({"leaves": {}}, "leaves: must be a list, not {}"),
    ({"leaves": ["red"]}, "leaves[0]: must be a group of keys, not 'red'"),
    ({"leaves": [{"color": "red"}, {}]}, "leaves[1].color: is missing; add a text"),
    ({"leaves": [{"color": " "}]}, "leaves[0].color: must be a text, not ' '"),
    ({"best": {"color": 3}}, "best.color: must be a text, not 3"),
    ({"best": {"shape": 3}}, f"best.shape: is not known; remove it or use one of {LEAF}"),
    ({"best": "red"}, "best: must be a group of keys, not 'red'"),
    ({"names": []}, "names: must be a group of keys, not []"),
    ({"names": {True: "oak"}}, "names.True: must be a text; put the key in quotes"),
    ({"names": {"en": 3}}, "names.en: must be a text, not 3"),
    ({"branches": {"low": {"veins": 2}}}, "branches.low.color: is missing; add a text"),
    ({"nest": [1, "a"]}, "nest[1]: must be a whole number, not 'a'"),
    ({"nest": 1}, "nest: must be a list, not 1"),
    ({"weight": "7"}, "weight: must be a number, not '7'"),
    ({"bark": "smooth"}, "bark: must be one of rough, not 'smooth'"),
]


@pytest.mark.parametrize(("more", "message"), MISTAKES)
def test_what_does_not_fit_is_named_with_its_place_and_what_would_fit(more, message):
    with pytest.raises(ContentError) as refusal:
        tree(**more)
    assert str(refusal.value) == f"trees.yaml: t.{message}"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("oak", "t: must be a group of keys, not 'oak'"),
        ({"kind": "oak"}, "t.height: is missing; add a number or a whole number"),
        ({"height": 3}, "t.kind: is missing; add one of oak, fir"),
    ],
)
def test_a_record_that_is_no_group_or_lacks_a_key_is_refused(raw, message):
    with pytest.raises(ContentError) as refusal:
        build(Tree, raw, "trees.yaml", "t")
    assert str(refusal.value) == f"trees.yaml: {message}"


def test_a_mistake_keeps_its_file_its_key_and_its_cure():
    with pytest.raises(ContentError) as refusal:
        tree(size=3)
    mistake = refusal.value
    assert (mistake.file, mistake.key, mistake.cure) == ("trees.yaml", "t.size", "must be a list, not 3")
