"""The kinds of process engineering, by theme."""

from __future__ import annotations

__all__: list[str] = []
