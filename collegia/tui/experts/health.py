"""Whether an expert can be called now, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collegia.settings import ExpertSettings
    from collegia.tools.expert import Expert
    from collegia.tools.models.reach import Outlook, Reach

__all__ = ["health", "reach_told"]


def health(expert: Expert, said: ExpertSettings | None, outlook: Outlook | None) -> str:
    """Whether it can be called.

    Args:
        expert: which.
        said: of a model expert, what it is set to.
        outlook: what can be reached; None while that is being asked.
    """
    if lacking := expert.missing_libraries():
        how = f": {expert.card.install}" if expert.card.install else ""
        return f"not ready, it needs {', '.join(lacking)}{how}"
    if said is None:
        return "ready"
    if outlook is None:
        return f"asking whether the model {said.model} is reachable…"
    reach = outlook.models.get(said.model)
    told = f"its model {said.model} is {reach_told(reach)}" if reach else f"its model {said.model} was given to it"
    if not said.adapter or not outlook.engines:
        return told
    if where := outlook.hot.get(said.adapter):
        return f"{told}; its adapter {said.adapter} is hot, loaded at {', '.join(where)}"
    return f"{told}; its adapter {said.adapter} is cold, and is loaded with the first call"


def reach_told(reach: Reach) -> str:
    """What became of asking, in words."""
    return f"{reach.state} ({reach.why})" if reach.why else reach.state
