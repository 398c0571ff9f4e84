"""A small library of nonsense that the tests of evidence, graph and knowledge share, and an app over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from tui_helpers import settled

from collegia import Assistant, RunStore
from collegia.knowledge.library import Library
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import Settings
from collegia.tui.app import CollegiaApp

TEXTS = {
    "grumbling.md": """# Grumbling

*Also called:* grumble, low-frequency murmur.

Grumbling is a noise of old wumpers.

## What causes it

- A worn flange causes grumbling, because it lets the shaft wander.
- Dry felt causes grumbling, because nothing damps the blorp.

## What it does

- Grumbling lowers wumper efficiency.
- Grease prevents grumbling.
""",
    "wumper.md": """# Wumper

A wumper is a machine that moves blorp from a pit to a tower.

- Wumper efficiency depends on blorp pressure.
- A hotter pit causes grumbling in a wumper.
""",
    "blorp.md": """# Blorp pressure

Blorp pressure is the force of blorp on a wall. Heat raises blorp pressure.
""",
}
CAUSES = "What causes grumbling in a wumper?"
FILLING = "How long does it take to fill 12 m³ at 25 L/min?"


def library(*more: Document) -> Library:
    """The documents, with the same day of arrival whenever the test runs."""
    store = KnowledgeStore.in_memory()
    store.add([*(Document(f"lib/{name}", text, name, form="markdown") for name, text in TEXTS.items()), *more])
    with store.writing() as db:
        db.execute("UPDATE documents SET added = '2026-01-02T03:04:05+00:00'")
    return Library(store)


def reader(home: Path, *more: Document, **others: Any) -> Callable[[], Assistant]:
    """Makes an assistant that reads these documents."""

    def make() -> Assistant:
        return Assistant(
            settings=Settings.load(home=home), store=RunStore.in_memory(), library=library(*more), **others
        )

    return make


async def pressed(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, and wait after each until nothing is going on any more."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
        await settled(pilot)  # what a worker has shown may have begun another one


def drawn(app: CollegiaApp) -> str:
    """What is on the screen."""
    return "\n".join("".join(part.text for part in line) for line in app.screen._compositor.render_strips())
