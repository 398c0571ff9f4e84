"""Reading questions with the words that the installed domains declare."""

from __future__ import annotations

from collegia.agents.reading.reader import read
from collegia.agents.reading.types import Reading

__all__ = ["Reading", "read"]
