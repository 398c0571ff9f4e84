"""A panel of a real vLLM's base model and two adapters: their words are noise, and their votes keep to the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegia import Assistant, Result
from collegia.agents.modelled.deliberation import Deliberation
from collegia.events import ModelCalled
from collegia.settings import ExpertSettings, ModelSettings, PanelSettings, Roles, Settings
from collegia.tools.registry import Registry
from tests.engine.conftest import Engine

pytestmark = pytest.mark.engine


def settings(engine: Engine, home: Path, experts: dict[str, ExpertSettings], size: int = 0) -> Settings:
    # Without a seed: vLLM on a CPU ends where a request with a seed is read in parts.
    model = ModelSettings("hosted_vllm/base", f"{engine.url}/v1", max_output=400, temperature=1.0)
    roles = Roles(planner="none", caller="none", reflector="none", writer="none")
    return Settings(home, models={"default": model}, roles=roles, experts=experts, panel=PanelSettings(size=size))


async def asked(settings: Settings, question: str) -> tuple[Result, Deliberation, list[ModelCalled]]:
    """The result, how its reply came about, and the calls of models."""
    assistant = Assistant(Registry(), settings=settings)
    result = await assistant.ask(question)
    calls = [event for event in assistant.events(result.run_id) if isinstance(event, ModelCalled)]
    await assistant.aclose()
    assistant.close()
    assert result.status == "answered", result
    how = result.replies[0].deliberation
    assert how is not None
    return result, how, calls


@pytest.mark.parametrize("season", ["spring", "summer", "autumn"])
async def test_members_on_two_adapters_answer_vote_and_answer_again_within_the_budget(
    engine: Engine, home: Path, season: str
) -> None:
    experts = {
        "rivers": ExpertSettings("Knows rivers and how they rise.", examples=("Why does a river rise?",)),
        "lakes": ExpertSettings("Knows lakes.", adapter="lora-a"),
        "seas": ExpertSettings("Knows seas.", adapter="lora-b"),
    }
    result, how, calls = await asked(settings(engine, home, experts, size=3), f"Why does a river rise in {season}?")
    panel = how.panel
    assert panel is not None
    assert panel.decided == "vote", "noise is never alike"
    assert [one.expert for one in panel.stands] == ["rivers", "lakes", "seas"]
    assert {one.answer for one in panel.stands} <= {"", *panel.authors}
    assert result.replies[0].text == panel.words_of(panel.chosen)
    assert not any("gave no vote" in note for note in panel.notes), panel.notes
    assert len(calls) == result.usage.model_calls <= 12
    assert {call.model.partition("#")[2] for call in calls} == {"", "lora-a", "lora-b"}
    assert panel.majority == (2 * len(panel.for_it) > 3)
    assert any("no majority" in warning for warning in result.warnings) != panel.majority


@pytest.mark.parametrize("season", ["spring", "summer"])
async def test_an_adapter_helps_the_base_model_and_every_choice_is_one_that_was_offered(
    engine: Engine, home: Path, season: str
) -> None:
    experts = {
        "rivers": ExpertSettings("Knows how rivers rise.", background="small", candidates="small", cost=5.0),
        "small": ExpertSettings("Knows little.", adapter="lora-a"),
    }
    result, how, calls = await asked(settings(engine, home, experts), f"Why does a river rise in {season}?")
    assert not any("offered no candidates" in warning for warning in result.warnings), result.warnings
    for background in how.backgrounds:  # noise may be nothing at all
        assert background.dropped, "noise has nothing to do with the question"
        assert all(one.why for one in background.dropped)
    for choice in how.choices:
        assert 0 <= choice.chosen <= len(choice.offered) <= 3
        assert all(0 <= one.confidence <= 1 for one in choice.offered)
    taken = "".join(choice.answer for choice in how.choices)
    assert result.replies[0].text == (taken or calls[-1].reply.strip())
    assert {call.model.partition("#")[2] for call in calls} == {"", "lora-a"}
