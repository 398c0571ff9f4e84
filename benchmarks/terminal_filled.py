"""The app with 500 messages in it and a plan of 60 steps that goes on; `terminal.py` starts it in a terminal.

python benchmarks/terminal_filled.py MESSAGES STEPS STREAMED_PER_SECOND
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import count

from collegia import Assistant, RunStore
from collegia.tui.app import CollegiaApp
from collegia.tui.chat.transcript import Transcript
from collegia.tui.chat.turn import Turn
from collegia.tui.view import RunView, StepView

QUESTION = "What is the density of water at 60 °C and 5 bar?"
MESSAGES, STEPS, STREAMED = map(int, sys.argv[1:4])
LONG = 5000  # characters of a long answer
TEXT = "A valve that closes fast stops the column of liquid behind it, and the **pressure** rises by *ρ·a·Δv*. "


class Filled(CollegiaApp):
    async def on_mount(self) -> None:
        self.run_worker(self.fill())

    async def fill(self) -> None:
        assistant = await self.assistant()
        result = await assistant.ask(QUESTION)
        screen = self.screen_stack[0]
        transcript = screen.query_one(Transcript)
        for place in range(MESSAGES):
            await transcript.add(Turn(f"{place}: {QUESTION}", result))
        steps = tuple(
            StepView(f"s{place}", "pump_power", tuple({f"s{place // 2}", f"s{place // 3}"} - {f"s{place}"}))
            for place in range(STEPS)
        )
        screen.run_view = RunView("run", QUESTION, "running", steps)
        self.set_interval(0.1, self.step)
        if STREAMED:
            self.set_interval(1 / STREAMED, self.stream)
        self.screen.query_one("#top").update("FILLED")

    async def stream(self) -> None:
        """Write a piece more of an answer; one of some length ends, and the next begins."""
        transcript = self.screen_stack[0].query_one(Transcript)
        if not transcript.turns[-1].is_attached or transcript.turns[-1].result or len(self.draft) > LONG:
            self.draft = ""
            await transcript.add(Turn("streamed"))
        self.draft += TEXT
        transcript.turns[-1].follow(RunView(phase="writing", draft=self.draft))

    def step(self) -> None:
        """Let another step work, so that the plan is drawn anew ten times a second."""
        screen = self.screen_stack[0]
        at = next(self.places) % STEPS
        steps = [
            replace(one, state="finished" if place < at else "running" if place == at else "waiting", seconds=0.01)
            for place, one in enumerate(screen.run_view.steps)
        ]
        screen.run_view = replace(screen.run_view, steps=tuple(steps))

    places = count()
    draft = ""


if __name__ == "__main__":
    Filled(lambda: Assistant(store=RunStore.in_memory())).run()
