"""Two domains of nonsense words that give the same things differently, and documents that disagree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from collegia import Assistant, RunStore
from collegia.knowledge.library import Library
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import ExpertSettings, ModelSettings, Roles, Settings
from collegia.tools import Domain, Kind, expert
from collegia.tools.models import ScriptedModel
from collegia.tools.registry import Registry

grum = Kind("grum", "m", names=("grum",))
flob = Kind("flob", "m", names=("flob",))
skell = Kind("skell", "kg", names=("skell",))
blim = Kind("blim", "m**2", names=("blim",))
quap = Kind("quap", "m", names=("quap",))


@expert(source="the book of hills")
def hill_blim(one: Annotated[float, grum], other: Annotated[float, flob]) -> Annotated[float, blim]:
    """Blim of a grum and a flob, as on hills."""
    return one * other


@expert(source="the book of hills")
def hill_quap(one: Annotated[float, grum]) -> Annotated[float, quap]:
    """Quap of a grum."""
    return one + 1.0


@expert(source="the book of dales", cost=3.0)
def dale_blim(one: Annotated[float, grum], other: Annotated[float, flob]) -> Annotated[float, blim]:
    """Blim of a grum and a flob, as in dales."""
    return 10.0 * one * other


@expert(source="the book of dales")
def heavy_blim(
    one: Annotated[float, grum], other: Annotated[float, flob], load: Annotated[float, skell]
) -> Annotated[float, blim]:
    """Blim of a grum and a flob under a skell."""
    return one * other * load


GRUM, FLOB = 2.0, 3.0
BLIM = "What is the blim for a grum of 2 m and a flob of 3 m?"
USUAL = "What is the blim of a snorble for a flob of 3 m and the usual grum?"
WHY = "Why does a snorble hum in the night?"

NOTES = {
    "/notes/old-1.2.md": "# Snorbles\n\nThe grum of a snorble is 2 m. A snorble hums because night wind turns a reed.",
    "/notes/new.md": "# Snorbles\n\nThe grum of a snorble is 5 m. A snorble hums because the night cools its drum.",
    "/notes/two words.md": "# Snorbles\n\nA snorble hums because at night nobody stops it.",
}


def registry() -> Registry:
    made = Registry()
    made.add(Domain("hills", "of hills", (hill_blim, hill_quap)))
    made.add(Domain("dales", "of dales", (dale_blim, heavy_blim)))
    return made


def library(notes: dict[str, str] = NOTES, path: Path | None = None) -> Library:
    store = KnowledgeStore(path)
    store.add(Document(source, text, name=source.rpartition("/")[2], form="markdown") for source, text in notes.items())
    return Library(store)


def assistant(path: Path | None = None, **more: Any) -> Assistant:
    """An assistant of both domains and the documents, with its runs in a file or in memory."""
    more.setdefault("store", RunStore(path))
    return Assistant(registry(), library=library(), **more)


def poets(home: Path) -> Assistant:
    """With two model experts, and no model that plans."""
    known = {name: ModelSettings(f"scripted/{name}") for name in ("moons", "rivers")}
    experts = {name: ExpertSettings(f"Writes of {name}.", model=name) for name in known}
    roles = Roles(planner="none", caller="none", reflector="none", writer="none")
    settings = Settings.load({}, home=home, models=known, experts=experts, roles=roles)
    models = {name: ScriptedModel([f"A word on {name}."] * 4) for name in known}
    return Assistant(registry(), settings=settings, library=library(), store=RunStore(None), models=models)
