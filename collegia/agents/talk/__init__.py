"""Conversation: sessions that hold runs, and what a follow-up makes of the question before it."""

from __future__ import annotations

__all__: list[str] = []
