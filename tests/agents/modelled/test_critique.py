"""A round of critique: what is planted in a text is found and mended, and what was right is not made worse."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.modelled.critique import CHECKS
from collegia.agents.result import Result
from collegia.agents.store import RunStore
from collegia.errors import ModelUnreachable
from collegia.settings import ExpertSettings, Settings
from collegia.tools.models import Request, ScriptedModel
from collegia.tools.registry import Registry

QUESTION = "Tell me in at most two sentences: how long is the Nile, and where does it rise?"
REPLY = "The Nile is 6650 km long. It rises south of Lake Victoria."
RIGHT = "The Nile is 6650 km long. It rises south of Lake Victoria."
FINE = {name: {"holds": True, "sentence": 0} for name in CHECKS}
EXPERTS = {"rivers": ExpertSettings(purpose="Knows rivers.", examples=("How long is the Nile?",))}


def faulty(**points: int) -> dict[str, Any]:
    return FINE | {name: {"holds": False, "sentence": place} for name, place in points.items()}


def told(draft: str, critique: Any, anew: Any = RIGHT, critic: str = "critic") -> tuple[Result, ScriptedModel]:
    """The run of a question whose writer writes this draft, and whose critic says this of it."""

    def writes(request: Request) -> Any:
        if request.schema is not None and "holds" in json.dumps(request.schema):
            return critique
        if request.schema is not None:
            return {"steps": [{"id": "w1", "expert": "rivers", "question": QUESTION, "after": []}]}
        if "faults were found" in request.messages[-1].text:
            return anew
        if "You check results" in request.messages[0].text:
            return "ok"
        return draft if "Results:" in request.messages[-1].text else REPLY

    model = ScriptedModel(writes)
    home = Path("unused")
    roles: dict[str, Any] = {"roles": {"critic": critic}} if critic else {}
    settings = Settings.load(
        {}, home=home, models={"default": {"model": "a/b"}, "critic": {"model": "a/c"}}, experts=EXPERTS, **roles
    )
    models = {"default": model, "critic": model}
    made = Assistant(Registry(), settings=settings, store=RunStore.in_memory(), models=models)
    return made.ask_sync(QUESTION), model


def notes(result: Result) -> list[str]:
    return [one for one in result.warnings if "critic" in one or "anew" in one]


def test_without_a_critic_nothing_is_asked_and_nothing_noted() -> None:
    result, model = told(RIGHT, FINE, critic="")
    assert notes(result) == []
    assert not any("holds" in json.dumps(request.schema) for request in model.requests)


def test_a_critic_who_finds_nothing_leaves_the_text_and_tells_the_cost() -> None:
    result, _ = told(RIGHT, FINE)
    assert result.answer_text == RIGHT
    (note,) = notes(result)
    assert note.startswith("the critic's model found nothing to mend (1 calls, ")
    assert result.usage.model_calls == 5


def test_what_the_critic_finds_is_told_to_the_writer_and_mended() -> None:
    result, model = told("The Nile is 6650 km long. It is a fine river.", faulty(complete=0, needed=2))
    assert result.answer_text == RIGHT
    asked = model.requests[-1].messages[-1].text
    assert "- the text: it does not answer every part of the question" in asked
    assert "- sentence 2 ('It is a fine river.'): it is not needed for the answer" in asked
    (note,) = notes(result)
    assert note.startswith("the critic's model found 2 of 5 points at fault, and the text was written anew (2 calls, ")


@pytest.mark.parametrize(
    "anew",
    [
        "The Nile is 7000 km long. It rises south of Lake Victoria.",  # a number of its own
        "I ran RiverSim. The Nile is 6650 km long.",  # a tool that nobody called
        "It is long. The Nile is 6650 km. It rises far south.",  # longer than was asked
    ],
)
def test_what_the_guard_finds_more_in_is_dropped(anew: str) -> None:
    result, _ = told(RIGHT, faulty(in_form=1), anew)
    assert result.answer_text == RIGHT
    (note,) = notes(result)
    assert "was dropped: the guard finds more in it" in note


@pytest.mark.parametrize(("critique", "anew"), [("no JSON", RIGHT), (ModelUnreachable("down"), RIGHT)])
def test_a_critic_that_is_of_no_help_costs_its_help_alone(critique: Any, anew: str) -> None:
    result, _ = told(RIGHT, critique, anew)
    assert (result.status, result.answer_text) == ("answered", RIGHT)
    assert any("written without the critic's model" in one for one in result.warnings)


@pytest.mark.parametrize("anew", ["", ModelUnreachable("down"), RIGHT])
def test_a_rewriting_that_fails_or_changes_nothing_leaves_the_draft(anew: Any) -> None:
    result, _ = told(RIGHT, faulty(complete=0), anew)
    assert (result.status, result.answer_text) == ("answered", RIGHT)
    assert any("could not be written anew" in one or "is the same" in one for one in result.warnings)


Spoil = Callable[[str], str]
PLANTED: dict[str, tuple[Spoil, dict[str, Any]]] = {
    "a part left out": (lambda text: text.split(". ")[0] + ".", faulty(complete=0)),
    "a filler": (lambda text: f"What a question. {text.split('. ')[0]}.", faulty(needed=1, complete=0)),
    "a claim beyond the results": (lambda text: text.replace("rises", "is deep and rises"), faulty(borne_out=2)),
    "a contradiction": (lambda text: text.replace("south", "north and south"), faulty(consistent=2)),
    "a sentence too many": (lambda text: f"{text} It is a river.", faulty(in_form=0, needed=3)),
    "a number of its own": (lambda text: text.replace("6650", "6853"), faulty(borne_out=1)),
}
WRITERS: dict[str, Spoil] = {
    "mends": lambda _: RIGHT,
    "says the same": lambda draft: draft,
    "makes up a number": lambda _: "The Nile is 6650 km long and 3 km wide. It rises south of Lake Victoria.",
    "makes it longer": lambda draft: f"{draft} It is long. It is wide. It is deep.",
}


def test_planted_flaws_are_mended_where_the_writer_can_and_none_is_added_that_the_guard_sees(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counted: Counter[str] = Counter()
    for flaw, (spoil, critique) in PLANTED.items():
        for sees in (True, False):
            for writer, rewrite in WRITERS.items():
                draft = spoil(RIGHT)
                before, _ = told(draft, FINE, critic="")
                after, _ = told(draft, critique if sees else FINE, rewrite(draft))
                counted["cases"] += 1
                counted["found"] += sees
                counted["mended"] += after.answer_text == RIGHT
                changed = after.answer_text != before.answer_text
                counted["broken"] += changed and after.answer_text != RIGHT
                assert after.answer_text.count("[?") <= before.answer_text.count("[?"), (flaw, writer)
    for critique in (FINE, faulty(needed=1), faulty(complete=0)):
        for rewrite in WRITERS.values():
            after, _ = told(RIGHT, critique, rewrite(RIGHT))
            counted["right ones"] += 1
            counted["right ones broken"] += after.answer_text != RIGHT
    with capsys.disabled():
        sys.stdout.write(f"\ncritique, by script: {dict(counted)}\n")
    assert counted["mended"] == len(PLANTED)
    assert counted["right ones broken"] == 0
