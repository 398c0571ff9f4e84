"""What is behind an answer: its numbers and citations in a list, and behind each the calls or the passage."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static, Tree
from textual.widgets.option_list import Option

from collegia.errors import CollegiaError
from collegia.events import RunResumed
from collegia.tui.actions import bindings
from collegia.tui.branches import BranchTree, drawn
from collegia.tui.chat.transcript import Transcript
from collegia.tui.copying import copy
from collegia.tui.evidence.items import Item, items_of
from collegia.tui.evidence.telling import about, branch_of, question_content, spans_of
from collegia.tui.passage.screen import PassageScreen
from collegia.tui.passage.telling import citation
from collegia.tui.passage.view import PassageView
from collegia.tui.room import Room
from collegia.tui.wording import counted, one_line

if TYPE_CHECKING:
    from collegia.agents.result import Result
    from collegia.agents.trace import Trace
    from collegia.knowledge.store import KnowledgeStore

__all__ = ["EvidenceScreen"]


class EvidenceScreen(Room):
    """The evidence of one answer of the conversation.

    Args:
        argument: which answer, 1 for the first; the last where it is empty.
    """

    NAME = "Evidence"
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "evidence")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "evidence")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # as Textual declares it

    DEFAULT_CSS = """
    EvidenceScreen > #evidence { height: 1fr; layout: horizontal; }
    EvidenceScreen.-narrow > #evidence { layout: vertical; }
    EvidenceScreen #items { width: 40; height: 1fr; border: none; border-right: solid $primary 40%; padding: 0 1;
        text-wrap: nowrap; text-overflow: ellipsis; }
    EvidenceScreen.-narrow #items {
        width: 1fr; height: auto; max-height: 7; border: none; border-bottom: solid $primary 40%;
    }
    EvidenceScreen #behind { width: 1fr; height: 1fr; }
    EvidenceScreen #question { height: auto; max-height: 6; padding: 0 1; border-bottom: solid $primary 40%; }
    EvidenceScreen #about { height: auto; max-height: 6; padding: 0 1; border-top: solid $primary 40%; }
    EvidenceScreen .-off { display: none; }
    """

    def __init__(self, argument: str = "") -> None:
        super().__init__(argument)
        self._results: list[Result] = []
        self._place = 0
        self._items: tuple[Item, ...] = ()
        self._said = ""  # all that the user said in the run
        self._typed = ""  # what was typed, where that is not the question
        self._spans: list[tuple[int, int]] = []

    def content(self) -> ComposeResult:
        """The list, and what is behind the one pointed at."""
        with Container(id="evidence"):
            yield OptionList(id="items", compact=True)
            with Vertical(id="behind"):
                yield Static(Content(""), id="question")
                yield BranchTree["Trace"](id="trace")
                yield PassageView(id="passage")
                yield Static(Content(""), id="about")

    def on_mount(self) -> None:
        """Show the answer that was asked for."""
        turns = self.app.screen_stack[0].query_one(Transcript).turns
        self._results = [turn.result for turn in turns if turn.result is not None]
        last = len(self._results)
        asked = int(self.argument) if self.argument.isdecimal() and len(self.argument) < 9 else last
        self._place = max(0, min(asked, last) - 1)
        self.query_one("#items").focus()
        self._answer()

    # -- which answer, which of its numbers and citations

    @property
    def _result(self) -> Result | None:
        return self._results[self._place] if self._results else None

    def _answer(self) -> None:
        """Show the list of the present answer."""
        result, options = self._result, self.query_one("#items", OptionList)
        options.clear_options()
        self._items = () if result is None else items_of(result)
        for one in self._items:
            options.add_option(Option(Content.assemble((f"{one.label or '–'}  ", "bold"), one.told)))
        if result is None:
            self._nothing("There is no answer yet: ask something first.")
        elif not self._items:
            self._nothing(f"This answer has no number and no citation; it is {result.status}.")
        else:
            self._said, self._typed = result.question, result.said
            options.highlighted = 0
        if result is not None:
            which = f"answer {self._place + 1} of {len(self._results)} · " if len(self._results) > 1 else ""
            self.told(f"{which}{one_line(result.question, 100)}")

    def _nothing(self, told: str) -> None:
        self._only("#passage")
        self.query_one(PassageView).say(told)

    def _only(self, *shown: str) -> None:
        """Of what can stand behind an item, show these parts."""
        for part in ("#question", "#trace", "#passage", "#about"):
            self.query_one(part).set_class(part not in shown, "-off")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what is behind it."""
        self.run_worker(self._show(self._items[event.option_index]), exclusive=True, name="evidence")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go into what is behind it."""
        event.stop()
        self.run_worker(self.action_open())

    def on_key(self, event: events.Key) -> None:
        """A label opens what it stands at."""
        for place, one in enumerate(self._items):
            if one.label and one.label == event.character:
                event.stop()
                self.query_one("#items", OptionList).highlighted = place
                self._enter()

    def _enter(self) -> None:
        """Give the focus to what is behind the item pointed at."""
        item = self._item
        if item is None:
            return
        if item.kind == "quotation":
            self.query_one(PassageView).take_focus()
        else:
            self.query_one(BranchTree).focus()

    @property
    def _item(self) -> Item | None:
        place = self.query_one("#items", OptionList).highlighted
        return None if place is None or place >= len(self._items) else self._items[place]

    # -- what is behind it

    async def _show(self, item: Item) -> None:
        result = self._result
        if result is None:
            return
        if item.kind == "quotation":
            self._only("#passage")
            await self._show_quotation(result, item.place)
            return
        from collegia.agents.trace import spoken, trace, trace_step

        self._only("#question", "#trace", "#about")
        assistant = await self.app.assistant()
        if item.kind == "number":
            tree = trace(result, item.place, assistant.registry)
        else:
            tree = trace_step(result, result.replies[item.place].step, registry=assistant.registry)
        try:
            happened = await asyncio.to_thread(assistant.events, result.run_id)
        except CollegiaError:  # a run that is not stored any more: its answers to questions back are not shown
            happened = ()
        answers = [one.answer for one in happened if isinstance(one, RunResumed) and one.answer]
        self._said = spoken(result.question, answers)
        self._spans = spans_of(tree)
        self.query_one(BranchTree).plant(branch_of(tree))
        self._point(tree)

    async def _show_quotation(self, result: Result, place: int) -> None:
        from collegia.knowledge.excerpt import excerpt

        quoted, view = result.quotations[place], self.query_one(PassageView)
        store = await self._store()
        try:
            if store is None:
                view.say(f"There is no knowledge store to show it in.\n\n“{quoted.text}” [{quoted.document}]")
                return
            span = (quoted.start, quoted.end, quoted.text)
            view.show(await asyncio.to_thread(excerpt, store, quoted.source, *span))
        except CollegiaError as error:
            view.say(f"{error}\n\n“{quoted.text}” [{quoted.document}]")

    async def _store(self) -> KnowledgeStore | None:
        library = (await self.app.assistant()).library
        return None if library is None else library.store

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Trace]) -> None:
        """Tell more of the line pointed at."""
        self._point(event.node.data)

    def _point(self, trace: Trace | None) -> None:
        self.query_one("#about", Static).update(about(trace))
        chosen = None
        if trace is not None and trace.evidence.origin in ("question", "clarification"):
            chosen = (trace.evidence.start, trace.evidence.end)
        self.query_one("#question", Static).update(question_content(self._said, self._spans, chosen, self._typed))

    def on_tree_node_selected(self, event: Tree.NodeSelected[Trace]) -> None:
        """Open the passage that a value was taken from."""
        event.stop()
        self.run_worker(self.action_open())

    # -- actions

    async def action_open(self) -> None:
        """Go into what is behind the item; from there, open the passage pointed at."""
        item, result = self._item, self._result
        if item is None or result is None:
            return
        if self.focused is self.query_one("#items"):
            self._enter()
            return
        store, source, span, words = await self._store(), "", (0, 0), ""
        if item.kind == "quotation":
            quoted = result.quotations[item.place]
            source, span, words = quoted.source, (quoted.start, quoted.end), quoted.text
        elif (node := self.query_one(BranchTree).cursor_node) is not None and node.data is not None:
            evidence = node.data.evidence
            if evidence.origin == "passage":
                source, span, words = evidence.source, (evidence.start, evidence.end), evidence.text
        if store is not None and source:
            self.app.push_screen(PassageScreen(store, source, *span, words))

    async def action_graph(self) -> None:
        """Show the graph around the passage, or around what a number is of."""
        from collegia.knowledge.graph import first_known
        from collegia.tui.graph.screen import GraphScreen

        item, result = self._item, self._result
        if item is None or result is None:
            return
        shown = self.query_one(PassageView).excerpt
        if item.kind == "quotation":
            if shown is not None:
                self.app.push_screen(GraphScreen(at=(shown.document, shown.start, shown.end, shown.name)))
            return
        library, name = (await self.app.assistant()).library, ""
        try:
            if library is not None:
                found = await asyncio.to_thread(library.search, result.question, 1)
                name = await asyncio.to_thread(first_known, library.store, [item.title, *found.names])
        except CollegiaError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        if name:
            self.app.push_screen(GraphScreen(name))
        else:
            self.notify("The documents have no name for what was asked.", severity="warning")

    def action_back(self) -> None:
        """Go back to the list, and from there to the conversation."""
        options = self.query_one("#items")
        if self.focused is options or not self._items:
            super().action_back()
        else:
            options.focus()

    def action_earlier(self) -> None:
        """Show the answer before."""
        self._step(-1)

    def action_later(self) -> None:
        """Show the next answer."""
        self._step(1)

    def _step(self, step: int) -> None:
        place = self._place + step
        if 0 <= place < len(self._results):
            self._place = place
            self.query_one("#items").focus()
            self._answer()
        else:
            self.notify(f"The conversation has {counted(len(self._results), 'answer')}.")

    def action_copy(self) -> None:
        """Copy what is shown: the selection, the passage with its place, or the tree drawn in lines."""
        item, text = self._item, self.get_selected_text() or ""
        shown, branch = self.query_one(PassageView).excerpt, self.query_one(BranchTree).branch
        if not text and item is not None and item.kind == "quotation" and shown is not None:
            text = citation(shown)
        elif not text and item is not None and branch is not None:
            text = "\n".join((self._said, *drawn(branch)))
        if text:
            self.notify(copy(self.app, text), markup=False)
