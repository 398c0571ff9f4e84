"""A part of a question written out by a model: taken where its numbers stay, else left as it was."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from routing_cards import RIVERS

from collegia.errors import ModelUnreachable, UsageError
from collegia.tools.models.scripted import ScriptedModel
from collegia.tools.routing.rewrite import Rewritten, rewrite

WHOLE = "The Inn carries 730 m³/s at 8 °C. What does it pick up on its way, and how deep is it at 1,5 m/s?"
PART = "how deep is it at 1,5 m/s?"


def rewritten(reply: object, part: str = PART, **more: object) -> Rewritten:
    model = ScriptedModel([reply], label="tiny")  # type: ignore[list-item]  # a reply of any sort
    found = asyncio.run(rewrite(part, RIVERS, WHOLE, model, **more))  # type: ignore[arg-type]  # settings by name
    assert len(model.requests) == 1
    return found


@pytest.mark.parametrize(
    "reply",
    [
        "How deep is the Inn at 1,5 m/s?",
        "How deep is the Inn at 1.5 m/s, when it carries 730 m3/s at 8 °C?",
        "<think>It is the Inn. 42!</think>How deep is the Inn where it flows at 1.5 m/s?",
    ],
)
def test_a_part_is_written_out_with_the_numbers_of_the_question(reply):
    found = rewritten(reply)
    assert "the Inn" in found.text
    assert "42" not in found.text
    assert found.note == ""


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("How deep is the Inn at 2.5 m/s?", "does not have"),
        ("How deep is the Inn at 1.5 km/s?", "does not have"),
        ("How deep is the Inn at -1.5 m/s?", "does not have"),
        ("How deep is the Inn at 1.5 m/s and 9 °C?", "does not have"),
        ("How deep is the Inn at twice 1.5 m/s?", "does not have: twice"),
        ("How deep are the three rivers at 1.5 m/s?", "does not have: three"),
        ("How deep is the Inn?", "left out a number: 1,5 m/s"),
        ("", "nothing"),
        ("<think>hm", "nothing"),
        ("How deep is the Inn at 1.5 m/s? " * 50, "letters"),
        (ModelUnreachable("tiny is down"), "tiny is down"),
    ],
)
def test_a_reply_with_other_numbers_or_none_is_not_taken_and_that_is_said(reply, why):
    found = rewritten(reply)
    assert found.text == PART
    assert "rivers is asked in the question's own words" in found.note
    assert why in found.note


def test_numbers_in_words_stay_too():
    part = "How deep are the two arms?"
    assert rewritten("How deep are the two arms of the Inn?", part).note == ""
    assert "left out a number: two" in rewritten("How deep are the arms of the Inn?", part).note


def test_the_model_is_told_of_the_expert_and_the_whole_question_is_data_to_it(tmp_path: Path):
    model = ScriptedModel(otherwise="How deep is the Inn at 1.5 m/s?")
    asyncio.run(rewrite(PART, RIVERS, WHOLE, model))
    system, user = model.requests[0].messages
    assert RIVERS.card.purpose in system.text
    assert "Inn" not in system.text
    assert WHOLE in user.text
    assert PART in user.text
    (tmp_path / "caller.md").write_text("Ask of $purpose in rhyme.")
    asyncio.run(rewrite(PART, RIVERS, WHOLE, model, tmp_path))
    assert model.requests[1].messages[0].text == f"Ask of {RIVERS.card.purpose} in rhyme."
    (tmp_path / "caller.md").write_text("Ask of $nobody.")
    with pytest.raises(UsageError, match="nobody"):
        asyncio.run(rewrite(PART, RIVERS, WHOLE, model, tmp_path))
