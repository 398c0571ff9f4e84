"""The assistant: plan, check, dispatch, reflect and answer, and the runs it stores."""

from __future__ import annotations

__all__: list[str] = []
