"""What a question mentions with @, and answering it by that alone."""

from __future__ import annotations

__all__: list[str] = []
