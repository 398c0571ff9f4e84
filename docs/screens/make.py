"""The pictures of the terminal app in the docs, from the app itself.

    python docs/screens/make.py [FOLDER]

The app runs without a terminal, on a home that is thrown away, and each main screen is saved as NAME.svg.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

QUESTION = (
    "What pump power is needed to move 50 m³/h of water at 20 °C through 200 m of DN 100 steel pipe with a 15 m static"
    " head? Pump efficiency 70 %"
)
SCREENS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("welcome", ()),
    ("answer", (QUESTION, "and in DN 150?")),
    ("evidence", ("key:f3", "key:1")),
    ("passage", ("back", "Why does cavitation damage a pump?", "key:f3", "key:1")),
    ("experts", ("back", "/experts pump_power")),
    ("knowledge", ("back", "key:f5")),
    ("sessions", ("back", "key:f6")),
    ("models", ("back", "key:f7")),
    ("help", ("back", "key:f1")),
)
"""Each screen, and what is typed or pressed to come to it from the one before."""


async def make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    from collegia import Assistant
    from collegia.tui.app import CollegiaApp

    app = CollegiaApp(Assistant)
    async with app.run_test(size=(132, 38)) as pilot:
        await app.assistant()
        await quiet(pilot)
        for name, steps in SCREENS:
            for one in steps:
                if one == "back":
                    while len(app.screen_stack) > 1:
                        app.pop_screen()
                elif one.startswith("key:"):
                    await pilot.press(one.removeprefix("key:"))
                else:
                    app.screen.query_one("Prompt").put(one)
                    await pilot.press("enter")
                await quiet(pilot)
            app.save_screenshot(f"{name}.svg", path=str(folder))
            print(folder / f"{name}.svg")


async def quiet(pilot) -> None:
    """Wait until nothing is going on any more, and half a second for what is drawn by the clock."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.5)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["COLLEGIA_HOME"] = home
        asyncio.run(make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent))
