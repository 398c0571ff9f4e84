"""The first passages put in order by a model, which lists the indices of those that help."""

from __future__ import annotations

from collections.abc import Sequence

from collegia.knowledge.modelled.look import with_scores_of
from collegia.knowledge.modelled.talk import Talk
from collegia.knowledge.modelled.telling import excerpt, fenced, listed
from collegia.knowledge.records import Hit

__all__ = ["READ", "rerank"]

READ = 20
"""How many passages the model sees."""

_SHOWN = 320  # characters of each


async def rerank(talk: Talk, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits, those that the model lists first; it sees no more than the first twenty, the rest stays as it is."""
    seen = hits[:READ]
    if len(seen) < 2:
        return tuple(hits)
    passages = listed("passages", [excerpt(one, question, _SHOWN) for one in seen])
    index = {"enum": list(range(1, len(seen) + 1))}
    form = {"order": {"type": "array", "items": index, "maxItems": len(seen)}}
    reply = await talk.ask("rerank", f"{fenced('question', question)}\n\n{passages}", form)
    if reply is None:
        return tuple(hits)
    first = [seen[one - 1] for one in dict.fromkeys(reply["order"])]
    there = {one.passage.id for one in first}
    return with_scores_of([*first, *(one for one in hits if one.passage.id not in there)], hits)
