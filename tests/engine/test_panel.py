"""A panel of a real vLLM's base model and two adapters: their words are noise, and their votes keep to the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegia import Assistant
from collegia.events import ModelCalled
from collegia.settings import ExpertSettings, ModelSettings, PanelSettings, Roles, Settings
from collegia.tools.registry import Registry
from tests.engine.conftest import Engine

pytestmark = pytest.mark.engine


# Without a seed of their own: vLLM on a CPU ends where a request with a seed is read in parts.
@pytest.mark.parametrize("season", ["spring", "summer", "autumn"])
async def test_members_on_two_adapters_answer_vote_and_answer_again_within_the_budget(
    engine: Engine, home: Path, season: str
) -> None:
    settings = Settings(
        home,
        models={"default": ModelSettings("hosted_vllm/base", f"{engine.url}/v1", max_output=400, temperature=1.0)},
        roles=Roles(planner="none", caller="none", reflector="none", writer="none"),
        experts={
            "rivers": ExpertSettings("Knows rivers and how they rise.", examples=("Why does a river rise?",)),
            "lakes": ExpertSettings("Knows lakes.", adapter="lora-a"),
            "seas": ExpertSettings("Knows seas.", adapter="lora-b"),
        },
        panel=PanelSettings(size=3),
    )
    assistant = Assistant(Registry(), settings=settings)
    result = await assistant.ask(f"Why does a river rise in {season}?")
    calls = [event for event in assistant.events(result.run_id) if isinstance(event, ModelCalled)]
    await assistant.aclose()
    assistant.close()
    assert result.status == "answered", result
    how = result.replies[0].deliberation
    assert how is not None
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
