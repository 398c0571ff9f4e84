"""Questions over a graph of triples, answered with the triples that lead to each answer.

    graph = TripleGraph.read("facts.tsv.gz")
    asker = Asker(graph)
    asker.answer("who directed the films written by ...")

Without more, the names of the graph's own relations are what a question is understood by. `Asker.learn` adds what
labelled questions teach, as far as they show that it helps.
"""

from __future__ import annotations

from collegia.knowledge.triples.answer import Answer, Asker, Understood
from collegia.knowledge.triples.examples import Example, read_examples
from collegia.knowledge.triples.graph import Triple, TripleGraph
from collegia.knowledge.triples.learned import Learned
from collegia.knowledge.triples.storage import load_graph, load_learned, save_graph, save_learned
from collegia.knowledge.triples.training import Lesson

__all__ = [
    "Answer",
    "Asker",
    "Example",
    "Learned",
    "Lesson",
    "Triple",
    "TripleGraph",
    "Understood",
    "load_graph",
    "load_learned",
    "read_examples",
    "save_graph",
    "save_learned",
]
