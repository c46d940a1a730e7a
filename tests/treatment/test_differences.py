"""What differs between two sides: nothing that is alike, everything else, the same in both directions."""

from dataclasses import replace
from typing import Any

from hypothesis import given, strategies as st

from treatment.differences import Change, Differences, Side, differences

WORDS = st.sampled_from(["", "one", "two", "three"])
DAYS = st.sampled_from(["1 Jan 2027", "1 Feb 2027", "1 Mar 2027"])
PATHS = st.sampled_from(["labs.one", "labs.two", "fitness.three"])
STATUSES = st.sampled_from(["preferred", "suitable", "excluded"])


def arguments() -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(st.fixed_dictionaries({"word": st.just("For"), "text": WORDS}), max_size=3)


def options() -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.fixed_dictionaries({"status": STATUSES, "in_favour_of": arguments(), "against": arguments()})
    return st.dictionaries(st.sampled_from(["a", "b", "c"]), one, max_size=3).map(
        lambda found: [option | {"id": key, "label": key.upper()} for key, option in found.items()]
    )


DECISIONS = st.fixed_dictionaries(
    {
        "content_version": WORDS,
        "content_status": st.just("approved"),
        "extent": WORDS,
        "pathway": WORDS,
        "mayo": st.sampled_from([True, False, None]),
        "chiba": st.sampled_from([True, False, None]),
        "options": options(),
        "advisories": st.lists(
            st.fixed_dictionaries({"text": WORDS, "severity": st.just("info")}), max_size=2
        ),
        "missing": st.lists(
            st.fixed_dictionaries(
                {"fact": st.fixed_dictionaries({"label": WORDS}), "can_change": st.lists(WORDS, max_size=2)}
            ),
            max_size=2,
        ),
    }
)
FOLLOW_UP = st.fixed_dictionaries({"title": WORDS, "due": DAYS, "earliest": DAYS, "latest": DAYS})
TREATMENT = st.fixed_dictionaries({"name": WORDS, "start": DAYS, "dose": WORDS, "note": st.just("")})
ACTION = st.fixed_dictionaries(
    {"text": WORDS, "answer": st.sampled_from(["Accepted", "Declined"]), "reason": WORDS, "due": DAYS}
)
SIDES = st.builds(
    Side,
    facts=st.dictionaries(PATHS, st.tuples(st.just("label"), st.sampled_from(["Yes", "No", "12"]))),
    decision=DECISIONS,
    choice=st.dictionaries(st.sampled_from(["Decision", "Reason"]), WORDS),
    follow_ups=st.lists(FOLLOW_UP, max_size=4),
    treatments=st.lists(TREATMENT, max_size=3),
    supportive=st.lists(st.fixed_dictionaries({"actions": st.lists(ACTION, max_size=2)}), max_size=2),
)


def changes(found: Differences) -> list[Change]:
    names = ("content", "choice", "treatments", "supportive", "facts", "findings", "missing", "dates")
    return [change for name in names for change in getattr(found, name)]


@given(SIDES)
def test_a_side_differs_in_nothing_from_itself(side: Side) -> None:
    assert not differences(side, side)


@given(SIDES, SIDES)
def test_the_way_back_is_the_same_turned_round(one: Side, other: Side) -> None:
    there, back = differences(one, other), differences(other, one)
    turned = {(change.label, change.after, change.before) for change in changes(back)}
    assert {(change.label, change.before, change.after) for change in changes(there)} == turned
    assert {(one.label, one.gained == [], one.lost == []) for one in there.options} == {
        (one.label, one.lost == [], one.gained == []) for one in back.options
    }


@given(SIDES, SIDES)
def test_exactly_the_facts_that_differ_are_named(one: Side, other: Side) -> None:
    paths = {*one.facts, *other.facts}
    differing = [path for path in paths if one.facts.get(path) != other.facts.get(path)]
    assert len(differences(one, other).facts) == len(differing)


@given(SIDES, SIDES)
def test_whatever_is_named_differs(one: Side, other: Side) -> None:
    found = differences(one, other)
    assert all(change.before != change.after for change in changes(found))
    assert all(option.before != option.after or option.gained or option.lost for option in found.options)


@given(SIDES, SIDES)
def test_two_sides_without_differences_have_the_same_options_and_dates(one: Side, other: Side) -> None:
    if not differences(one, other):
        assert {option["id"] for option in one.decision["options"]} == {
            option["id"] for option in other.decision["options"]
        }
        assert {item["due"] for item in one.follow_ups} == {item["due"] for item in other.follow_ups}


@given(SIDES, WORDS)
def test_a_fact_that_became_unknown_is_empty_afterwards(side: Side, value: str) -> None:
    before = replace(side, facts={"labs.one": ("Haemoglobin", f"{value} g/dL")})
    assert differences(before, replace(side, facts={})).facts == [Change("Haemoglobin", f"{value} g/dL", "")]


@given(SIDES)
def test_a_window_that_moves_around_the_same_day_is_shown(side: Side) -> None:
    item = {"title": "PET", "due": "1 Feb 2027", "earliest": "1 Jan 2027", "latest": "1 Mar 2027"}
    before = replace(side, follow_ups=[item])
    after = replace(side, follow_ups=[item | {"latest": "9 Mar 2027"}])
    assert differences(before, after).dates == [
        Change("PET", "1 Feb 2027 (1 Jan 2027 to 1 Mar 2027)", "1 Feb 2027 (1 Jan 2027 to 9 Mar 2027)")
    ]


@given(SIDES)
def test_a_dose_that_changes_and_an_answer_that_turns_are_shown(side: Side) -> None:
    course = {"name": "Lenalidomide", "start": "5 Jan 2027", "dose": "25 mg", "note": ""}
    action = {"text": "Test the adrenal axis", "answer": "Accepted", "reason": "", "due": "9 Jan 2027"}
    before = replace(side, treatments=[course, course], supportive=[{"actions": [action]}])
    declined = action | {"answer": "Declined", "reason": "done elsewhere", "due": ""}
    after = replace(
        side, treatments=[course, course | {"dose": "10 mg"}], supportive=[{"actions": [declined]}]
    )
    found = differences(before, after)
    assert found.treatments == [Change("Lenalidomide (2)", "5 Jan 2027; 25 mg", "5 Jan 2027; 10 mg")]
    assert found.supportive == [
        Change(
            "Test the adrenal axis",
            "Accepted, in the calendar for 9 Jan 2027",
            "Declined: done elsewhere",
        )
    ]
