"""What a turn of a session is: a question of its own, a follow-up, an answer, or a question why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from collegia.agents.plan import Proposal
from collegia.agents.result import Result
from collegia.agents.store import RunRecord
from collegia.agents.talk.base import Base
from collegia.agents.talk.changes import Back
from collegia.agents.talk.explaining import asks_why, explanation
from collegia.agents.talk.follow import Followed, follow
from collegia.agents.talk.turns import Turn, turn_of
from collegia.knowledge.expert import QUOTATIONS
from collegia.tools.registry import Registry

__all__ = ["Afresh", "Answer", "Decider", "Explained", "Move"]


_FEW = 4
"""So many words are no question of their own where nothing installed concerns them."""


@dataclass(frozen=True)
class Afresh:
    """A question of its own."""


@dataclass(frozen=True)
class Answer:
    """The answer to what a run asked back."""

    run_id: str


@dataclass(frozen=True)
class Explained:
    """Why the last answer is what it is."""

    text: str
    result: Result


Move = Afresh | Answer | Explained | Followed | Back


@dataclass(frozen=True)
class Decider:
    """Decides what a turn is.

    Attributes:
        registry: the experts.
        plan: plans a question with its answers by types.
        runs: finds a stored run.
        answers: what was answered in a stored run.
    """

    registry: Registry
    plan: Callable[[str, Sequence[str]], Proposal]
    runs: Callable[[str], RunRecord]
    answers: Callable[[str], Sequence[str]]

    def decide(self, text: str, last: RunRecord | None) -> tuple[Move, str]:
        """What a turn is after the last run of its session, and the id of the run that it follows."""
        if last is None or last.result is None:
            return Afresh(), ""
        if pending := last.options.get("pending"):
            return self._to_question_back(text, pending), str(pending["follows"])
        alone = self._alone(text)
        if last.status == "clarify" and "asks_in" not in last.options:
            return (Afresh(), "") if self._is_whole(text, alone) else (Answer(last.run_id), "")
        base = self._base(last)
        turn = turn_of(text, self.registry)
        if base is None:
            return self._without_base(turn, alone), ""
        if asks_why(turn, base):
            result = Result.from_dict(last.result)
            return Explained(explanation(result, base), result), last.run_id
        move = self._follow(turn, base, alone)
        return move, "" if isinstance(move, Afresh) else last.run_id

    def settled(self, text: str, follows: str, told: str) -> Move | None:
        """What a follow-up comes to where one of the values that it may mean was chosen; None where that fails."""
        base = self._base(self.runs(follows))
        found = None if base is None else follow(turn_of(text, self.registry), base, self.plan, choice=told)
        return found if isinstance(found, Followed) else None

    def _follow(self, turn: Turn, base: Base, alone: Proposal) -> Move:
        """A follow-up where it says so or cannot stand by itself; otherwise a question of its own."""
        whole = _computes(alone)
        if whole and not turn.marked:
            return Afresh()
        found = follow(turn, base, self.plan)
        if isinstance(found, Followed) and (found.kept or not whole):
            return found
        if whole or (alone.status == "plan" and not turn.marked):
            return Afresh()
        if isinstance(found, Back):
            return found
        outside = alone.status == "out_of_domain" and (turn.said or len(turn.tokens) <= _FEW)
        if turn.marked or not turn.asks or outside:
            return _unmatched(turn, base)
        return Afresh()

    def _without_base(self, turn: Turn, alone: Proposal) -> Move:
        """After a run without a plan to change: only what stands by itself."""
        if alone.status == "plan" or (turn.asks and not turn.marked):
            return Afresh()
        if turn.marked or ((turn.said or turn.units) and not turn.asks):
            return Back("The last question has no plan that could be changed. Please ask the whole question.")
        return Afresh()

    def _to_question_back(self, text: str, pending: dict[str, str]) -> Move:
        """A turn after "which of them?": it says which, or says the follow-up anew, or asks something else."""
        run = self.runs(pending["follows"])
        base = self._base(run)
        if base is None or run.result is None:
            return Afresh()
        turn, before = turn_of(text, self.registry), turn_of(pending["text"], self.registry)
        if asks_why(turn, base):
            result = Result.from_dict(run.result)
            return Explained(explanation(result, base), result)
        if label := pending.get("label"):
            before = turn_of(f"{label} {text}", self.registry)
        says = bool(turn.said or turn.asks or turn.units) or turn.marked or turn.names_what_changes
        answered = follow(before, base, self.plan, choice=text) if label or not says else None
        if isinstance(answered, Followed):
            return answered
        anew = follow(turn, base, self.plan)
        if isinstance(anew, Followed):
            return anew
        if not answered and says:
            answered = follow(before, base, self.plan, choice=text)
            if isinstance(answered, Followed):
                return answered
        if self._is_whole(text, self._alone(text)):
            return Afresh()
        return anew or (None if says else answered) or _unmatched(turn, base)

    def _base(self, run: RunRecord) -> Base | None:
        result = None if run.result is None else Result.from_dict(run.result)
        if result is None or result.plan is None or not _is_numeric(result.plan.asked):
            return None
        if not all(step.expert in self.registry.experts for step in result.plan.steps):
            return None
        return Base(run.run_id, run.question, tuple(self.answers(run.run_id)), result.plan, self.registry)

    def _alone(self, text: str) -> Proposal:
        return self.plan(text, ())

    def _is_whole(self, text: str, alone: Proposal) -> bool:
        """Whether a text is plainly a question of its own: it asks, and is planned without anything before it."""
        return _computes(alone) and bool(turn_of(text, self.registry).asks)


def _computes(proposal: Proposal) -> bool:
    return proposal.status == "plan" and _is_numeric(proposal.plan.asked)


def _is_numeric(asked: Sequence[object]) -> bool:
    return any(getattr(one, "kind", "") != QUOTATIONS.name for one in asked)


def _unmatched(turn: Turn, base: Base) -> Back:
    stated = "; ".join(place.told for place in base.stated)
    text = f"I do not see what “{turn.text}” changes in the last question"
    return Back(f"{text}, which states: {stated}. Please name it, or ask the whole question.")
