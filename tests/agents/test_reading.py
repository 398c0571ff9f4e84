"""Reading questions with a declared vocabulary, here one of nonsense syllables."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nonsense import FUNCTIONS, registry

from collegia.agents.reading import Reading, read
from collegia.agents.reading.tokens import flatten, normal, phrase_key, tokenize
from collegia.agents.reading.types import Said
from collegia.tools.registry import Registry

NONSENSE = registry()


def reading(text: str) -> Reading:
    return read(text, NONSENSE)


def best(said: Said) -> str:
    """The kind that a value is most likely of."""
    return min(said.kinds, key=lambda kind: said.kinds[kind])


def asks(text: str) -> list[tuple[str, str]]:
    return [(min(ask.kinds, key=lambda kind: ask.kinds[kind]), ask.unit) for ask in reading(text).asks]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What is the plen?", [("plen", "")]), ("plen?", [("plen", "")]), ("Find the plen of sniggle.", [("plen", "")]),
        ("What is the plen in kW?", [("plen", "kilowatt")]), ("plen (MW)?", [("plen", "megawatt")]),
        ("Calculate plen and morp.", [("plen", ""), ("morp", "")]),
        ("How much plen does it take, in kW?", [("plen", "kilowatt")]),
        ("Plen in kW and drusk in kPa?", [("plen", "kilowatt"), ("drusk", "kilopascal")]),
        ("How many kg of flumph are in 5 m3?", [("flumph", "kilogram")]),
        ("I need the gleeb of wabber at a drusk of 2 bar", [("gleeb", "")]),
        ("The quax is 5 m. What is the morp?", [("morp", "")]),
        ("With a quax of 5 m, how large is the morp in cm2?", [("morp", "centimeter ** 2")]),
        ("What is the PLEN?", [("plen", "")]), ("Good morning.", []), ("", []), ("What is that?", []),
    ],
)  # fmt: skip
def test_what_is_asked_is_read_with_its_unit(text: str, asked: list[tuple[str, str]]) -> None:
    assert asks(text) == asked


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a zob of 2 kg/s", ["zob"]), ("zob = 2 kg/s, tolv = 4 kJ/kgK", ["zob", "tolv"]), ("2 kg/s zob", ["zob"]),
        ("the zob is 2 kg/s and the drusk is 3 bar", ["zob", "drusk"]), ("a vemp of 0.7", ["vemp"]),
        ("quax: 5 m; gleeb: 900 kg/m3", ["quax", "gleeb"]), ("a wee quax of 30 mm", ["small_quax"]),
        ("60 kg/h", ["zob"]),
        ("a frim gap of 20 °C", ["frimgap"]), ("a frim of 20 °C", ["frim"]), ("a crust of 2e-4 m2K/W", ["crust"]),
        ("the bimbo (4 s) and the bimby (5 s)", ["bim3", "bim5"]),
    ],
)  # fmt: skip
def test_a_value_is_of_the_kind_that_is_named_beside_it(text: str, kinds: list[str]) -> None:
    said = [one for one in reading(text).said if one.measure is not None]
    assert [best(one) for one in said] == kinds


def test_what_is_stated_is_not_asked() -> None:
    found = reading("The quax is 5 m and the morp is 25 m2. What is the snarf?")
    assert asks(found.text) == [("snarf", "")]
    assert {best(one) for one in found.said} == {"quax", "morp"}


def test_a_name_in_one_sentence_takes_no_value_from_the_next() -> None:
    found = reading("What is the quax? 5 m is the bimba, so they say.")
    assert ("quax", "") in asks(found.text)
    assert not found.said[0].named or best(found.said[0]) != "quax"


def test_things_are_found_and_values_go_to_them() -> None:
    found = reading("Sniggle at 2 kg/s and wabber at 3 kg/s. What is the ulk?")
    labels = {thing.index: thing.value for thing in found.subjects}
    flows = {one.measure.value: labels[one.subject] for one in found.said if one.measure and one.subject is not None}
    assert flows == {2.0: "sniggle", 3.0: "wabber"}


def test_an_ambiguous_thing_carries_its_question() -> None:
    (thing,) = reading("the gleeb of mumb?").subjects
    assert thing.value is None
    assert thing.question.startswith("Which mumb")


def test_a_pair_is_before_and_after() -> None:
    first, last = reading("from 20 to 80 °C").said
    assert (first.state, last.state) == (0, 1)


def test_words_of_the_domain_say_before_and_after() -> None:
    said = [one for one in reading("an ingle frim of 20 °C and an outgle frim of 80 °C").said if one.measure]
    assert [one.state for one in said] == [0, 1]


def test_a_unit_that_cannot_be_meant_is_a_misfit() -> None:
    (misfit,) = reading("a zob of 3 m/s").misfits
    assert (misfit.kind, misfit.text, misfit.unit) == ("zob", "3 m/s", "meter / second")
    assert reading("a zob of 3 kg/s").misfits == []


def test_the_number_of_a_thing_beside_a_name_in_brackets_is_its_value() -> None:
    (said,) = [one for one in reading("the gleeb (g) = 900 kg/m3").said if one.measure]
    assert best(said) == "gleeb"


@pytest.mark.parametrize(
    "text",
    [
        "zob = 2 kg/s", "zob: 2 kg/s", "zob 2 kg/s", "zob of 2 kg/s", "a zob (2 kg/s)", "ZOB = 2 kg/s",
        "zobs of 2 kg/s",
        "zob\u00a0=\u00a02\u2009kg/s", "zob = 2 kg s⁻¹", "zob = 7200 kg/h", "zob is about 2 kg/s", "zob is 2 kg/s",
        "(zob: 2 kg/s)", "zob≈2 kg/s", "**zob**: 2 kg/s",
    ],
)  # fmt: skip
def test_one_statement_is_read_alike_in_many_forms(text: str) -> None:
    (said,) = [one for one in reading(text).said if one.measure]
    assert best(said) == "zob"
    assert said.named


_STRANGE = {
    "nothing": "", "a space": " ", "control characters": "zob\x00 = \x07 2 \x1b[31m kg/s \x08?",
    "only marks": "?!.,;:()[]{}…—",
    "a newline": "\n\n\n",
    "right to left": "ما هي zob من 5 kg/s؟ \u202e plen \u202c", "emoji": "🔥 zob 🔥 = 2 kg/s 👩‍🔬?",
    "combining marks": "z\u0301o\u0308b 2 kg/s", "surrogates' kin": "\ufffd\uffff\u0000",
    "digits of others": "zob ٣ kg/s, 四 m, ５ m",
    "a lone unit": "kW", "a lone name": "zob", "brackets left open": "((((zob (2 kg/s",
    "quotes": '"""zob\'\'\' = "2" kg/s',
    "html": "<b>zob</b> = <script>2</script> kg/s", "a path": "../../etc/passwd zob",
    "format marks": "%s %d {0} {zob} $HOME",
    "superscripts": "²³⁻¹ m² ³", "a huge number": "zob = " + "9" * 400 + " kg/s", "a huge exponent": "zob = 1e999 kg/s",
    "a tiny exponent": "zob = 1e-999 kg/s", "nan": "zob = nan kg/s, inf m", "dashes": "- - - - zob - 2 kg/s -",
    "zero width": "zo\u200bb 2\u200bkg/s",
}  # fmt: skip


