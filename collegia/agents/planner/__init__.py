"""The planners: backward search through the experts' cards for numbers, and documents beside it for words."""

from __future__ import annotations

from collegia.agents.planner.college import CollegePlanner
from collegia.agents.planner.planner import TypedPlanner
from collegia.agents.planner.recall import Recall

__all__ = ["CollegePlanner", "Recall", "TypedPlanner"]
