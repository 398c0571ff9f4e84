"""Which facts are meant by a number or by words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collegia.errors import UsageError
from collegia.knowledge.memory.expand import short_key
from collegia.knowledge.memory.naming import canonical
from collegia.knowledge.memory.records import Fact, Statement
from collegia.knowledge.memory.rows import key_of
from collegia.knowledge.memory.wording import shown

__all__ = ["chosen"]

_SHOWN = 5


def chosen(known: Mapping[int, Fact], which: int | str) -> tuple[Fact, ...]:
    """The fact of a number or of a text, with all those whose place it took.

    Raises:
        UsageError: none is meant, or several that have nothing to do with each other; the message names them.
    """
    if isinstance(which, int):
        if which not in known:
            raise UsageError(f"nothing remembered has the number {which}; `collegia memory list` shows all")
        found = [known[which]]
    else:
        found = _said(known, which)
    ids = {fact.id for fact in found}
    grown = -1
    while grown != len(ids):
        grown = len(ids)
        ids |= {fact.id for fact in known.values() if fact.replaced_by in ids}
    return tuple(known[number] for number in sorted(ids))


def _said(known: Mapping[int, Fact], text: str) -> list[Fact]:
    """The facts on the one thing that a text means."""
    plain = _plain(text)
    if not plain:
        raise UsageError("what is to be forgotten is empty")
    found = [fact for fact in known.values() if _plain(fact.text) == plain]
    if not found:
        keys = {" ".join(canonical(text)), short_key(text.strip())} - {""}
        found = [
            fact
            for fact in known.values()
            if not isinstance(fact.content, Statement) and key_of(fact.content, fact.text) in keys
        ]
    things = {(fact.kind, key_of(fact.content, fact.text)) for fact in found}
    if len(things) == 1:
        return found
    if things:
        raise UsageError(f"{shown(text)!r} may be any of these: {_named(found)}; give the number of one")
    near = [fact for fact in known.values() if plain in _plain(fact.text)]
    hint = f"; near it: {_named(near)}" if near else ""
    raise UsageError(f"nothing remembered says {shown(text)!r}{hint}; `collegia memory list` shows all")


def _plain(text: str) -> str:
    return " ".join(text.casefold().rstrip(".! ").split())


def _named(facts: Iterable[Fact]) -> str:
    some = list(facts)
    more = f" and {len(some) - _SHOWN} more" if len(some) > _SHOWN else ""
    return ", ".join(f"{fact.id} ({shown(fact.text)})" for fact in some[:_SHOWN]) + more
