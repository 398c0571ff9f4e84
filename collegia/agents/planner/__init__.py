"""The typed planner: backward search through the experts' cards."""

from __future__ import annotations

from collegia.agents.planner.planner import TypedPlanner

__all__ = ["TypedPlanner"]
