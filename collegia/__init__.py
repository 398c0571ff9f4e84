"""Collegia: a college of experts. Checked plans, exact experts, traceable answers.

    from collegia import Assistant

    print(Assistant().ask_sync("What is the density of water at 60 °C and 5 bar?").answer_text)

What is named here is imported when it is first used, so that `import collegia` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collegia.agents.approval import (
        Approval,
        Approved,
        Marked,
        Rejected,
        Undecided,
        alternatives,
        with_expert,
        with_value,
    )
    from collegia.agents.assistant import Assistant
    from collegia.agents.plan import Plan, Proposal
    from collegia.agents.replay import Replay
    from collegia.agents.result import Quantity, Result
    from collegia.agents.session_store import SessionRecord, Turn
    from collegia.agents.store import RunRecord, RunStore
    from collegia.agents.talk.session import Session
    from collegia.errors import (
        CollegiaError,
        ContractError,
        DomainRefused,
        ExpertError,
        MissingLibrary,
        ModelError,
        NoData,
        OutOfRange,
        PlanRejected,
        StoreError,
        Unclear,
        UnitError,
        UnknownRun,
        UnknownSession,
        UsageError,
    )
    from collegia.events import Event
    from collegia.evidence import Evidence
    from collegia.knowledge.library import Library
    from collegia.knowledge.memory.store import MemoryStore
    from collegia.knowledge.records import Document
    from collegia.knowledge.store import KnowledgeStore
    from collegia.settings import Budget, ExpertSettings, ModelSettings, Settings
    from collegia.tools.card import STATED, At, Card, Example, Of, Port, Range, Uncertainty
    from collegia.tools.domain import Domain, Side
    from collegia.tools.expert import Expert, assume, caution, expert
    from collegia.tools.kinds import Found, Kind
    from collegia.tools.models.scripted import ScriptedModel
    from collegia.tools.registry import Registry

_HOMES = {
    "collegia.agents.approval": (
        "Approval", "Approved", "Marked", "Rejected", "Undecided", "alternatives", "with_expert", "with_value",
    ),
    "collegia.agents.assistant": ("Assistant",),
    "collegia.agents.plan": ("Plan", "Proposal"),
    "collegia.agents.replay": ("Replay",),
    "collegia.agents.result": ("Quantity", "Result"),
    "collegia.agents.session_store": ("SessionRecord", "Turn"),
    "collegia.agents.store": ("RunRecord", "RunStore"),
    "collegia.agents.talk.session": ("Session",),
    "collegia.errors": (
        "CollegiaError", "ContractError", "DomainRefused", "ExpertError", "MissingLibrary", "ModelError", "NoData",
        "OutOfRange", "PlanRejected", "StoreError", "Unclear", "UnitError", "UnknownRun",
        "UnknownSession", "UsageError",
    ),
    "collegia.events": ("Event",),
    "collegia.evidence": ("Evidence",),
    "collegia.knowledge.library": ("Library",),
    "collegia.knowledge.memory.store": ("MemoryStore",),
    "collegia.knowledge.records": ("Document",),
    "collegia.knowledge.store": ("KnowledgeStore",),
    "collegia.settings": ("Budget", "ExpertSettings", "ModelSettings", "Settings"),
    "collegia.tools.card": ("STATED", "At", "Card", "Example", "Of", "Port", "Range", "Uncertainty"),
    "collegia.tools.domain": ("Domain", "Side"),
    "collegia.tools.expert": ("Expert", "assume", "caution", "expert"),
    "collegia.tools.kinds": ("Found", "Kind"),
    "collegia.tools.models.scripted": ("ScriptedModel",),
    "collegia.tools.registry": ("Registry",),
}  # fmt: skip

_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "STATED",
    "Approval",
    "Approved",
    "Assistant",
    "At",
    "Budget",
    "Card",
    "CollegiaError",
    "ContractError",
    "Document",
    "Domain",
    "DomainRefused",
    "Event",
    "Evidence",
    "Example",
    "Expert",
    "ExpertError",
    "ExpertSettings",
    "Found",
    "Kind",
    "KnowledgeStore",
    "Library",
    "Marked",
    "MemoryStore",
    "MissingLibrary",
    "ModelError",
    "ModelSettings",
    "NoData",
    "Of",
    "OutOfRange",
    "Plan",
    "PlanRejected",
    "Port",
    "Proposal",
    "Quantity",
    "Range",
    "Registry",
    "Rejected",
    "Replay",
    "Result",
    "RunRecord",
    "RunStore",
    "ScriptedModel",
    "Session",
    "SessionRecord",
    "Settings",
    "Side",
    "StoreError",
    "Turn",
    "Uncertainty",
    "Unclear",
    "Undecided",
    "UnitError",
    "UnknownRun",
    "UnknownSession",
    "UsageError",
    "alternatives",
    "assume",
    "caution",
    "expert",
    "with_expert",
    "with_value",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'collegia' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
