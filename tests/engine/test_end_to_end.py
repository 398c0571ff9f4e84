"""Questions to an assistant whose experts are adapters of a real vLLM, and whose planner may be its noise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collegia import Assistant
from collegia.settings import ExpertSettings, ModelSettings, Roles, Serving, Settings
from collegia.tools.models import ScriptedModel
from collegia.tools.serving.figures import figures_file
from tests.engine.conftest import Engine

pytestmark = pytest.mark.engine

LOST = frozenset({"error", "cancelled"})


def settings(engine: Engine, home: Path, seed: int = 0, **more: object) -> Settings:
    """An assistant's settings: two experts, each an adapter of the served model; `lora-c` is not loaded at first."""
    folders = {"lora-a": "lora-a", "lora-b": "lora-b", "lora-c": "lora-a"}
    adapters = tuple((name, str(engine.folder / folder)) for name, folder in folders.items())
    return Settings(
        home,
        models={
            "default": ModelSettings("served/base", max_output=600, temperature=1.0, body={"seed": seed}),
            "scripted": ModelSettings("scripted/planner"),
        },
        experts={
            "rivers": ExpertSettings("Knows rivers.", adapter="lora-b", examples=("How long is the Amazon?",)),
            "lakes": ExpertSettings("Knows lakes.", adapter="lora-c", examples=("How deep is Lake Baikal?",)),
        },
        serving=Serving(endpoints=(engine.url,), max_loras=2, max_lora_rank=8, adapters=adapters),
        **more,  # type: ignore[arg-type]  # names of settings
    )


async def test_experts_on_two_adapters_work_on_one_question_and_the_second_is_loaded_ahead(
    engine: Engine, home: Path
) -> None:
    steps = [
        {"id": "a", "expert": "rivers", "question": "Which sea does the Amazon reach?", "after": []},
        {"id": "b", "expert": "lakes", "question": "Which lake is beside it?", "after": ["a"]},
    ]
    roles = Roles(planner="scripted", writer="none", reflector="none")
    planned = {"scripted": ScriptedModel([json.dumps({"steps": steps})])}
    assistant = Assistant(
        settings=settings(engine, home, roles=roles, planning="model", domains=("arithmetic",)), models=planned
    )
    result = await assistant.ask("Which sea does the Amazon reach, and which lake is beside it?")
    await assistant.aclose()
    assistant.close()
    assert [reply.expert for reply in result.replies] == ["rivers", "lakes"], result
    assert all(reply.text for reply in result.replies)
    listed = {one["id"] for one in json.loads(engine.get("/v1/models"))["data"]}
    assert listed == {"base", "lora-b", "lora-c"}
    figures = figures_file(home).total()
    assert (figures.calls, figures.hits, figures.switches) == (2, 2, 1)


QUESTIONS = (
    "What is the Reynolds number of water at 20 °C that flows at 2 m/s in a pipe of 50 mm?",
    "What is the area of a circle of 2 m diameter?",
    "How long is the Amazon and how deep is Lake Baikal?",
    "Compute the pressure drop of water at 20 °C in 100 m of a 100 mm pipe at 1 m/s, roughness 0.05 mm.",
    "Why do pumps cavitate?",
    "What is the boiling point of methanol at 2 bar?",
)


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_the_noise_plans_is_checked_and_no_number_is_its_own(
    engine: Engine, home: Path, seed: int
) -> None:
    plain = Assistant(settings=Settings(home / "plain"))
    known = {question: await plain.ask(question) for question in QUESTIONS}
    plain.close()
    assistant = Assistant(settings=settings(engine, home, seed, planning="model"))
    for question in QUESTIONS:
        result = await assistant.ask(question)
        assert result.status not in LOST, result
        if result.status == "answered" and known[question].status == "answered":
            assert [one.value for one in result.quantities] == [one.value for one in known[question].quantities]
    await assistant.aclose()
    assistant.close()
