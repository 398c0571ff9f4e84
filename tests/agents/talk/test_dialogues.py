"""Dialogues over process engineering: every number is what the experts say of the inputs that were come to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.result import Result
from collegia.agents.store import RunStore
from collegia.tools.registry import Registry
from collegia.tools.units import convert
from tests.agents.talk.dialogues import DIALOGUES, Dialogue, Turn
from tests.agents.talk.science import Science

pytest.importorskip("CoolProp")
pytest.importorskip("thermo")


@lru_cache(maxsize=1)
def registry() -> Registry:
    return Registry.load()


@pytest.fixture
def assistant() -> Iterator[Assistant]:
    made = Assistant(registry(), store=RunStore.in_memory())
    yield made
    made.close()


def fault(turn: Turn, result: Result) -> str:
    """What is wrong with a result; empty where nothing is."""
    told = f"{turn.said!r}: {result.status}, {result.answer_text!r}, kept {result.kept}, changed {result.changed}"
    if turn.asks:
        lacking = [word for word in turn.asks if word not in result.answer_text]
        return told if result.status != "clarify" or result.quantities or lacking else ""
    if turn.gives is None:
        return told if result.quantities else ""
    if result.status != "answered" or len(result.quantities) != 1:
        return told
    got, wanted = result.quantities[0], float(turn.gives(Science(registry())))
    value = float(got.value)
    if turn.unit:
        value, wanted = convert(value, got.unit, turn.unit), convert(wanted, turn.si, turn.unit)
    kept = " | ".join(result.kept)
    if any(word not in kept for word in turn.keeps) or (turn.fresh and (result.kept or result.changed)):
        return told
    return "" if value == pytest.approx(wanted, rel=1e-9) else f"{told}; not {wanted}"


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda one: one.name.replace(" ", "-"))
def test_a_dialogue_comes_to_what_the_experts_say(dialogue: Dialogue, assistant: Assistant) -> None:
    session = assistant.session()
    assert [one for turn in dialogue.turns if (one := fault(turn, session.ask_sync(turn.said)))] == []


def test_there_are_dialogues_enough() -> None:
    assert len(DIALOGUES) >= 30
    assert all(2 <= len(one.turns) <= 4 for one in DIALOGUES)
