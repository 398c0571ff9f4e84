"""One value in one field: read as a question would be, or asked about, never guessed."""

from __future__ import annotations

import math
from typing import Annotated, Any

import pytest

from collegia.agents.fields import (
    choices,
    example_words,
    field_note,
    field_unit,
    fields,
    read_field,
    unit_told,
    written,
)
from collegia.errors import UsageError
from collegia.tools import Kind, Range
from collegia.tools.card import Card, Port
from collegia.tools.expert import expert_of
from collegia.tools.kinds import Found
from collegia.tools.registry import Registry
from collegia.tools.words import INQUIRY, RESULTS

temperature = Kind("temperature", "K", scale="point", show=("degC",))
rise = Kind("rise", "K", scale="difference", show=("K",))
pressure = Kind("pressure", "Pa", scale="point", show=("bar",))
share = Kind("share", "", show=("percent",))
ratio = Kind("ratio", "")
hours = Kind("hours", "", show=("hour/year",))
tree = Kind("tree", None, words={"oak": "oak", "Eiche": "oak", "beech": "beech", "Pb": "lead"})
vague = Kind("vague", None, words={"ash": "ash"}, ambiguous={"wood": "Which wood do you mean?"})
roughness = Kind("roughness", "m", words={"smooth": 0.0})


def _sizes(text: str) -> list[Found]:
    at = text.find("size ")
    return [Found(at, len(text), f"S{text[at + 5 :]}")] if at >= 0 else []


size = Kind("size", None, names=("size",), find=_sizes)
looked_up = Kind("looked_up", None, lookup=lambda phrase: "found" if phrase == "far away" else None)