@pytest.mark.parametrize("text", _STRANGE.values(), ids=_STRANGE.keys())
@pytest.mark.parametrize("vocabulary", [NONSENSE, Registry()], ids=["nonsense", "no domain"])
def test_strange_text_is_read_without_an_error(text: str, vocabulary: Registry) -> None:
    found = read(text, vocabulary)
    assert found.text == text
    for said in found.said:
        assert 0 <= said.start <= said.end <= len(text)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["zob", "plen", "sniggle", "2 kg/s", "from", "to", "20 °C", "what is", "?", ".", ",", "and", "(", ")",
                "mumb", "ingle"]
            ),
            st.text(max_size=6),
        ),
        max_size=14,
    ).map(" ".join)
)  # fmt: skip
def test_no_jumble_of_words_and_values_raises(text: str) -> None:
    found = reading(text)
    assert [said.index for said in found.said] == list(range(len(found.said)))
    assert all(0 <= said.start <= said.end <= len(text) for said in found.said)
    assert all(said.kinds or said.measure is not None for said in found.said)


@pytest.mark.parametrize("piece", ["blorp ", " ", "?", "(", "zob? ", "sniggle ", "lorem ipsum dolor. "])
def test_a_long_text_without_values_is_read_in_seconds(piece: str) -> None:
    text = piece * (100_000 // len(piece)) if "zob" not in piece else piece * 1000
    started = time.process_time()
    found = reading(text)
    assert time.process_time() - started < 10
    assert found.text == text


def test_an_ordinary_question_is_read_in_milliseconds() -> None:
    text = "A zob of 2 kg/s of sniggle is brought from 20 to 80 °C at a drusk of 3 bar(g). What is the plen in kW? " * 3
    reading(text)
    started = time.process_time()
    for _ in range(10):
        reading(text)
    assert time.process_time() - started < 1.0


def test_a_vocabulary_that_grows_is_read_anew() -> None:
    growing = registry(FUNCTIONS[0])
    assert read("What is the morp?", growing).asks == []
    growing.add_functions([function for function in FUNCTIONS if function.__name__ == "morp_of"], "more")
    assert [set(ask.kinds) for ask in read("What is the morp?", growing).asks] == [{"morp"}]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("colour", "color"), ("vapours", "vapor"), ("metres", "meter"), ("analyse", "analyze"), ("Density", "density"),
        ("sulphur", "sulfur"), ("velocities", "velocity"), ("pump's", "pump"), ("litre", "liter"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_compare_equal(left: str, right: str) -> None:
    assert normal(left) == normal(right)


@pytest.mark.parametrize(("left", "right"), [("k", "K"), ("mu", "MU"), ("T", "t"), ("cp", "cP"), ("gas", "ga")])
def test_symbols_keep_their_case_and_short_words_their_end(left: str, right: str) -> None:
    assert normal(left) != normal(right)


def test_flattening_keeps_every_place() -> None:
    text = "a\u00a0b – c\u2009’d’ “e” µ ∆"
    flat = flatten(text)
    assert len(flat) == len(text)
    assert flat == "a b - c 'd' \"e\" μ Δ"


def test_a_phrase_is_the_same_with_and_without_its_hyphen() -> None:
    assert phrase_key("wee-quax") == phrase_key("wee quax") == phrase_key("Wee Quax")


@given(st.text(max_size=80))
def test_tokens_stand_where_they_say(text: str) -> None:
    for token in tokenize(flatten(text)):
        assert flatten(text)[token.start : token.end] == token.text
