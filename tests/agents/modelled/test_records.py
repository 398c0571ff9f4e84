"""What goes into an expert's record is what was found of its answers, and not what became of another model."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegia.agents.assistant import Assistant
from collegia.errors import ModelUnreachable
from collegia.settings import ExpertSettings, Settings
from collegia.tools.models import Request, ScriptedModel
from collegia.tools.registry import Registry
from collegia.tools.routing.record import Records


@pytest.mark.parametrize(
    ("reflector", "good"),
    [("ok", 3), ("What a lovely answer.", 3), (ModelUnreachable("down"), 3), ("4: it does not say.", 0)],
)
def test_a_reflector_that_is_down_or_rambles_costs_an_expert_nothing(
    reflector: str | Exception, good: int, home: Path
) -> None:
    def script(request: Request) -> str | Exception | dict[str, object]:
        if request.schema is not None:
            step = {"id": "a", "expert": "rivers", "question": "Which is the longest?", "after": []}
            return {"steps": [step]}
        return reflector if request.messages[0].text.startswith("You check") else "The Nile."

    settings = Settings.load(
        {"COLLEGIA_MODEL": "openai/scripted"}, home=home, experts={"rivers": ExpertSettings("Knows rivers.")}
    )
    made = Assistant(Registry(), settings=settings, models={"default": ScriptedModel(script)})
    for _ in range(3):
        assert made.ask_sync("Which river is the longest?").status == "answered"
    record = Records.of_home(home).of("rivers")
    assert (record.good, record.bad) == (good, 3 - good)
