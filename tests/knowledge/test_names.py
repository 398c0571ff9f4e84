"""Names found by their form alone, at the places where they stand."""

from __future__ import annotations

import pytest
from adversaries import failures
from hypothesis import given
from hypothesis import strategies as st

from collegia.knowledge.names import abbreviations, aliases, partial, runs, short_title, subjects
from collegia.knowledge.text import words

WORDS = "The A pump Pump Water of Hammer (NPSH) is , . \n O'Neill iPhone 3 IV J. É e\u0301 \u202e \0 known as ( )"
PIECES = st.lists(st.sampled_from([*WORDS.split(" "), "\ud800"]), max_size=25)
FINDERS = [runs, subjects, aliases, lambda text: (name for pair in abbreviations(text) for name in pair)]


def found(finder, text: str) -> list[str]:
    return [name.text for name in finder(text)]


@given(PIECES, st.sampled_from([" ", "  ", "\n"]), st.sampled_from(FINDERS))
def test_every_name_stands_where_it_says(parts, space, finder):
    text = space.join(parts)
    for name in finder(text):
        assert text[name.start : name.end] == name.text == name.text.strip()
        assert name.text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He met Henry Ford and left Detroit.", ["Henry Ford", "Detroit"]),
        ("A film by the Ford Motor Company.", ["Ford Motor Company"]),
        ("It is the University of Notre Dame.", ["University of Notre Dame"]),
        ("Fouling lowers U.", []),
        ("In Brazil it rains.", ["Brazil"]),
        ("The\nWater Hammer is loud.", ["Water Hammer"]),
        ("In  The  North Sea", ["North Sea"]),
        ("He asked O'Neill's boss.", ["O'Neill"]),
        ("an iPhone and a mRNA of 5 kPa", []),
        ("Pope John Paul II spoke.", ["Pope John Paul II"]),
        ("J. W. Gibbs spoke.", ["J. W. Gibbs"]),
        ("the E\u0301mile Zola Museum", ["E\u0301mile Zola Museum"]),
        ("by d'Arcy Thompson", ["Arcy Thompson"]),
        ("_Water Hammer_", ["Water Hammer"]),
        ("THE WHOLE PAGE " * 30, []),
    ],
)
def test_runs_of_capitals_are_names(text, names):
    assert found(runs, text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Blade Runner (a film) is long", "Blade Runner"),
        ("The pump head is the energy per weight.", "pump head"),
        ("The  pump   head  is the energy.", "pump   head"),
        ("**NPSH**, a margin, is", "NPSH"),
        ("The film is long.", None),
        ("It is long.", None),
        ("In 1910, it rained.", None),
        ("On 3 May 1910, it rained.", None),
        ("In Bruges is a film.", "In Bruges"),
        ("is", None),
        ("", None),
        ("A long run of very many small words is no subject", None),
    ],
)
def test_the_subject_is_what_stands_before_the_first_verb(text, name):
    assert found(subjects, text) == ([name] if name else [])


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("the net positive suction head (NPSH) falls", [("net positive suction head", "NPSH")]),
        ("American Society of Mechanical Engineers (ASME)", [("American Society of Mechanical Engineers", "ASME")]),
        ("a heat exchanger (NPSH)", []),
        ("(NPSH)", []),
        ("a pump (P)", []),
    ],
)
def test_an_abbreviation_stands_beside_what_it_stands_for(text, pairs):
    assert [(long.text, short.text) for long, short in abbreviations(text)] == pairs


def test_other_names_are_taken_from_the_beginning_only():
    assert found(aliases, "Marion Morrison, known as John Wayne, was an actor") == ["John Wayne"]
    assert found(aliases, "It was called July Crisis") == []
    assert found(aliases, "x " * 300 + "known as John Wayne") == []


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Mercury (planet)", "Mercury"),
        ("Mercury (planet) ", "Mercury"),
        ("f(x) of Mercury", "f(x) of Mercury"),
        ("(planet)", "(planet)"),
        ("", ""),
        ("A (b) (c)", "A (b)"),
    ],
)
def test_a_short_title_has_no_bracket_at_its_end(title, short):
    assert short_title(title) == short


def test_a_long_name_is_also_said_without_one_of_its_words():
    assert set(partial("John Fitzgerald Kennedy")) == {"John Kennedy", "John Fitzgerald", "Fitzgerald Kennedy"}
    assert partial("Sir John Kennedy") == ["John Kennedy"]
    assert partial("Water hammer O'Neill") == ["Water hammer", "Water O'Neill", "hammer O'Neill"]
    assert partial("John Kennedy") == []
    assert partial("Lord of the Rings") == []
    assert partial("One two three four five six") == []


@given(st.text(max_size=40))
def test_partial_names_are_of_two_words_as_the_name_spells_them(text):
    assert all(one in text or set(one.split()) <= set(words(text)) for one in partial(text))


@pytest.mark.parametrize(
    "finder", [*FINDERS, short_title, partial], ids=["runs", "subjects", "aliases", "abbreviations", "short", "partial"]
)
def test_no_text_takes_more_than_its_length_to_find_names_in(finder):
    assert failures(lambda text: list(finder(text))) == []
