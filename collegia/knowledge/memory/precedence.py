"""Who is believed: what the user says now, then what they said before, then sources, then what a model knows by heart.

Who comes first is believed alone. What another says differently is a conflict that is shown; nothing is averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from collegia.errors import UsageError
from collegia.knowledge.memory.amounts import same_amount
from collegia.knowledge.memory.records import Claim, Conflict, Origin

__all__ = ["PRECEDENCE", "Settled", "same", "settle"]

PRECEDENCE: tuple[Origin, ...] = ("user", "remembered", "retrieved", "model")

_GOES_BEFORE: dict[Origin, str] = {
    "user": "what you say now goes before everything else",
    "remembered": "what you said before goes before documents and models",
    "retrieved": "a document goes before what a model knows by heart",
    "model": "the first of its claims stands",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What is believed.

    Attributes:
        value: the claim that stands.
        origin: who says so.
        conflicts: every claim that says something else, in order of precedence.
    """

    value: Claim
    origin: Origin
    conflicts: tuple[Conflict, ...] = ()


def same(left: Claim, right: Claim) -> bool:
    """Whether two claims say the same, in whatever unit and spelling."""
    return same_amount(left.amount, right.amount)


def settle(
    user: Claim | None = None,
    remembered: Claim | None = None,
    retrieved: Claim | Sequence[Claim] | None = None,
    model: Claim | None = None,
) -> Settled | None:
    """The claim that stands, and every one that says something else; None where nobody claims anything.

    Args:
        user: what the question or an answer to a question back says.
        remembered: a fact's claim, `Fact.claim()`.
        retrieved: what documents say, the best first; the first goes before the others.
        model: what a model says without a source.

    Raises:
        UsageError: a claim is given in the place of another origin.
    """
    sources = () if retrieved is None else (retrieved,) if isinstance(retrieved, Claim) else tuple(retrieved)
    ranked: list[Claim] = []
    for origin, given in zip(PRECEDENCE, ((user,), (remembered,), sources, (model,)), strict=True):
        for claim in given:
            if claim is None:
                continue
            if claim.origin != origin:
                raise UsageError(f"a claim of origin {claim.origin!r} was given as {origin!r}; give it in its place")
            ranked.append(claim)
    if not ranked:
        return None
    kept = ranked[0]
    conflicts = tuple(Conflict(kept, other, _why(kept, other)) for other in ranked[1:] if not same(kept, other))
    return Settled(kept, kept.origin, conflicts)


def _why(kept: Claim, dropped: Claim) -> str:
    what = f"{kept.what}: " if kept.what else ""
    told = f"{what}{_who(kept)} {kept.amount.written}, {_who(dropped)} {dropped.amount.written}"
    if kept.origin == dropped.origin:
        return f"{told}; the one found first stands"
    return f"{told}; {_GOES_BEFORE[kept.origin]}"


def _who(claim: Claim) -> str:
    """Who says so, as the beginning of a clause that ends with what is said."""
    on = f" on {claim.date}" if claim.date else ""
    match claim.origin:
        case "user":
            return "you say now"
        case "remembered":
            return f"you said{on}"
        case "retrieved":
            return f"{claim.source or 'a document'} says"
        case "model":
            return f"{claim.source or 'a model'} says without a source"
