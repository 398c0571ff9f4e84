"""What a command line chooses for one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Chosen"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes before the settings.

    Attributes:
        domains: the only ones to use, beside the generic ones; all where there are none.
        files: of experts, to add.
        model: the language model `default`; the settings' own where it is None.
        api_base: the address of its server.
        approve: which plans wait for approval; as the settings say where it is None.
        panel: how many model experts answer a question together; the settings' own where it is None.
    """

    domains: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    model: str | None = None
    api_base: str | None = None
    approve: str | None = None
    panel: int | None = None

    @classmethod
    def of(
        cls,
        domains: Sequence[str] | None = None,
        files: Sequence[Path] | None = None,
        model: str | None = None,
        api_base: str | None = None,
        approve: str | None = None,
        panel: int | None = None,
    ) -> Chosen:
        """From options as they come, None where they are not given."""
        return cls(tuple(domains or ()), tuple(files or ()), model, api_base, approve, panel)
