"""Language models: one small interface, a client of our own, litellm for every provider, and a scripted one for tests.

Nothing here is imported before a model is configured or given.
"""

from collegia.tools.models.asking import Structured, ask, ask_json, stream
from collegia.tools.models.meter import Call, Meter, metered
from collegia.tools.models.pool import Models
from collegia.tools.models.scripted import ScriptedModel
from collegia.tools.models.types import Completion, Message, Model, Request, Tokens

__all__ = [
    "Call",
    "Completion",
    "Message",
    "Meter",
    "Model",
    "Models",
    "Request",
    "ScriptedModel",
    "Structured",
    "Tokens",
    "ask",
    "ask_json",
    "metered",
    "stream",
]
