"""An assistant with model experts whose every reply is scripted, each behind a model of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from collegia.agents.assistant import Assistant
from collegia.agents.panel.outcome import Panel
from collegia.agents.result import Result
from collegia.settings import ExpertSettings, ModelSettings, Roles, Settings
from collegia.tools.models import Request, ScriptedModel
from collegia.tools.registry import Registry

QUESTION = "How long is the river Amazon?"
ALONE = Roles(planner="none", caller="none", reflector="none", writer="none")

Script = Any
"""What a `ScriptedModel` is made of: a list of replies, or a function of the request."""


def is_vote(request: Request) -> bool:
    """Whether a member is asked to choose."""
    return request.schema is not None


def is_again(request: Request) -> bool:
    """Whether a member is asked again, with what the others said."""
    return request.schema is None and "<your-answer>" in request.messages[-1].text


def member(first: Any, again: Any = None, vote: Any = None) -> Callable[[Request], Any]:
    """A member's replies: alone, in a further round (the same where not given), and its vote."""

    def reply(request: Request) -> Any:
        if is_vote(request):
            return vote if isinstance(vote, BaseException) else {"answer": vote or "none", "because": "I know it."}
        return again if is_again(request) and again is not None else first

    return reply


def assistant(
    home: Path,
    scripts: Mapping[str, Script],
    panel: Mapping[str, Any] | None = None,
    *,
    registry: Registry | None = None,
    default: ScriptedModel | None = None,
    **settings: Any,
) -> tuple[Assistant, dict[str, ScriptedModel]]:
    """The assistant, and the models by the names of their experts.

    Args:
        home: for its state.
        scripts: of the experts, by name; the first is the one that is routed to.
        panel: its settings.
        registry: calculators; none where not given.
        default: the model of all roles that `roles` leaves to it.
        **settings: others.
    """
    experts = {
        name: ExpertSettings("Knows the river Amazon, how long." if not place else f"Knows {name}.", model=name)
        for place, name in enumerate(scripts)
    }
    given: dict[str, Any] = {"experts": experts, "roles": ALONE, **settings}
    models = {
        name: script if isinstance(script, ScriptedModel) else ScriptedModel(script) for name, script in scripts.items()
    }
    every = {**models, **({"default": default} if default is not None else {})}
    known = {name: ModelSettings(f"scripted/{name}") for name in every}
    made = Settings.load({}, home=home, models=known, panel=panel, **given)
    return Assistant(Registry() if registry is None else registry, settings=made, models=every), models


def panel_of(result: Result) -> Panel:
    """The panel of a result's first reply."""
    how = result.replies[0].deliberation
    assert how is not None, result
    assert how.panel is not None
    return how.panel
