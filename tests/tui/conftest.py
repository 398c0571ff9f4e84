"""The app over a real assistant of the installed domains, with its own home and runs in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.store import RunStore
from collegia.settings import Settings
from collegia.tui.app import CollegiaApp


@pytest.fixture
def make_app(home: Path) -> Callable[..., CollegiaApp]:
    """Makes an app; `assistant` takes the place of the usual one, other arguments go to the app."""

    def make(assistant: Callable[[], Assistant] | None = None, **more: Any) -> CollegiaApp:
        def usual() -> Assistant:
            return Assistant(settings=Settings.load(home=home), store=RunStore.in_memory())

        return CollegiaApp(assistant or usual, **more)

    return make
