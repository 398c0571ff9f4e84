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
    """Why there is no text; empty where there is."""


@dataclass
class Meter:
    """Counts calls, tokens and money.

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
    _open: int = field(default=0, repr=False)

    def start(self, label: str) -> None:
        """Count a call that is about to be made.

        Raises:
            BudgetSpent: it would go past the limits.
        """
        if self.budget is not None:
            spent = f"so {label} was not asked"
            if self.calls + self._open >= self.budget.max_calls:
                raise BudgetSpent(f"the budget of {self.budget.max_calls} model calls is spent, {spent}")
            if self.read + self.written >= self.budget.max_tokens:
                raise BudgetSpent(f"the budget of {self.budget.max_tokens} tokens is spent, {spent}")
            if self.budget.max_cost is not None and self.cost >= self.budget.max_cost:
                raise BudgetSpent(f"the budget of {self.budget.max_cost:g} for models is spent, {spent}")
        self._open += 1

    def end(self, call: Call) -> None:
        """Count what a call used."""
        self._open -= 1
        self.calls += 1
        self.read += call.tokens.read
        self.written += call.tokens.written
        if call.tokens.cost is None:
            self.unpriced += 1
        else:
            self.cost += call.tokens.cost
        if self.on_call is not None:
            self.on_call(call)

    def abandon(self) -> None:
        """A call that was started was cancelled."""
        self._open -= 1
        self.calls += 1
        self.unpriced += 1


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