def port(kind: Kind, *ranges: Range, **more: Any) -> Port:
    return Port("x", kind, ranges=ranges, **more)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("40 °C", temperature, 313.15), ("40", temperature, 313.15), (" -5 degC ", temperature, 268.15),
        ("104 °F", temperature, 313.15), ("300 K", temperature, 300.0),
        ("5 K", rise, 5.0), ("5 °C", rise, 5.0), ("5", rise, 5.0), ("9 °F", rise, 5.0),
        ("3 bar", pressure, 3e5), ("3 barg", pressure, 401325.0), ("3 bar(g)", pressure, 401325.0),
        ("3 bar gauge", pressure, 401325.0), ("3 bara", pressure, 3e5), ("3", pressure, 3e5),
        ("250 kPa", pressure, 2.5e5),
        ("80 %", share, 0.8), ("0.8", share, 0.8), ("1.5", ratio, 1.5), ("1.2e-3", ratio, 0.0012),
        ("8000 h/yr", hours, 8000 / 8766), ("smooth", roughness, 0.0), ("Smooth", roughness, 0.0),
        ("0.05 mm", roughness, 5e-5),
    ],
)  # fmt: skip
def test_a_number_is_in_its_unit_and_a_bare_one_in_the_fields(text: str, kind: Kind, value: float) -> None:
    assert read_field(text, port(kind)) == pytest.approx(value, rel=1e-4)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("oak", tree, "oak"), ("OAK", tree, "oak"), ("eiche", tree, "oak"), ("beech", tree, "beech"),
        ("Pb", tree, "lead"), ("lead", tree, "lead"), ("12", size, "S12"), ("size 12", size, "S12"),
        ("far away", looked_up, "found"),
        ("why does it leak?", INQUIRY, "why does it leak?"),
    ],
)  # fmt: skip
def test_a_name_is_a_word_a_notation_or_looked_up(text: str, kind: Kind, value: str) -> None:
    assert read_field(text, port(kind)) == value


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("40 m", temperature, "does not fit"), ("40 and 50 °C", temperature, "cannot be read"),
        ("about", temperature, "write a number, as 12 °C"), ("40 °C or so", temperature, "cannot be read"),
        ("3 barg", rise, "does not fit"), ("1e999", pressure, "cannot be read"), ("", pressure, "is empty"),
        ("\x1b[31m", pressure, "cannot be read"), ("x" * 9000, pressure, "at most 8,000"),
        ("80", share, "in which unit?"), ("1", share, "in which unit?"), ("8000", hours, "8000 h/year"),
        ("1.5 m", ratio, "does not fit"), ("birch", tree, "one of: oak, beech, lead"), ("pb", tree, "one of"),
        ("wood", vague, "Which wood do you mean?"), ("nowhere", looked_up, "is no looked up that is known"),
        ("[bold]oak[/]", tree, "is no tree"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_never_guessed(text: str, kind: Kind, told: str) -> None:
    with pytest.raises(UsageError, match=None) as raised:
        read_field(text, port(kind))
    assert told in str(raised.value)


def test_a_value_outside_a_range_is_told_with_the_range_and_its_unit() -> None:
    with pytest.raises(UsageError, match=r"must be > -273.15 and < 126.85 °C"):
        read_field("500 K", port(temperature, Range(gt=0, lt=400)))
    with pytest.raises(UsageError, match=r"must be ≤ 5 bar$"):
        read_field("500 bar", port(pressure, Range(le=5e5)))
    assert read_field("500 K", port(temperature, Range(lt=400, warn=True))) == 500.0


@pytest.mark.parametrize(
    ("kind", "unit", "told"),
    [
        (temperature, "degC", "°C"), (pressure, "bar", "bar"), (ratio, "", ""), (share, "", "%, or a share below 1"),
        (hours, "", "with its unit, as h/year"), (tree, "", ""),
    ],
)  # fmt: skip
def test_a_field_names_the_unit_that_a_bare_number_is_in(kind: Kind, unit: str, told: str) -> None:
    assert (field_unit(kind), unit_told(kind)) == (unit, told)


def test_few_names_are_chosen_among_and_what_is_written_or_numerous_is_not() -> None:
    assert choices(tree) == ("oak", "beech", "lead")
    many = Kind("many", None, words={f"w{number}": f"w{number}" for number in range(100)})
    assert [choices(kind) for kind in (many, size, looked_up, temperature, INQUIRY)] == [()] * 5


def test_what_earlier_steps_would_give_is_no_field() -> None:
    card = Card("a", "d", "p", (port(INQUIRY), Port("given", RESULTS)), ())
    assert [one.name for one in fields(card)] == ["x"]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (313.15, temperature, "40"), (2.5e5, pressure, "2.5"), (0.8, share, "80 %"), (2, ratio, "2"),
        ("oak", tree, "oak"),
        (None, tree, ""), ((("a", 0.25), ("b", 0.75)), tree, "0.25 a, 0.75 b"), ((0.0, 2.0), tree, "0, 2"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_it_is_read(value: Any, kind: Kind, text: str) -> None:
    assert written(value, port(kind)) == text


@pytest.mark.parametrize(
    ("made", "note"),
    [
        (port(pressure, Range(gt=0), Range(le=1e6, warn=True)), "> 0 bar, ≤ 10 bar (else a warning)"),
        (Port("x", pressure, at="start", slot="hot", required=False), "at the start, of the hot, optional"),
        (port(Kind("drop", "K", scale="difference", show=("degC",)), Range(le=5)), "≤ 5 °C"),
        (port(ratio, Range(le=1)), "≤ 1"),
        (port(tree), ""),
    ],
)
def test_the_note_of_a_field_is_in_the_unit_of_the_field(made: Port, note: str) -> None:
    assert field_note(made) == note


def test_a_difference_is_written_as_one_whatever_unit_it_is_told_in() -> None:
    drop = port(Kind("drop", "K", scale="difference", show=("degC",)))
    assert written(5.0, drop) == "5"
    assert read_field("5", drop) == 5.0


def _cards() -> list[Card]:
    return [one.card for one in Registry.load().experts.values() if one.card.examples]


@pytest.mark.parametrize("card", _cards(), ids=lambda card: card.name)
def test_each_worked_example_of_what_is_installed_can_be_filled_in_and_means_the_same(card: Card) -> None:
    for example in card.examples:
        words = example_words(card, example)
        for name, text in words.items():
            read: Any = read_field(text, card.input(name))
            wanted = example.inputs[name]
            assert read == wanted or math.isclose(read, wanted, rel_tol=1e-3)


def test_nearly_all_inputs_of_worked_examples_have_words() -> None:
    wanted = [(card.name, name) for card in _cards() for one in card.examples for name in one.inputs]
    had = [(card.name, name) for card in _cards() for one in card.examples for name in example_words(card, one)]
    assert len(had) >= 0.98 * len(wanted)


def test_an_example_that_has_no_words_is_left_out() -> None:
    def pick(which: Annotated[str, tree], much: Annotated[float, ratio]) -> Annotated[float, ratio]:
        """Pick one."""
        return much

    from collegia.tools.card import Example

    card = expert_of(pick).card
    assert example_words(card, Example({"which": "elm", "much": 2.0}, {})) == {"much": "2"}
