"""What runs took together."""

from __future__ import annotations

from typing import Any

from collegia.agents.result import Usage
from collegia.agents.spending import fullest, together
from collegia.events import ModelCalled, RunStarted


def called(model: str, read: int, written: int) -> ModelCalled:
    common: dict[str, Any] = {"run_id": "r", "seq": 0, "at": "t"}
    return ModelCalled(**common, role="planner", model=model, messages=(), reply="", read=read, written=written)


def test_what_runs_took_is_summed() -> None:
    one = Usage(steps=2, seconds=1.5, model_calls=1, tokens_read=10, tokens_written=5, cost=0.25)
    assert together([one, one]) == Usage(
        steps=4, seconds=3.0, model_calls=2, tokens_read=20, tokens_written=10, cost=0.5
    )
    assert together([]) == Usage()


def test_a_cost_that_is_not_known_of_one_run_is_not_known_of_all() -> None:
    assert together([Usage(cost=1.0), Usage(cost=None), Usage(cost=1.0)]).cost is None


def test_the_fullest_call_counts_for_each_model_its_adapters_with_it() -> None:
    events = [
        RunStarted(run_id="r", seq=0, at="t", question="q", notes=()),
        called("small", 100, 20), called("small#oil", 300, 1), called("small", 5, 5), called("large", 7, 3),
    ]  # fmt: skip
    assert fullest(events) == {"small": 301, "large": 10}
    assert fullest([]) == {}
