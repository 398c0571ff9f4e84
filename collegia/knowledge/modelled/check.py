"""Whether what was found is enough: which passage answers which part, and what is searched for where none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from collegia.knowledge.modelled.decompose import about
from collegia.knowledge.modelled.talk import Talk
from collegia.knowledge.modelled.telling import excerpt, listed
from collegia.knowledge.records import Hit

__all__ = ["CACHED", "FOUND", "Checked", "check"]

FOUND, CACHED = 8, 4
"""How many passages of this search the model sees, and how many that other searches of the run found."""

_SHOWN = 400  # characters of each
_LONGEST = 200  # characters of a query


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to.

    Attributes:
        covering: the passages that answer a part, in the order of the parts.
        query: what to search for where a part is not answered; empty where all are.
    """

    covering: tuple[Hit, ...] = ()
    query: str = ""


async def check(talk: Talk, parts: Sequence[str], hits: Sequence[Hit], cached: Sequence[Hit]) -> Checked:
    """Ask which passage answers each part of a question.

    Args:
        talk: with the model.
        parts: the question's parts, or the question itself.
        hits: what was found, best first.
        cached: what other searches found that may help.
    """
    there = {one.passage.id for one in hits[:FOUND]}
    seen = [*hits[:FOUND], *[one for one in cached if one.passage.id not in there][:CACHED]]
    if not seen:
        return Checked()
    shown = [excerpt(one, " ".join(parts), _SHOWN) for one in seen]
    form = {
        "covered_by": {
            "type": "array",
            "items": {"enum": list(range(len(seen) + 1))},
            "minItems": len(parts),
            "maxItems": len(parts),
        },
        "query": {"type": "string", "maxLength": _LONGEST},
    }
    reply = await talk.ask("check", f"{listed('questions', list(parts))}\n\n{listed('passages', shown)}", form)
    if reply is None:
        return Checked()
    covering = tuple(seen[one - 1] for one in dict.fromkeys(reply["covered_by"]) if one)
    query = " ".join(reply["query"].split()) if 0 in reply["covered_by"] else ""
    if query and not about(query, *parts, *shown):
        talk.note("check", "its query had no word of the question or of what was found")
        query = ""
    return Checked(covering, query)
