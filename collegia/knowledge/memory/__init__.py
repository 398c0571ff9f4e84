"""What the user stated, corrected and abbreviated, kept with its date and source, and forgotten on request.

`open_memory(settings)` gives the store. What is remembered is data: it changes no setting and nothing in it is run.
"""

from __future__ import annotations

from collegia.knowledge.memory.amounts import in_kind
from collegia.knowledge.memory.binding import unit_for, values_for
from collegia.knowledge.memory.expand import Expanded, Taken, expand
from collegia.knowledge.memory.naming import canonical
from collegia.knowledge.memory.place import open_memory
from collegia.knowledge.memory.precedence import Settled, same, settle
from collegia.knowledge.memory.ranking import HALF_LIFE, Recalled
from collegia.knowledge.memory.records import (
    Abbreviation,
    Amount,
    Claim,
    Conflict,
    Content,
    Fact,
    FactKind,
    Origin,
    Preference,
    Statement,
    Value,
)
from collegia.knowledge.memory.sentences import lasting
from collegia.knowledge.memory.store import MemoryStore
from collegia.knowledge.memory.wording import shown

__all__ = [
    "HALF_LIFE",
    "Abbreviation",
    "Amount",
    "Claim",
    "Conflict",
    "Content",
    "Expanded",
    "Fact",
    "FactKind",
    "MemoryStore",
    "Origin",
    "Preference",
    "Recalled",
    "Settled",
    "Statement",
    "Taken",
    "Value",
    "canonical",
    "expand",
    "in_kind",
    "lasting",
    "open_memory",
    "same",
    "settle",
    "shown",
    "unit_for",
    "values_for",
]
