"""A language model beside a session: it may choose among what was found, and nothing else."""

from __future__ import annotations

from typing import Annotated

import pytest

from collegia import Assistant, Registry, RunStore, ScriptedModel
from collegia.agents.talk.base import Place
from collegia.agents.talk.choosing import may_choose
from collegia.errors import ModelUnreachable
from collegia.events import ModelCalled
from collegia.tools import Kind, expert

gloss = Kind("gloss", "m", names=("gloss",))
grip = Kind("grip", "m", names=("grip",))


@expert(source="Table 9 of nowhere")
def wobble(
    gloss_height: Annotated[float, gloss], grip_width: Annotated[float, grip]
) -> Annotated[float, Kind("wobble", "m**2", names=("wobble",))]:
    """Wobble of a thing."""
    return gloss_height * (1 + grip_width)


def assistant(model: ScriptedModel) -> Assistant:
    registry = Registry()
    registry.add_functions([wobble])
    return Assistant(registry, store=RunStore.in_memory(), models={"default": model})


QUESTION = "Wobble of a gloss of 2 m and a grip of 3 m?"


def test_a_model_chooses_among_what_was_found_and_the_result_says_so() -> None:
    model = ScriptedModel(['{"meant": "grip 3 m"}'])
    asking = assistant(model)
    session = asking.session()
    session.ask_sync(QUESTION)
    result = session.ask_sync("make it 5 m")
    assert result.quantities[0].value == pytest.approx(2.0 * 6.0)
    assert result.changed == ("grip 3 m → 5 m",)
    assert any("as the language model read it" in warning for warning in result.warnings)
    assert result.usage.model_calls == 1
    (call,) = [one for one in asking.events(result.run_id) if isinstance(one, ModelCalled)]
    assert "gloss 2 m" in call.messages[1][1]


@pytest.mark.parametrize(
    "script",
    [['{"meant": "none"}'], ['{"meant": "zob 9 m"}', '{"meant": "7 m"}'], [ModelUnreachable("down")]],
    ids=["none", "not among them", "down"],
)
def test_a_model_that_is_of_no_help_leaves_the_question_to_the_user(script: list[object]) -> None:
    session = assistant(ScriptedModel(script)).session()  # type: ignore[arg-type]  # replies and errors
    session.ask_sync(QUESTION)
    back = session.ask_sync("make it 5 m")
    assert back.status == "clarify"
    assert back.quantities == ()
    assert session.ask_sync("the gloss").quantities[0].value == pytest.approx(5.0 * 4.0)


def test_which_of_two_alike_is_never_left_to_a_model() -> None:
    left, right = Place("zob left", frozenset({"zob"})), Place("zob right", frozenset({"zob"}))
    other = Place("grip", frozenset({"grip"}))
    assert not may_choose([left, right])
    assert not may_choose([left, right, other])
    assert not may_choose([other])
    assert may_choose([left, other])
