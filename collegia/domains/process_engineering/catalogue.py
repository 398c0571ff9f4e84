"""All experts of the domain, room by room."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

__all__ = ["EXPERTS", "KINDS"]


def _collect() -> tuple[Callable[..., Any], ...]:
    import collegia.domains.process_engineering as package

    found = []
    for module in pkgutil.iter_modules(package.__path__):
        if module.name in ("kinds", "catalogue"):
            continue
        try:
            loaded = importlib.import_module(f"{package.__name__}.{module.name}")
        except ImportError as error:
            print("skip", module.name, error)
            continue
        found += list(getattr(loaded, "EXPERTS", ()))
    return tuple(dict.fromkeys(found))


EXPERTS = _collect()
KINDS = ()
