"""Serving model experts: one engine with a base model and adapters, started and watched here or attached to."""

from __future__ import annotations

from collegia.tools.serving.fleet import Fleet, Place
from collegia.tools.serving.server import Server, ServerStatus

__all__ = ["Fleet", "Place", "Server", "ServerStatus"]
