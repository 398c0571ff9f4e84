"""What a run's calls of models use, counted against its budget.

The meter travels with the context: whatever a run starts, in tasks of its own too, counts on the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from collegia.errors import BudgetSpent
from collegia.settings import Budget
from collegia.tools.models.types import Message, Tokens

__all__ = ["Call", "Meter", "current_meter", "metered"]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a model, as the log keeps it."""

    role: str
    model: str
    messages: tuple[Message, ...]
    text: str
    tokens: Tokens
    seconds: float
    error: str = ""
    """Why there is no text, or no more of it; empty where it is whole."""


@dataclass
class Meter:
    """Counts calls, tokens and money. What an open call may use at the most is held back until it is over.

    Attributes:
        budget: the limits; None for none.
        on_call: told of each call once it is over.
        cost: the sum of the known costs.
        unpriced: how many calls had no known cost, so that `cost` is too low by theirs.
    """

    budget: Budget | None = None
    on_call: Callable[[Call], None] | None = None
    calls: int = 0
    read: int = 0
    written: int = 0
    cost: float = 0.0
    unpriced: int = 0
    _open: list[Tokens] = field(default_factory=list, repr=False)

    def start(self, label: str, most: Tokens) -> None:
        """Count a call that is about to be made.

        Args:
            label: of the model.
            most: what the call may use.

        Raises:
            BudgetSpent: it might go past the limits.
        """
        if self.budget is not None:
            self._check(self.budget, f"so {label} was not asked", most)
        self._open.append(most)

    def end(self, call: Call, most: Tokens) -> None:
        """Count what a call used; `most` is what was held back for it."""
        self._open.remove(most)
        self.count(call.tokens)
        if self.on_call is not None:
            self.on_call(call)

    def count(self, used: Tokens) -> None:
        """Count a call that is over."""
        self.calls += 1
        self.read += used.read
        self.written += used.written
        if used.cost is None:
            self.unpriced += 1
        else:
            self.cost += used.cost

    def _check(self, budget: Budget, so: str, most: Tokens) -> None:
        if self.calls + len(self._open) >= budget.max_calls:
            raise BudgetSpent(f"the budget of {budget.max_calls} model calls (max_calls) is spent, {so}")
        tokens = sum(one.read + one.written for one in (*self._open, most))
        if self.read + self.written + tokens > budget.max_tokens:
            raise BudgetSpent(
                f"of the budget of {budget.max_tokens} tokens (max_tokens) {self.read + self.written} are used,"
                f" and {tokens} might be with this call, {so}"
            )
        if budget.max_cost is None:
            return
        if most.cost is None:
            raise BudgetSpent(
                f"max_cost is set and the price of this model is not known, {so};"
                " set prompt_price and output_price, 0 where it costs nothing"
            )
        cost = sum(one.cost or 0.0 for one in (*self._open, most))
        if self.cost + cost > budget.max_cost:
            raise BudgetSpent(
                f"of the {budget.max_cost:g} that models may cost (max_cost) {self.cost:.4g} is spent,"
                f" and {cost:.4g} might be with this call, {so}"
            )


_meter: ContextVar[Meter | None] = ContextVar("collegia_meter", default=None)


def current_meter() -> Meter:
    """The meter of the run; one without limits outside of a run."""
    return _meter.get() or Meter()


@contextmanager
def metered(meter: Meter) -> Iterator[Meter]:
    """Count every call that is made within."""
    token = _meter.set(meter)
    try:
        yield meter
    finally:
        _meter.reset(token)
