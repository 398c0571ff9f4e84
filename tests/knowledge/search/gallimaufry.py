"""A made-up corpus that the tests of the search share: a few people, towns and works that do not exist."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore

DOCUMENTS = (
    Document("brell", "Ottoline Brell was a potter. She worked in Varnholt and made The Blue Ewer.",
             title="Ottoline Brell", collection="user", date="2024-03-01"),
    Document("ewer", "The Blue Ewer is a vessel of salt-glazed clay. It stands in the Marrow Hall.",
             title="The Blue Ewer", collection="user", date="2024-05-01"),
    Document("hall", "The Marrow Hall is a museum. Its roof was laid by Casper Dunnock in slate.", title="Marrow Hall",
             collection="museums", date="2025-01-10"),
    Document("dunnock", "Casper Dunnock was a slater who was born in Quillby.", title="Casper Dunnock",
             collection="museums", date="2025-02-10"),
    Document("quillby", "Quillby is a village on the river Tamsel, known for geese.", title="Quillby",
             collection="places", date=""),
    Document("varnholt", "Varnholt is a town of potters at the foot of Mount Sorrel.", title="Varnholt",
             collection="places", date="2023-12-31"),
    Document("sorrel", "Mount Sorrel is a hill of red clay. A spring on it feeds the river Tamsel.",
             title="Mount Sorrel", collection="places", date="2026-01-01"),
    Document("geese", "The geese are driven to the autumn fair. A goose needs grass and water.", collection="user"),
)  # fmt: skip

BRIDGE = "Who laid the roof of the museum where The Blue Ewer stands?"
"""The ewer's passage names the hall; the hall's own passage has the answer."""

WHOLE = "Which town of potters did Ottoline Brell work in?"


def store_of(*documents: Document) -> KnowledgeStore:
    """A store in memory with these documents, or with all of the corpus."""
    made = KnowledgeStore.in_memory()
    made.add(documents or DOCUMENTS)
    return made


_NAMES = ("Ottoline Brell", "The Blue Ewer", "Marrow Hall", "Casper Dunnock", "Quillby", "Varnholt", "Mount Sorrel")
_WORDS = ("roof", "slate", "potter", "river", "geese", "born", "which", "who", "the", "unheard", "clay", "spring's")

questions = st.lists(st.sampled_from([*_NAMES, *_WORDS, "?", ",", "("]), min_size=1, max_size=9).map(" ".join)
"""Questions of the corpus's own names and words, in any order."""

anything = st.text(max_size=60) | st.text(alphabet=string.printable + "\"'*^:+-(){}’\x00", max_size=60) | questions
"""Any text at all; that of the index's own language often enough."""
