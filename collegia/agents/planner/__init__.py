"""The planners: backward search through the experts' cards for numbers, and documents beside it for words."""

from __future__ import annotations

from collegia.agents.planner.college import CollegePlanner
from collegia.agents.planner.planner import TypedPlanner

__all__ = ["CollegePlanner", "TypedPlanner"]
