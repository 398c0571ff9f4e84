"""An expert tried by hand: a form made from its types, and what a call gives."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from collegia.errors import CollegiaError
from collegia.tui.actions import bindings
from collegia.tui.chat.telling import answer_content, notes_content, shown
from collegia.tui.experts.field import Field
from collegia.tui.room import Room

if TYPE_CHECKING:
    from collegia.agents.result import Result
    from collegia.agents.trying import Trial
    from collegia.tools.expert import Expert
    from collegia.tools.registry import Registry

__all__ = ["TryScreen", "taken_content"]


class TryScreen(Room):
    """The form of one expert; its name is the argument."""

    NAME = "Try"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "try")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "try")

    DEFAULT_CSS = """
    TryScreen > #form { padding: 0 1; }
    TryScreen #purpose, TryScreen #outcome { height: auto; margin: 0 0 1 0; }
    TryScreen #outcome { border-left: thick $primary; padding: 0 1; display: none; }
    TryScreen #outcome.-some { display: block; }
    """

    def __init__(self, argument: str = "") -> None:
        super().__init__(argument)
        self.result: Result | None = None
        self._calling: asyncio.Task[Trial] | None = None
        self._examples = 0

    def content(self) -> ComposeResult:
        """The form, and below it what came of it."""
        with VerticalScroll(id="form", can_focus=False):
            yield Static("", id="purpose", markup=False)
            yield Static("", id="outcome", markup=False)

    async def on_mount(self) -> None:
        """Make the fields."""
        from collegia.agents.fields import fields

        expert = await self._expert()
        self.told(expert.name)
        self.query_one("#purpose", Static).update(Content(shown(expert.card.purpose)))
        made = [Field(port) for port in fields(expert.card)]
        await self.query_one("#form").mount_all(made, before="#outcome")
        if made:
            made[0].reach()

    async def _expert(self) -> Expert:
        return (await self.app.assistant()).registry.experts[self.argument]

    def on_input_submitted(self) -> None:
        """Enter in a field calls the expert."""
        self.action_run()

    def action_run(self) -> None:
        """Call it with what is filled in."""
        if self._calling is None:
            self.run_worker(self._run(), name="try")

    def action_back(self) -> None:
        """Stop the call; without one, return."""
        if self._calling is not None:
            self._calling.cancel()
        else:
            super().action_back()

    async def action_example(self) -> None:
        """Fill in a worked example of the card; the next one with each press."""
        from collegia.agents.fields import example_words

        card = (await self._expert()).card
        if not card.examples:
            self.notify("Its card has no example.", severity="warning")
            return
        words = example_words(card, card.examples[self._examples % len(card.examples)])
        self._examples += 1
        for field in self.query(Field):
            field.put(words.get(field.port.name, ""))

    async def _run(self) -> None:
        from collegia.agents.trying import try_expert

        assistant = await self.app.assistant()
        words = {field.port.name: field.words for field in self.query(Field)}
        self._tell(Content("calling it; Esc stops"))
        self._calling = asyncio.ensure_future(try_expert(self.argument, words, assistant.registry, assistant.settings))
        try:
            self._end(await self._calling, assistant.registry)
        except asyncio.CancelledError:
            self._tell(Content("Stopped."))
        except CollegiaError as error:
            self._tell(Content(shown(str(error))))
        finally:
            self._calling = None

    def _end(self, trial: Trial, registry: Registry) -> None:
        wrong = [field for field in self.query(Field) if field.port.name in trial.faults]
        for field in self.query(Field):
            field.show_fault(trial.faults.get(field.port.name, ""))
        self.result = trial.result
        if wrong:
            self._tell(Content(f"Not called: {len(wrong)} of the fields must be mended."))
            wrong[0].reach()
            wrong[0].scroll_visible(animate=False)
        elif trial.result is not None:
            self._tell(taken_content(trial.result, registry))

    def _tell(self, content: Content) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.set_class(bool(content.plain), "-some")
        outcome.update(content)
        self.call_after_refresh(outcome.scroll_visible, animate=False)


def taken_content(result: Result, registry: Registry) -> Content:
    """What a call gave: outputs with units, how each input was taken, cautions, source."""
    from collegia.agents.telling import origin_text, port_of, value_text

    parts: list[Content | str | tuple[str, str]] = [answer_content(result), "\n"]
    for step in result.steps:
        for name, value in step.inputs.items():
            taken = f"{name} {value_text(value, port_of(registry, step.expert, name))}{origin_text(step, name)}"
            parts.append((f"taken: {shown(taken)}\n", "dim"))
        if step.source:
            parts.append((f"source: {shown(step.source)}\n", "dim"))
    parts.append(notes_content(result))
    return Content.assemble(*parts).rstrip()
