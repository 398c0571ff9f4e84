"""The documents that are quoted: a list of them, what a search finds in them, and what goes in and out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import ContentSwitcher, DataTable, Input, OptionList, Static
from textual.widgets.option_list import Option

from collegia.errors import CollegiaError, UsageError
from collegia.tui.actions import bindings
from collegia.tui.copying import copy
from collegia.tui.dialogs.confirm import Confirm
from collegia.tui.knowledge.adding import AddDocuments
from collegia.tui.knowledge.telling import (
    COLUMNS,
    document_cells,
    document_content,
    filtered,
    going,
    hit_content,
    totals,
)
from collegia.tui.passage.screen import PassageScreen
from collegia.tui.plain_input import PlainInput
from collegia.tui.room import Room
from collegia.tui.wording import counted, one_line
from collegia.tui.working import begin

if TYPE_CHECKING:
    from collegia.knowledge.library import Library
    from collegia.knowledge.records import Hit, StoredDocument

__all__ = ["KnowledgeScreen"]

_ROWS = 500  # documents in the table; a filter reaches the others
_HITS = 20


class KnowledgeScreen(Room):
    """The knowledge store.

    Args:
        argument: what to search for at once.
    """

    NAME = "Knowledge"
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "knowledge")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "knowledge")]

    DEFAULT_CSS = """
    KnowledgeScreen > #counts { height: 1; padding: 0 1; color: $text-muted; }
    KnowledgeScreen > #query { margin: 0 1; }
    KnowledgeScreen > ContentSwitcher { height: 1fr; }
    KnowledgeScreen DataTable { height: 1fr; padding: 0 1; }
    KnowledgeScreen #hits {
        height: 1fr; border: none; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
    }
    KnowledgeScreen > #told { height: auto; max-height: 5; padding: 0 1; border-top: solid $primary 40%; }
    """

    def __init__(self, argument: str = "") -> None:
        super().__init__(argument)
        self._documents: list[StoredDocument] = []
        self._rows: list[StoredDocument] = []
        self._hits: tuple[Hit, ...] = ()

    def content(self) -> ComposeResult:
        """Counts, the field, documents or hits, and more on the one pointed at."""
        yield Static(Content("opening the documents…"), id="counts")
        yield PlainInput(
            self.argument, placeholder="/ filters documents by name; Enter searches their passages", id="query",
            compact=True,
        )  # fmt: skip
        with ContentSwitcher(initial="documents"):
            yield DataTable(id="documents", cursor_type="row")
            yield OptionList(id="hits")
        yield Static(Content(""), id="told")

    def on_mount(self) -> None:
        """List the documents; search where something is searched for."""
        self.query_one(DataTable).focus()
        begin(self, "list", self._open)

    async def _library(self) -> Library:
        library = (await self.app.assistant()).library
        if library is None:
            raise UsageError("there is no knowledge store: the assistant was given its experts alone")
        return library

    async def _open(self) -> None:
        if await self._list() and self.argument:
            await self._search(self.argument)

    async def _list(self) -> bool:
        """Read what is stored; whether that could be done."""
        try:
            library = await self._library()
            await asyncio.to_thread(library.prepare)
            self._documents = await asyncio.to_thread(library.store.documents)
            counts = await asyncio.to_thread(library.store.counts)
        except CollegiaError as error:
            self.query_one("#counts", Static).update(Content(one_line(str(error), 300)))
            return False
        self.query_one("#counts", Static).update(Content(totals(counts)))
        self._fill()
        return True

    def _fill(self) -> None:
        """Show the documents that have what is typed."""
        found = filtered(self._documents, "" if self._searching else self.query_one("#query", Input).value)
        self._rows = found[:_ROWS]
        table, line = self.query_one(DataTable), self.query_one(DataTable).cursor_row
        rows = [document_cells(one) for one in self._rows]
        table.clear(columns=True)
        for place, name in enumerate(COLUMNS):  # of a width that is known now: the table's own would come a moment late
            table.add_column(name, width=max(len(name), *(row[place].cell_len for row in rows), 0))
        table.add_rows(rows)
        table.move_cursor(row=max(0, min(line, len(self._rows) - 1)))
        left = f"; the first {_ROWS:,} are shown, / finds the others" if len(found) > _ROWS else ""
        self.told(f"{counted(len(found), 'document')}{left}")
        if not found:
            told = "no document has that in its name; Enter searches the passages" if self._documents else ""
            self._tell(Content(told or "no documents are stored; a takes some in"))

    def _tell(self, told: Content) -> None:
        self.query_one("#told", Static).update(told)

    @property
    def _searching(self) -> bool:
        return self.query_one(ContentSwitcher).current == "hits"

    @property
    def _document(self) -> StoredDocument | None:
        row = self.query_one(DataTable).cursor_row
        return self._rows[row] if 0 <= row < len(self._rows) else None

    @property
    def _hit(self) -> Hit | None:
        place = self.query_one("#hits", OptionList).highlighted
        return None if place is None or place >= len(self._hits) else self._hits[place]

    # -- what happens

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter the documents."""
        if self._documents and not self._searching:
            self._fill()

    async def _search(self, query: str) -> None:
        self._tell(Content("searching…"))
        try:
            found = await (await self._library()).helped(query, _HITS)
        except CollegiaError as error:
            self._tell(Content(one_line(str(error), 600)))
            return
        self._hits = found.hits
        hits = self.query_one("#hits", OptionList)
        hits.clear_options()
        hits.add_options(Option(hit_content(place, one)) for place, one in enumerate(found.hits, 1))
        self.query_one(ContentSwitcher).current = "hits"
        hits.highlighted = 0 if found.hits else None
        hits.focus()
        self.told(f"{counted(len(found.hits), 'passage')} for {one_line(query, 80)}")
        names = f"names read in it: {', '.join(one_line(one, 60) for one in found.names[:8])}" if found.names else ""
        told = [names, *(one_line(one, 300) for one in found.notes)]
        nothing = "" if found.hits else "no document has any of these words"
        self._tell(Content("\n".join(one for one in (nothing, *told) if one)))

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Tell more of the document."""
        begin(self, "more", self._more, self._document)

    async def _more(self, one: StoredDocument | None) -> None:
        if one is None or self._searching:
            return
        from collegia.knowledge.excerpt import document_counts

        try:
            counts = await asyncio.to_thread(document_counts, (await self._library()).store, one.id)
        except CollegiaError as error:
            self._tell(Content(one_line(str(error), 600)))
            return
        self._tell(document_content(one, counts))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open the document."""
        self.run_worker(self.action_open())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the passage."""
        event.stop()
        self.run_worker(self.action_open())

    # -- actions

    def action_back(self) -> None:
        """From the hits, or from what is typed, back to the documents; from there to the conversation."""
        query, table = self.query_one("#query", Input), self.query_one(DataTable)
        if self._searching or query.value:
            self.query_one(ContentSwitcher).current = "documents"
            query.value = ""
            self._fill()
            table.focus()
            begin(self, "more", self._more, self._document)
        elif self.focused is query:
            table.focus()
        else:
            super().action_back()

    def action_search(self) -> None:
        """Go to the field."""
        self.query_one("#query", Input).focus()

    async def action_open(self) -> None:
        """Open what is pointed at; in the field, search."""
        query = self.query_one("#query", Input)
        if self.focused is query:
            if query.value.strip():
                begin(self, "search", self._search, query.value)
            return
        library = (await self.app.assistant()).library
        document, hit = self._document, self._hit
        if library is None:
            return
        if self._searching:
            if hit is not None:
                self.app.push_screen(PassageScreen(library.store, hit.source, hit.passage.start, hit.passage.end))
        elif document is not None:
            self.app.push_screen(PassageScreen(library.store, document.source))

    async def action_add(self) -> None:
        """Take documents in."""

        def done(changed: bool | None) -> None:
            if changed:
                begin(self, "list", self._list)

        assistant = await self.app.assistant()
        if assistant.library is not None:
            self.app.push_screen(AddDocuments(assistant.library.store, assistant.settings), done)

    async def action_remove(self) -> None:
        """Remove the document pointed at, once that is confirmed."""
        from collegia.knowledge.excerpt import document_counts

        one = self._document
        if one is None or self._searching:
            return
        try:
            counts = await asyncio.to_thread(document_counts, (await self._library()).store, one.id)
        except CollegiaError as error:
            self._tell(Content(one_line(str(error), 600)))
            return

        def confirmed(yes: bool | None) -> None:
            if yes:
                begin(self, "list", self._remove, one)

        self.app.push_screen(Confirm(going(one, counts)), confirmed)

    async def _remove(self, one: StoredDocument) -> None:
        from collegia.knowledge.changing import take_out

        assistant = await self.app.assistant()
        try:
            await asyncio.to_thread(take_out, (await self._library()).store, assistant.settings, one.source)
        except CollegiaError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.notify(f"removed {one_line(one.name, 80)}", markup=False)
        await self._list()

    def action_graph(self) -> None:
        """Show the names of what is pointed at, and walk from them."""
        from collegia.tui.graph.screen import GraphScreen

        document, hit = self._document, self._hit
        if self._searching and hit is not None:
            at = (hit.passage.document, hit.passage.start, hit.passage.end, hit.name)
            self.app.push_screen(GraphScreen(at=at))
        elif document is not None and not self._searching:
            self.app.push_screen(GraphScreen(at=(document.id, 0, document.characters, document.name)))

    def action_copy(self) -> None:
        """Copy what is shown: the list of documents, or of hits."""
        if self._searching:
            lines = [hit_content(place, one).plain for place, one in enumerate(self._hits, 1)]
        else:
            lines = ["\t".join(cell.plain for cell in document_cells(one)) for one in self._rows]
        if text := self.get_selected_text() or "\n".join(lines):
            self.notify(copy(self.app, text), markup=False)
