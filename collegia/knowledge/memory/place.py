"""Where the memory of an installation lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collegia.knowledge.memory.store import MemoryStore

if TYPE_CHECKING:
    from collegia.settings import Settings

__all__ = ["open_memory"]


def open_memory(settings: Settings) -> MemoryStore:
    """The memory in the home folder; its file is made when something is first remembered."""
    return MemoryStore(settings.home / "knowledge" / "memory.db")
