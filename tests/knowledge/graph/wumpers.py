"""Small invented documents that the tests of the graph share: a plant of nonsense words."""

from __future__ import annotations

from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore

GRUMBLING = """# Grumbling

*Also called:* grumble, low-frequency murmur.

Grumbling is a noise of old wumpers.

- A worn flange causes grumbling, because it lets the shaft wander.
- Grumbling lowers wumper efficiency.
- Grease prevents grumbling.

## Related

[Wumper](wumper.md), [Blorp pressure](blorp.md)
"""

WUMPER = """# Wumper

A wumper is a machine that moves blorp from a pit to a tower.

- Wumper efficiency depends on Blorp pressure.
- The Fizzle Company makes wumpers.
"""

BLORP = """# Blorp pressure

Blorp pressure is the force of blorp on a wall. Heat raises Blorp pressure.

The maximum blorp pressure (MBP) is stamped on the wall. Grumbling is heard long before it is reached.
"""


def documents() -> list[Document]:
    """Three documents, linked by what they mention."""
    texts = {"grumbling.md": GRUMBLING, "wumper.md": WUMPER, "blorp.md": BLORP}
    return [Document(f"/lib/{name}", text, name, form="markdown") for name, text in texts.items()]


def world(*more: Document) -> KnowledgeStore:
    """A store in memory with these documents and more."""
    store = KnowledgeStore.in_memory()
    store.add([*documents(), *more])
    return store
