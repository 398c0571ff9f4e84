"""A run killed at any moment resumes to the same numbers and starts no finished step again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import toys as t

from collegia.agents.assistant import Assistant
from collegia.agents.log import RunLog
from collegia.agents.nodes import start
from collegia.agents.plan import Missing, Proposal
from collegia.agents.store import RunStore
from collegia.events import Event, RunResumed, StepFinished, StepStarted
from collegia.tools.registry import Registry

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "kill_resume.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the benchmark forks")
def test_twenty_kills_at_random_moments_change_no_number_and_repeat_no_finished_step() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARK), "20"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    assert (said["kills"], said["faults"]) == (20, [])
    assert sum(said["steps_finished_at_kill"].values()) == 20


class Stop(BaseException):
    """Stands for the end of the process."""


class Dying(RunStore):
    """A store whose process dies right before or after its n-th event."""

    def __init__(self, path: Path, at: int, *, after: bool) -> None:
        super().__init__(path)
        self.left, self.after = at, after

    def append(self, event: Event) -> None:
        self.left -= 1
        if self.left < 0:
            if self.after:
                super().append(event)
            raise Stop
        super().append(event)


def planner() -> t.Scripted:
    """A plan that fails half way and is planned around."""
    first = t.plan(
        t.step("s1", "double", length=t.given(2.0)),
        t.step("s2", "weigh", length=t.of("s1", "size")),
        t.step("s3", "empty_handed", length=t.of("s1", "size")),
        asks=[t.asked("s2", "weight_kind", name="one"), t.asked("s3", "weight_kind", name="two")],
    )
    second = t.plan(
        t.step("a", "double", length=t.given(2.0)),
        t.step("b", "weigh", length=t.of("a", "size")),
        t.step("c", "add", left=t.of("b", "weight_kind"), right=t.of("b", "weight_kind")),
        asks=[t.asked("b", "weight_kind", name="one"), t.asked("c", "weight_kind", name="two")],
    )

    class ByAvoid(t.Scripted):
        def plan(
            self, question: str, registry: Registry, answers: Sequence[str] = (), avoid: frozenset[str] = frozenset()
        ) -> Proposal:
            super().plan(question, registry, answers, avoid)
            return t.proposed(second if avoid else first)

    return ByAvoid(first, second)


WHOLE_LENGTH = 14
"""Events of that run, from run_started to run_finished."""


def test_the_run_that_is_killed_below_has_as_many_events_as_are_tried() -> None:
    made = Assistant(t.registry(), planner=planner())
    result = made.ask_sync("how heavy?")
    assert (result.status, [one.value for one in result.quantities]) == ("answered", [12.0, 24.0])
    assert len(made.events(result.run_id)) == WHOLE_LENGTH


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(WHOLE_LENGTH))
def test_a_run_that_dies_at_any_event_comes_to_the_same_answer(home: Path, at: int, *, after: bool) -> None:
    whole = Assistant(t.registry(), planner=planner(), store=RunStore.in_memory()).ask_sync("how heavy?")
    path = home / "runs.sqlite"
    with pytest.raises(Stop):
        Assistant(t.registry(), planner=planner(), store=Dying(path, at, after=after)).ask_sync("how heavy?")
    made = Assistant(t.registry(), planner=planner())
    (record,) = made.runs()
    result = made.resume_sync(record.run_id)
    assert (result.status, result.quantities, result.plan) == (whole.status, whole.quantities, whole.plan)
    assert [(one.id, one.inputs, one.outputs) for one in result.steps] == [
        (one.id, one.inputs, one.outputs) for one in whole.steps
    ]
    finished: list[str] = []
    for event in made.events(record.run_id):
        if isinstance(event, StepStarted):
            assert event.expert not in finished, "a finished step was started again"
        if isinstance(event, StepFinished):
            finished.append(event.expert)
    assert sorted(finished) == ["add", "double", "weigh"]


def test_a_plan_that_was_made_is_not_made_again(home: Path) -> None:
    with pytest.raises(Stop):
        Assistant(t.registry(), planner=planner(), store=Dying(home / "runs.sqlite", 3, after=True)).ask_sync(
            "how heavy?"
        )
    again = planner()
    made = Assistant(t.registry(), planner=again)
    made.resume_sync(made.runs()[0].run_id)
    assert len(again.calls) == 1, "only the repair was planned"


@pytest.mark.parametrize("at", range(4))
def test_a_run_that_dies_after_its_answer_came_keeps_the_answer(home: Path, at: int) -> None:
    flow = Missing(name="flow", kind="flow")
    asked = Assistant(t.registry(), planner=t.Scripted(t.clarify(flow))).ask_sync("how heavy?")
    path = home / "runs.sqlite"
    dying = Assistant(t.registry(), planner=t.Scripted(t.three_steps()), store=Dying(path, at, after=True))
    with pytest.raises(Stop):
        dying.resume_sync(asked.run_id, "5 kg/s")
    last = t.Scripted(t.three_steps())
    made = Assistant(t.registry(), planner=last)
    assert made.resume_sync(asked.run_id).status == "answered"
    said = [event.answer for event in made.events(asked.run_id) if isinstance(event, RunResumed)]
    assert said == ["5 kg/s", None]


def test_a_run_that_dies_before_its_answer_is_stored_asks_again(home: Path) -> None:
    flow = Missing(name="flow", kind="flow")
    asked = Assistant(t.registry(), planner=t.Scripted(t.clarify(flow))).ask_sync("how heavy?")
    dying = Assistant(t.registry(), store=Dying(home / "runs.sqlite", 0, after=False))
    with pytest.raises(Stop):
        dying.resume_sync(asked.run_id, "5 kg/s")
    made = Assistant(t.registry(), planner=t.Scripted(t.three_steps()))
    assert made.resume_sync(asked.run_id).answer_text == asked.answer_text
    assert made.resume_sync(asked.run_id, "5 kg/s").status == "answered"


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_an_interrupted_run_is_stored_as_cancelled_and_goes_on(home: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(t.HERE)!r})\n"
        "import toys as t\n"
        "from collegia import Assistant\n"
        "plan = t.plan(t.step('s1', 'double', length=t.given(2.0)), t.step('s2', 'sleep_sync', length=t.given(30.0)),\n"
        "              asks=[t.asked('s1', 'size')])\n"
        "def tell(event):\n"
        "    if event.kind == 'step_finished': print(event.run_id, flush=True)\n"
        "Assistant(t.registry(), planner=t.Scripted(plan)).ask_sync('how big?', on_event=tell)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        run_id = child.stdout.readline().strip()
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=20)
    assert said.rstrip().endswith("KeyboardInterrupt")
    store = RunStore(home / "runs.sqlite")
    assert store.get(run_id).status == "cancelled"
    assert [event.kind for event in store.events(run_id)][-1] == "run_finished"


def test_a_run_that_ended_gives_its_stored_result_and_calls_nothing() -> None:
    scripted = t.Scripted(t.three_steps())
    made = Assistant(t.registry(), planner=scripted)
    done = made.ask_sync("how heavy?")
    before = made.events(done.run_id)
    assert made.resume_sync(done.run_id) == done
    assert made.events(done.run_id) == before
    assert len(scripted.calls) == 1


def test_a_run_begins_where_its_log_says() -> None:
    log = RunLog("r")
    assert start(log)["round"] == 0
