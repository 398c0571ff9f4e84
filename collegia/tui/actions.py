"""All that can be done in the app, said once: keys, palette, commands and help are made from this.

An action's id is `SCOPE.NAME`. The object of that scope (the app, or a screen) has a method `action_NAME`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding

__all__ = ["ACTIONS", "Action", "action", "bindings", "in_scopes", "slashes"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do.

    Attributes:
        id: `SCOPE.NAME`.
        title: as palette and footer call it.
        help: what it does, one sentence.
        keys: in Textual's names, separated by commas; empty where only palette and command reach it.
        slash: the command, as typed after the slash; empty where there is none.
        takes: what the command may be followed by; its method has one argument then, empty where nothing was said.
        footer: whether the footer shows it.
        priority: whether its keys go before those of what has the focus.
        opens: the screen that it opens, as `module:Class`, imported then; such an action needs no method. The class
            takes what the command is followed by.
    """

    id: str
    title: str
    help: str
    keys: str = ""
    slash: str = ""
    takes: str = ""
    footer: bool = False
    priority: bool = False
    opens: str = ""

    @property
    def scope(self) -> str:
        """Whose method it is."""
        return self.id.partition(".")[0]

    @property
    def method(self) -> str:
        """Its name to Textual, less `action_`."""
        return f"app.open('{self.id}')" if self.opens else self.id.partition(".")[2]


ACTIONS: tuple[Action, ...] = (
    Action("app.leave", "Quit", "Leave; a run that is going is cancelled and can be resumed.", "ctrl+q", "quit",
           footer=True, priority=True),
    Action("app.help", "Help", "Show every key and command.", "f1", "help", footer=True),
    Action("app.palette", "Palette", "Find anything that can be done here by its name.", "ctrl+p", footer=True,
           priority=True),
    Action("app.theme", "Theme", "Choose colours, light or dark.", slash="theme", takes="NAME"),
    Action("app.mouse", "Mouse on or off", "Give the mouse to the terminal, so that it selects text itself; or take it"
           " back.", "f9", "mouse"),
    Action("room.back", "Back", "Return to where you came from.", "escape", footer=True),
    Action("chat.stop", "Stop", "Cancel the run and keep what has arrived; it can be resumed.", "escape", "stop"),
    Action("chat.copy", "Copy answer", "Copy the selected text, or else the last answer.", "f8", "copy"),
    Action("chat.editor", "Open editor", "Write the question in $VISUAL or $EDITOR.", "ctrl+g", "editor"),
    Action("chat.plan", "Plan", "Show or hide the plan beside the conversation.", "f2", "plan", footer=True),
    Action("chat.new", "New session", "Start a new conversation.", "ctrl+n", "new", takes="NAME"),
    Action("chat.resume", "Resume run", "Go on with the last run that was stopped.", "f10", "resume", takes="RUN"),
    Action("chat.earlier", "Earlier messages", "Show older messages of this conversation.", slash="earlier"),
    Action("chat.up", "Scroll up", "Scroll the conversation up by a page.", "pageup", priority=True),
    Action("chat.down", "Scroll down", "Scroll the conversation down by a page.", "pagedown", priority=True),
    # -- lists with a field that narrows them
    Action("finder.up", "Previous", "Point at the one before in the list.", "up"),
    Action("finder.down", "Next", "Point at the next one in the list.", "down"),
    Action("finder.page_up", "Page up", "Scroll the text beside the list up.", "pageup"),
    Action("finder.page_down", "Page down", "Scroll the text beside the list down.", "pagedown"),
    # -- experts
    Action("app.experts", "Experts", "Browse the experts, read their cards, try one.", "f4", "experts", takes="NAME",
           opens="collegia.tui.experts.screen:ExpertsScreen"),
    Action("experts.domain", "Domain", "List the experts of the next domain alone; after the last, of all.", "ctrl+o",
           footer=True),
    Action("experts.try", "Try it", "Fill in the inputs of the expert and call it.", "enter", footer=True,
           priority=True),
    Action("try.run", "Call it", "Call the expert with what is filled in; Enter in a field does so too.", "ctrl+r",
           footer=True),
    Action("try.example", "Example", "Fill in a worked example of the card, the next one with each press.", "ctrl+t",
           footer=True),
    # -- models and budget
    Action("app.models", "Models and budget", "Show what is set, what can be reached, and what was spent.", "f7",
           "models", priority=True, opens="collegia.tui.models.screen:ModelsScreen"),
    Action("models.ask", "Ask again", "Ask the servers again whether they can be reached.", "r", footer=True),
    # -- sessions
    Action("app.sessions", "Sessions", "Go on with another conversation; rename, fork or export one.", "f6", "sessions",
           takes="WORDS", priority=True, opens="collegia.tui.sessions.screen:SessionsScreen"),
    Action("sessions.resume", "Go on", "Go on with the session.", "enter", footer=True, priority=True),
    Action("sessions.rename", "Rename", "Give the session another name.", "ctrl+r", footer=True),
    Action("sessions.fork", "Fork", "Make another session of its first turns.", "ctrl+t", footer=True),
    Action("sessions.export", "Export", "Write it to a file, as Markdown or JSON.", "ctrl+s", footer=True),
    # -- dialogs
    Action("confirm.yes", "Yes", "Do what is asked about.", "y", footer=True),
    Action("confirm.no", "No", "Leave it as it is.", "n,escape", footer=True),
)  # fmt: skip
"""Every action, in the order in which help shows it."""


def action(id_: str) -> Action:
    """The action of that id (KeyError where there is none)."""
    for one in ACTIONS:
        if one.id == id_:
            return one
    raise KeyError(id_)


def in_scopes(scopes: Iterable[str]) -> list[Action]:
    """The actions of these scopes, in order."""
    wanted = set(scopes)
    return [one for one in ACTIONS if one.scope in wanted]


def slashes(scopes: Iterable[str]) -> dict[str, Action]:
    """The commands of these scopes, by what is typed after the slash."""
    return {one.slash: one for one in in_scopes(scopes) if one.slash}


def bindings(*scopes: str) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """The keys of these scopes, for a widget's `BINDINGS`; by their ids a user binds other keys to them."""
    return [
        Binding(one.keys, one.method, one.title, show=one.footer, priority=one.priority, id=one.id, tooltip=one.help)
        for one in in_scopes(scopes)
        if one.keys
    ]
