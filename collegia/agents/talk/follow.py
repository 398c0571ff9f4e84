"""What a follow-up makes of the last question: the question with other words in it, or a question back.

The words of the last question that gave each value are known from its plan. A follow-up is read as any question is.
What it states takes the place of the one value that it can be meant for; what it asks takes the place of what was
asked; the question that this makes is planned by types like any other. The plan stands only if everything that was kept
is in it as it was. Nothing is taken where more than one thing could be meant: that is asked back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from collegia.agents.plan import Proposal
from collegia.agents.talk.asking import asked_ways, unit_ways
from collegia.agents.talk.base import Base
from collegia.agents.talk.changes import Back, Found, Unclear, changes
from collegia.agents.talk.rewriting import Edit, Rewritten, rewritten, same_but_for
from collegia.agents.talk.turns import Turn

__all__ = ["Followed", "follow"]

Planning = Callable[[str, Sequence[str]], Proposal]


@dataclass(frozen=True)
class Followed:
    """The question that a follow-up makes of the last one, with its proposal."""

    question: str
    answers: tuple[str, ...]
    proposal: Proposal
    kept: tuple[str, ...]
    changed: tuple[str, ...]


def follow(turn: Turn, base: Base, plan: Planning, choice: str = "") -> Followed | Back | None:
    """What a turn makes of the last question; None where it says nothing of it.

    Args:
        turn: read.
        base: the last question, with its plan.
        plan: plans a question with its answers by types.
        choice: the answer to "which of them?", where that was asked of this turn.
    """
    found = Found()
    try:
        for change in changes(turn, base, found, choice):
            found.changes.append(change)
        if not found.changes and not turn.asks and not turn.units:
            return None
        kinds = found.kinds | {kind for ask in turn.asks for kind in ask.kinds}
        if strange := turn.strange(kinds, found.words) or _loose(turn):
            return _strange(strange)
        return _planned(turn, base, plan, found)
    except Unclear as unclear:
        unknown = "" if choice else turn.strange({entry.subject for hit in turn.hits for entry in hit.entries}, ())
        return _strange(unknown) if unknown else unclear.back


def _strange(words: str) -> Back:
    return Back(f"I do not know what “{words}” changes in the last question. Please say it in other words.")


def _loose(turn: Turn) -> str:
    """What the reading of a turn could not follow."""
    numbers = {one.text for one in turn.said}
    return " ".join((*(one for one in turn.reading.loose if one not in numbers), *turn.reading.unasked))


def _planned(turn: Turn, base: Base, plan: Planning, found: Found) -> Followed | Back | None:
    """The first question that the changes make which is planned as it should be."""
    edits = [edit for change in found.changes for edit in change.edits]
    added = "".join(change.added for change in found.changes)
    told = [change.told for change in found.changes]
    best: Followed | None = None
    in_ask = any(_in_ask(edit, base) for edit in edits)
    for way in (*asked_ways(turn, base, in_ask=in_ask), *unit_ways(turn, base)):
        made = rewritten(base, [*edits, *way.edits], _sentence(base.question, added), way.added)
        proposal = plan(made.question, made.answers)
        if proposal.status == "plan":
            taken = way.taking(proposal.plan)
            if taken is not None and same_but_for(taken, made, other_asked=way.other):
                proposal = proposal.model_copy(update={"plan": taken})
                return _followed(made, proposal, base, (*told, *way.told(taken)))
        elif best is None and _lacks_more(proposal, base):
            best = _followed(made, proposal, base, tuple(told))
    return best


def _lacks_more(proposal: Proposal, base: Base) -> bool:
    """Whether a question back asks for what the last question did not state: a new question has new needs."""
    if proposal.status != "clarify" or not proposal.missing or proposal.message:
        return False
    known = {kind for place in base.stated for kind in place.kinds}
    return not any(one.kind in known for one in proposal.missing)


def _in_ask(edit: Edit, base: Base) -> bool:
    return any(ask.start <= edit.start and edit.end <= max(ask.end, ask.start) for ask in base.reading.asks)


def _sentence(question: str, added: str) -> str:
    """What stands behind the question, as a sentence of its own where the question ends one."""
    if added and question.rstrip()[-1:] in ".?!":
        return f" With {added.removeprefix(', ').removeprefix('with ')}."
    return added


def _followed(made: Rewritten, proposal: Proposal, base: Base, changed: Sequence[str]) -> Followed:
    if proposal.status == "plan":
        new = Base(base.run_id, made.question, made.answers, proposal.plan, base.registry)
        kept = [place.told for place in new.stated if not made.is_new(place.start, place.end)]
    else:
        kept = [place.told for place in base.stated if not made.is_edited(place)]
    return Followed(made.question, made.answers, proposal, tuple(dict.fromkeys(kept)), tuple(dict.fromkeys(changed)))
