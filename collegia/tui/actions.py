"""All that can be done in the app, said once: keys, palette, commands and help are made from this.

An action's id is `SCOPE.NAME`. The object of that scope (the app, a screen, or a widget) has a method `action_NAME`.
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
    def first(self) -> bool:
        """Whether its keys go first. Those that open a screen do: what is typed behind them belongs to that screen."""
        return self.priority or bool(self.opens)

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
    Action("app.step", "Open step", "Show a step of the plan: its inputs and where they came from, its outputs, its"
           " card.", slash="step", takes="STEP", opens="collegia.tui.plan.step:StepScreen"),
    Action("room.back", "Back", "Return to where you came from.", "escape", footer=True),
    Action("chat.stop", "Stop", "Cancel the run and keep what has arrived; it can be resumed.", "escape", "stop"),
    Action("chat.copy", "Copy answer", "Copy the selected text, or else the last answer.", "f8", "copy"),
    Action("chat.editor", "Open editor", "Write the question in $VISUAL or $EDITOR.", "ctrl+g", "editor"),
    Action("chat.plan", "Plan", "Go to the plan beside the conversation; from there, back, and hide it.", "f2", "plan",
           footer=True),
    Action("chat.new", "New session", "Start a new conversation.", "ctrl+n", "new", takes="NAME"),
    Action("chat.resume", "Resume run", "Go on with the last run that was stopped.", "f10", "resume", takes="RUN"),
    Action("chat.earlier", "Earlier messages", "Show older messages of this conversation.", slash="earlier"),
    Action("chat.up", "Scroll up", "Scroll the conversation up by a page.", "pageup", priority=True),
    Action("chat.down", "Scroll down", "Scroll the conversation down by a page.", "pagedown", priority=True),
    Action("chat.answer", "Answer form", "Go to the form of what was asked back.", "ctrl+o", "answer"),
    Action("approve.approve", "Run it", "Approve the plan as it stands here; it runs.", "a", footer=True),
    Action("approve.edit", "Change", "Change the value or the expert that is pointed at.", "enter", footer=True),
    Action("approve.undo", "Undo", "Take every change back.", "u", footer=True),
    Action("approve.reject", "Reject", "Reject the plan; the run ends.", "r", footer=True),
    Action("approve.later", "Later", "Leave what is being changed; or else the dialog: the run waits, and can be"
           " resumed.", "escape", footer=True),
    Action("form.send", "Send answer", "Go to the next empty field; with none left, send the answer.", "enter",
           footer=True),
    Action("form.leave", "Leave form", "Leave the form; the question stays, and the prompt answers it too.", "escape",
           footer=True),
    Action("plan.open", "Open step", "Show everything about the step that is pointed at.", "enter", footer=True),
    Action("plan.back", "To the prompt", "Go back to the prompt; the plan stays.", "escape", footer=True),
    Action("step.next", "Next step", "Show the step after.", "right,n", footer=True),
    Action("step.before", "Step before", "Show the step before.", "left,p", footer=True),
    Action("step.copy", "Copy step", "Copy what is told of the step.", "c", footer=True),
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
    # -- evidence, passages, the graph
    Action("app.evidence", "Evidence", "Show what is behind each number and citation of an answer.", "f3", "evidence",
           takes="ANSWER", footer=True, opens="collegia.tui.evidence.screen:EvidenceScreen"),
    Action("evidence.open", "Open", "Go into what is behind it, on to the passage; a label, 1–9 or a–z, goes there"
           " at once.", "enter", footer=True, priority=True),
    Action("evidence.graph", "Graph", "Show the knowledge graph around it.", "g", footer=True),
    Action("evidence.copy", "Copy", "Copy the tree of calls, or the passage with its place.", "c", footer=True),
    Action("evidence.earlier", "Answer before", "Show the evidence of the answer before.", "left_square_bracket"),
    Action("evidence.later", "Next answer", "Show the evidence of the next answer.", "right_square_bracket"),
    Action("passage.graph", "Graph", "Show the names of this place, and walk from them.", "g", footer=True),
    Action("passage.copy", "Copy", "Copy the cited words with their place.", "c", footer=True),
    Action("passage.earlier", "Text before", "Show the text before this.", "left_square_bracket", footer=True),
    Action("passage.later", "Text after", "Show the text after this.", "right_square_bracket", footer=True),
    Action("passage.cited", "Cited words", "Go back to the cited words.", "full_stop", footer=True),
    Action("app.graph", "Graph", "Walk the knowledge graph, from a name where one is given.", slash="graph",
           takes="NAME", opens="collegia.tui.graph.screen:GraphScreen"),
    Action("graph.walk", "Walk", "Go to the name pointed at; open the document pointed at.", "enter", footer=True,
           priority=True),
    Action("graph.return", "Return", "Go back to where you came from.", "backspace", footer=True),
    Action("graph.open", "Passage", "Open the passage that states the line pointed at.", "o", footer=True),
    Action("graph.path", "Path", "Show the paths from here to another name.", "p", footer=True),
    Action("graph.name", "Name", "Go to a name.", "slash", footer=True),
    Action("graph.more", "More", "Show more of what is around the name.", "m", footer=True),
    Action("graph.copy", "Copy", "Copy the graph, drawn in lines.", "c", footer=True),
    # -- knowledge
    Action("app.knowledge", "Knowledge", "Show the documents: add, remove, search.", "f5", "knowledge",
           takes="QUERY", footer=True, opens="collegia.tui.knowledge.screen:KnowledgeScreen"),
    Action("knowledge.open", "Open", "Open the document or the passage pointed at; search for what is typed.", "enter",
           footer=True, priority=True),
    Action("knowledge.search", "Search", "Type a part of a name, or a question and Enter.", "slash", footer=True),
    Action("knowledge.add", "Add", "Take documents in.", "a", footer=True),
    Action("knowledge.remove", "Remove", "Remove the document pointed at; it asks first.", "d,delete", footer=True),
    Action("knowledge.graph", "Graph", "Show the names of what is pointed at, and walk from them.", "g", footer=True),
    Action("knowledge.copy", "Copy", "Copy the list.", "c", footer=True),
    # -- dialogs
    Action("asking.take", "Complete", "Put what is offered into the field.", "tab"),
    Action("asking.next", "Next", "Point at the next that is offered.", "down"),
    Action("asking.previous", "Previous", "Point at the one before.", "up"),
    Action("adding.up", "Report up", "Scroll the report up by a page.", "pageup"),
    Action("adding.down", "Report down", "Scroll the report down by a page.", "pagedown"),
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
        Binding(one.keys, one.method, one.title, show=one.footer, priority=one.first, id=one.id, tooltip=one.help)
        for one in in_scopes(scopes)
        if one.keys
    ]
