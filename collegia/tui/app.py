"""The app: it shows the first screen at once, loads the assistant behind it, and does what the registry names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen

from collegia.tui.actions import ACTIONS, Action, action, bindings, in_scopes
from collegia.tui.chat.screen import ChatScreen
from collegia.tui.talk import Talk
from collegia.tui.view import RunView

if TYPE_CHECKING:
    from collegia.agents.approval import Approval, Decision
    from collegia.agents.assistant import Assistant
    from collegia.events import Event
    from collegia.tools.registry import Registry

__all__ = ["CollegiaApp"]

_THEME = "textual-dark"
_MOUSE_MODES = (1000, 1003, 1015, 1006)  # of xterm: buttons, movement, and how both are told


class CollegiaApp(App[None]):
    """Collegia in a terminal.

    Args:
        make: makes the assistant; called in a thread once the first screen is up.
        theme: of Textual's themes; its dark one where empty.
        keys: other keys for actions, by the actions' ids.
        mouse: whether the app takes the mouse.
    """

    TITLE = "Collegia"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    COMMAND_PALETTE_BINDING = "f24"  # the palette is an action like all others, so its key is the registry's

    def __init__(
        self,
        make: Callable[[], Assistant],
        *,
        theme: str = "",
        keys: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._make = make
        self._loading: asyncio.Task[Assistant] | None = None
        self._loaded: Assistant | None = None
        self._mentions: Mapping[str, str] | None = None
        self.talk = Talk(self.assistant)
        self.theme = theme or _THEME
        self._mouse = True
        if keys:
            self.set_keymap(dict(keys))

    def get_default_screen(self) -> Screen[None]:
        """The conversation."""
        return ChatScreen()

    # -- the assistant

    async def assistant(self) -> Assistant:
        """The assistant, once it is loaded.

        Raises:
            CollegiaError: it could not be; each call tries again.
        """
        if self._loaded is None:
            if self._loading is None or self._loading.done():
                self._loading = asyncio.ensure_future(asyncio.to_thread(_loaded, self._make))
            self._loaded = await asyncio.shield(self._loading)
        return self._loaded

    @property
    def registry(self) -> Registry | None:
        """The experts; None while they load."""
        return None if self._loaded is None else self._loaded.registry

    @property
    def run_view(self) -> RunView:
        """The present run, as far as it has got."""
        return next((one.run_view for one in self.screen_stack if isinstance(one, ChatScreen)), RunView())

    def past(self, run_id: str) -> Sequence[Event]:
        """What is stored of a run: all that happened in it so far."""
        return () if self._loaded is None else self._loaded.events(run_id)

    async def approve(self, approval: Approval) -> Decision:
        """Ask the user of a plan, before it runs; a dialog that is closed without a word leaves it waiting."""
        from collegia.agents.approval import Undecided
        from collegia.tui.dialogs.approve import ApproveDialog

        assistant = await self.assistant()
        decided: asyncio.Future[Decision | None] = asyncio.get_running_loop().create_future()
        dialog = ApproveDialog(approval, assistant.registry, assistant.settings.budget)
        await self.push_screen(dialog, lambda said: None if decided.done() else decided.set_result(said))
        try:
            return await decided or Undecided()
        finally:
            if dialog in self.screen_stack:  # the run was stopped
                dialog.dismiss(None)

    async def on_unmount(self) -> None:
        """Let go of files and connections."""
        if self._loaded is not None:
            await self._loaded.aclose()
            self._loaded.close()

    def told(self) -> str:
        """One line on what is used."""
        if self._loaded is None:
            return "Collegia · loading"
        models = ", ".join(self._loaded.settings.models) or "no model"
        told = f"Collegia · {', '.join(self._loaded.registry.domains)} · {models}"
        return f"{told} · {name}" if (name := self.talk.name) else told

    def mentions(self, *, anew: bool = False) -> Mapping[str, str]:
        """What can be mentioned after @, with what it is: all but the documents until these were read, off the loop.

        Args:
            anew: read the documents again; what is offered follows when that is done.
        """
        if self._loaded is None:
            return {}
        if anew or self._mentions is None:
            self.run_worker(self._read_mentions(self._loaded), group="mentions", exclusive=True)
        if self._mentions is None:
            from collegia.agents.mentions.reading import Names

            self._mentions = Names(self._loaded.registry).offered
        return self._mentions

    async def _read_mentions(self, assistant: Assistant) -> None:
        from collegia.errors import StoreError

        try:
            self._mentions = await asyncio.to_thread(lambda: assistant.means.scopes.names().offered)
        except StoreError as error:
            self.notify(f"No documents are offered: {error}", severity="warning", markup=False)
            return
        for screen in self.screen_stack:
            if isinstance(screen, ChatScreen):
                screen.offer()

    def go_on(self, session: str) -> None:
        """Go on with a stored session in the conversation."""
        chat = self.screen_stack[0]
        if isinstance(chat, ChatScreen):
            chat.run_worker(chat.restore(session), name="restore")

    # -- actions

    async def do(self, wanted: Action, argument: str = "") -> None:
        """Do an action, by its method on the app or on the screen."""
        if wanted.opens:
            self.action_open(wanted.id, argument)
            return
        holder = self if wanted.scope == "app" else self.screen
        method = getattr(holder, f"action_{wanted.method}")
        done = method(argument) if wanted.takes else method()
        if asyncio.iscoroutine(done):
            await done

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action that can be done from this screen."""
        for one in in_scopes(("app", *getattr(screen, "SCOPES", ()))):
            yield SystemCommand(one.title, one.help, partial(self.do, one))

    def action_open(self, id_: str, argument: str = "") -> None:
        """Open the screen of an action; at the screen that is open already, and over a dialog, nothing."""
        module, _, name = action(id_).opens.partition(":")
        screen = getattr(import_module(module), name)
        if not isinstance(self.screen, (screen, ModalScreen)):
            self.push_screen(screen(argument))

    def action_leave(self) -> None:
        """Leave; a run that is going is cancelled with the loop, and stored as that."""
        self.exit()

    def action_palette(self) -> None:
        """Open the palette."""
        self.action_command_palette()

    def action_theme(self, name: str = "") -> None:
        """Choose a theme."""
        if not name:
            self.search_themes()
        elif name in self.available_themes:
            self.theme = name
        else:
            known = ", ".join(sorted(self.available_themes))
            self.notify(f"There is no theme {name!r}; there are: {known}", severity="warning", markup=False)

    def action_mouse(self) -> None:
        """Give the mouse to the terminal, or take it back."""
        self._mouse = not self._mouse
        if self._driver is not None:
            self._driver.write("".join(f"\x1b[?{mode}{'h' if self._mouse else 'l'}" for mode in _MOUSE_MODES))
            self._driver.flush()
        self.notify(
            "The mouse is the app's." if self._mouse else "The mouse is the terminal's: select as you are used to."
        )

    def action_help(self) -> None:
        """Show every key and command."""
        from collegia.tui.dialogs.help import Help

        self.push_screen(Help(ACTIONS))


def _loaded(make: Callable[[], Assistant]) -> Assistant:
    """The assistant with all that its first question needs, so that this costs no time then."""
    assistant = make()
    _ = assistant.planner
    from collegia.agents.graph import build

    build()
    return assistant
