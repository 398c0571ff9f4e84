"""The models that are set, each made when it is first asked for and then kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from collegia.errors import UsageError
from collegia.settings import ModelSettings, Settings
from collegia.tools.models.types import Model

__all__ = ["Models", "open_model"]

_OPENAI_LIKE = frozenset(
    {"openai", "vllm", "hosted_vllm", "ollama", "llamacpp", "llama_cpp", "lm_studio", "openai_like"}
)
"""Providers whose servers speak OpenAI's protocol at an address of one's own."""


def open_model(settings: ModelSettings, label: str = "") -> Model:
    """The client of a model; nothing is sent yet.

    Raises:
        UsageError: our own client was asked for without an address.
    """
    direct = settings.client == "direct"
    if direct and not settings.api_base:
        raise UsageError(f"the model {settings.model} has client = 'direct' and no api_base")
    if direct or (settings.client == "auto" and settings.api_base and settings.provider in _OPENAI_LIKE):
        from collegia.tools.models.direct import DirectModel

        return DirectModel(settings, label)
    from collegia.tools.models.through_litellm import LitellmModel

    return LitellmModel(settings, label)


class Models:
    """The models by name and by role.

    Args:
        settings: `models` and `roles` are read.
        given: models to use in place of, or beside, those that are set: scripted ones, clients of one's own.
    """

    def __init__(self, settings: Settings, given: Mapping[str, Model] | None = None) -> None:
        self._settings = settings
        self._made: dict[str, Model] = dict(given or {})
        self._given = frozenset(self._made)
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        return bool(self._made or self._settings.models)

    def __contains__(self, name: object) -> bool:
        return name in self._made or name in self._settings.models

    def named(self, name: str) -> Model:
        """The model of that name.

        Raises:
            UsageError: none is set.
        """
        with self._lock:
            if name not in self._made:
                settings = self._settings.models.get(name)
                if settings is None:
                    known = ", ".join(sorted({*self._settings.models, *self._made})) or "none"
                    raise UsageError(f"no model {name!r} is set; the models are: {known}")
                self._made[name] = self._opened(settings, name)
            return self._made[name]

    def _opened(self, settings: ModelSettings, name: str) -> Model:
        if settings.provider == "served":
            from collegia.tools.serving.model import ServedModel

            return ServedModel(settings, self._settings.serving, self._settings.home, name)
        return open_model(settings, name)

    def of_role(self, role: str) -> Model | None:
        """The model that plays a role; None where none does."""
        named = self._settings.model_of(role, self)
        return None if named is None else self.named(named)

    async def close(self) -> None:
        """Let go of all connections."""
        for name, model in self._made.items():
            if name not in self._given:
                await model.close()
