"""Finding the names that passages are about in other texts."""

from __future__ import annotations

import pytest
from adversaries import failures
from hypothesis import given
from hypothesis import strategies as st

from collegia.knowledge.gazetteer import LONGEST, Gazetteer, tokens
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.text import key

NAMES = ["Water hammer", "hammer", "Young's modulus", "Net positive suction head", "The Wall", "Pump", "Café table"]


@pytest.fixture(scope="module")
def store():
    store = KnowledgeStore.in_memory()
    store.add(Document(f"d{place}", "Text.", title=name) for place, name in enumerate(NAMES))
    return store


def mentions(store: KnowledgeStore, text: str, every: bool = True) -> list[str]:
    words = tokens(text)
    with store.reading() as db:
        gazetteer = Gazetteer(db)
        if every:
            gazetteer.load()
        else:
            gazetteer.load_for([words])
    found = list(gazetteer.mentions(text, words))
    assert all(text[one.start : one.end] == one.name and key(one.name).endswith(said[-3:]) for said, one in found)
    return [said for said, _ in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the water hammer rises", ["water hammer"]),
        ("a hammer", []),
        ("a Hammer", ["hammer"]),
        ("WATER  HAMMER!", ["water hammer"]),
        ("young’s modulus; Young modulus", ["young modulus", "young modulus"]),
        ("net positive pressure", ["net positive"]),
        ("positive", []),
        ("net positive suction head", ["net positive suction head"]),
        ("pump water hammer", ["water hammer"]),
        ("Pump water", ["pump"]),
        ("off the wall", []),
        ("off the Wall", ["wall"]),
        ("cafe\u0301 table", ["cafe table"]),
        ("", []),
    ],
)
def test_the_longest_known_name_is_found_however_it_is_spelt(store, text, found):
    assert mentions(store, text) == mentions(store, text, every=False) == found


PARTS = st.lists(
    st.sampled_from([*NAMES, *(name.lower() for name in NAMES), "x", "The", ",", "\n", "\u202e"]), max_size=12
)


@given(PARTS)
def test_it_makes_no_difference_whether_every_key_is_loaded_or_those_that_may_occur(store, parts):
    text = " ".join(parts)
    assert mentions(store, text) == mentions(store, text, every=False)


@given(st.text(max_size=80))
def test_tokens_stand_in_their_places(text):
    end = 0
    for said, start, stop, _ in tokens(text):
        assert end <= start < stop <= len(text)
        assert said
        end = stop


def test_a_name_longer_than_the_longest_is_not_found_as_a_whole():
    long = " ".join(f"w{number}" for number in range(LONGEST + 1))
    store = KnowledgeStore.in_memory()
    store.add([Document("a", "Text.", title=long)])
    assert mentions(store, long) == []


def test_a_name_that_is_gone_is_not_found():
    store = KnowledgeStore.in_memory()
    store.add([Document("a", "Text.", title="Water hammer")])
    assert mentions(store, "water hammer") == ["water hammer"]
    store.remove("a")
    assert mentions(store, "water hammer") == []


def test_no_text_takes_more_than_its_length_to_look_up(store):
    assert failures(lambda text: mentions(store, text)) == []
