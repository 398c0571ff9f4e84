"""LoRA adapters as they stand in a folder: what they are called, where they are, and how large."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from collegia.errors import ServingError
from collegia.settings import Serving

__all__ = ["Adapter", "catalog"]


@dataclass(frozen=True)
class Adapter:
    """A LoRA adapter.

    Attributes:
        name: what requests call it.
        path: its folder, as the engine sees it.
        rank: its largest rank; None where the folder is not on this machine, and the engine alone can tell.
    """

    name: str
    path: str
    rank: int | None

    def check(self, serving: Serving) -> None:
        """Refuse what the engine could not hold, before it is asked.

        Raises:
            ServingError: the rank is too large.
        """
        if self.rank is not None and self.rank > serving.max_lora_rank:
            raise ServingError(
                f"the adapter {self.name!r} has rank {self.rank}, and serving.max_lora_rank is"
                f" {serving.max_lora_rank}; set that to {self.rank} or more and start the engine again"
            )


def catalog(serving: Serving) -> Mapping[str, Adapter]:
    """The adapters of the settings by name.

    Raises:
        ServingError: the description of one cannot be read.
    """
    return {name: Adapter(name, path, _rank(name, Path(path))) for name, path in serving.adapters}


def _rank(name: str, folder: Path) -> int | None:
    """The largest rank that its `adapter_config.json` states, as PEFT writes it."""
    if not folder.is_dir():
        return None
    path = folder / "adapter_config.json"
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
        own = stated.get("rank_pattern") or {}  # single layers may have a rank of their own
        return max(map(int, [stated["r"], *own.values()]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ServingError(f"the adapter {name!r} has no rank that can be read from {path}: {error!r}") from None
