"""The first screen: the conversation, the prompt, and the plan beside them."""

from __future__ import annotations

import asyncio
import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from collegia.display import clean
from collegia.errors import CollegiaError
from collegia.events import RunResumed
from collegia.tui.actions import bindings, slashes
from collegia.tui.chat.asked_back import AnswerForm, fields_of
from collegia.tui.chat.completion import Completion, candidates
from collegia.tui.chat.history import History
from collegia.tui.chat.prompt import Prompt
from collegia.tui.chat.transcript import Transcript
from collegia.tui.chat.turn import Turn
from collegia.tui.chat.welcome import Welcome, questions_of
from collegia.tui.copying import copy
from collegia.tui.plan.panel import PlanPanel, Steps
from collegia.tui.plan.reported import reported
from collegia.tui.sessions.telling import restored
from collegia.tui.view import RunView, past, seen

if TYPE_CHECKING:
    from collegia.agents.result import Result
    from collegia.events import Event
    from collegia.tui.app import CollegiaApp

__all__ = ["ChatScreen"]

_WIDE = 110  # columns from which the plan stands beside the conversation without being asked for
_REFRESH = 0.1  # seconds between two looks at a run
_PARTING = 2.0  # seconds that a cancelled run has to be stored in
_PAST = 200  # questions of earlier days that the arrows reach


class ChatScreen(Screen[None]):
    """The conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("chat")]
    SCOPES: ClassVar[tuple[str, ...]] = ("chat",)

    DEFAULT_CSS = """
    ChatScreen { layout: vertical; }
    ChatScreen > #top { height: 1; background: $panel; color: $text-muted; padding: 0 1; }
    ChatScreen > #middle { height: 1fr; }
    ChatScreen #conversation { width: 1fr; }
    """

    app: CollegiaApp

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.run_view = RunView()
        self.going: asyncio.Task[Result] | None = None
        self._turn: Turn | None = None

    def compose(self) -> ComposeResult:
        """Title line, transcript beside the plan, completions, prompt, keys."""
        yield Static(Content("Collegia"), id="top")
        with Horizontal(id="middle"):
            with Vertical(id="conversation"):
                yield Transcript()
                yield Completion()
                yield Prompt(self.history)
            yield PlanPanel()
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        """Welcome, and have the focus in the prompt; what is heavy loads behind this."""
        await self.query_one(Transcript).mount(Welcome())
        self.query_one(Prompt).focus()
        self.query_one(PlanPanel).display = self.size.width >= _WIDE
        self.set_interval(_REFRESH, self._look)
        self.run_worker(self._ready(), name="ready")

    async def on_unmount(self) -> None:
        """A run that is going is cancelled, and stored as that, before the files are let go of."""
        if self.going is not None:
            self.going.cancel()
            await asyncio.wait([self.going], timeout=_PARTING)

    def on_resize(self) -> None:
        """The plan leaves a narrow screen, unless it was asked for."""
        panel = self.query_one(PlanPanel)
        if not panel.asked_for:
            panel.display = self.size.width >= _WIDE

    async def _ready(self) -> None:
        try:
            assistant = await self.app.assistant()
        except CollegiaError as error:
            await self.say(f"The assistant could not be loaded: {error}")
            return
        self.history.before([one.question for one in reversed(assistant.runs(_PAST))])
        experts, domains = len(assistant.registry.experts), ", ".join(assistant.registry.domains)
        for welcome in self.query(Welcome):
            welcome.ready(await questions_of(assistant), f"{experts} experts of {domains}")
        self.title_line()

    def title_line(self) -> None:
        """Show whose conversation this is, and what is used."""
        self.query_one("#top", Static).update(Content(clean(self.app.told())))

    # -- typing

    def on_text_area_changed(self) -> None:
        """Offer completions for what is being typed."""
        prompt = self.query_one(Prompt)
        if prompt.get_text_range((0, 0), prompt.cursor_location).endswith("@"):
            self.app.mentions(anew=True)
        self.offer()

    def offer(self) -> None:
        """Offer what could be meant by what stands before the cursor."""
        prompt, offered = self.query_one(Prompt), self.query_one(Completion)
        typed = prompt.get_text_range((0, 0), prompt.cursor_location)
        commands = {name: one.help for name, one in slashes(("app", *self.SCOPES)).items()}
        offered.offer(candidates(typed, commands, self.app.mentions() if "@" in typed else {}))
        prompt.offering = bool(offered.choices)

    def on_prompt_choosing(self, message: Prompt.Choosing) -> None:
        """Take a completion, or point at another."""
        prompt, offered = self.query_one(Prompt), self.query_one(Completion)
        chosen = offered.chosen
        if message.step:
            offered.point(message.step)
        elif chosen is not None:
            typed = prompt.get_text_range((0, 0), prompt.cursor_location)
            prompt.put(typed[: chosen.start] + chosen.text + prompt.text[len(typed) :])

    async def on_prompt_submitted(self, message: Prompt.Submitted) -> None:
        """Do a command, or ask."""
        prompt = self.query_one(Prompt)
        text = self._of_welcome(message.text)
        if text.startswith("/"):
            prompt.put("")
            await self._command(text)
        elif self.going is not None:
            self.notify("A run is going; Esc stops it. What you typed is still there.", severity="warning")
        else:
            prompt.put("")
            self.history.add(text)
            await self.ask(text)

    def _of_welcome(self, text: str) -> str:
        """The welcome's question where its number alone was sent and nothing was asked yet."""
        questions = next((one.questions for one in self.query(Welcome)), ())
        if not self.query_one(Transcript).turns and text in map(str, range(1, len(questions) + 1)):
            return questions[int(text) - 1]
        return text

    async def _command(self, text: str) -> None:
        name, _, argument = text[1:].partition(" ")
        known = slashes(("app", *self.SCOPES))
        if name not in known:
            close = [one.text.strip() for one in candidates(f"/{name}", dict.fromkeys(known, ""), {})]
            await self.say(f"There is no /{name}." + (f" Did you mean {' or '.join(close[:3])}?" if close else ""))
            return
        await self.app.do(known[name], argument.strip())

    # -- asking

    async def ask(self, text: str) -> None:
        """Ask, and follow the run on the screen."""
        await self.query(AnswerForm).remove()
        self._turn = Turn(text)
        self.run_view = RunView()
        await self.query_one(Transcript).add(self._turn)
        self._follow(asyncio.ensure_future(self.app.talk.ask(text, self.happened, self.app.approve)), self._turn)

    def _follow(self, task: asyncio.Task[Result], turn: Turn) -> None:
        self.going = task
        self.run_worker(self._end(task, turn), name="run")

    async def _end(self, task: asyncio.Task[Result], turn: Turn) -> None:
        """Wait for the result and show it; of a run that was stopped, what had arrived."""
        try:
            result = await task
        except asyncio.CancelledError:
            stored = await self.app.talk.stored(self.run_view.run_id)
            if stored is None:
                await self._broken(turn, "Stopped before there was anything to keep.")
            else:
                await turn.end(stored)
                self.run_view = reported(self.run_view, stored)
        except CollegiaError as error:
            await self._broken(turn, str(error))
        else:
            await turn.end(result)
            self.run_view = reported(self.run_view, result)
            await self._ask_back(result)
        finally:
            self.going = None
            if self.query(PlanPanel):  # else the app is being left
                self._look()
                self.title_line()

    async def _ask_back(self, result: Result) -> None:
        """Show the form of a question back; it takes the focus where nothing else is being typed."""
        missing = fields_of(result.missing) if result.status == "clarify" else ()
        if missing:
            form = AnswerForm(missing)
            await self.query_one("#conversation").mount(form, before=self.query_one(Completion))
            if self.focused is self.query_one(Prompt) and not self.query_one(Prompt).text:
                form.enter()

    async def on_answer_form_submitted(self, message: AnswerForm.Submitted) -> None:
        """Answer as the prompt would; what stands in the prompt stays there."""
        self.query_one(Prompt).focus()
        if self.going is None:
            self.history.add(message.text)
            await self.ask(message.text)

    def on_answer_form_left(self) -> None:
        """Back from the form."""
        self.query_one(Prompt).focus()

    async def _broken(self, turn: Turn, told: str) -> None:
        await turn.query(".doing, .draft").remove()
        await turn.mount(Static(Content(clean(told)), classes="answer"))

    def happened(self, event: Event) -> None:
        """Take an event of the run in; what it changes is drawn with the next look."""
        if isinstance(event, RunResumed) and not self.run_view.run_id:
            self.run_view = past(self.app.past(event.run_id))  # what happened before is not told again
        self.run_view = seen(self.run_view, event)

    def _look(self) -> None:
        if self.going is not None and self._turn is not None:
            self._turn.follow(self.run_view)
        self.query_one(PlanPanel).show(self.run_view)

    async def say(self, text: str) -> None:
        """Say a word of the app's own."""
        await self.query_one(Transcript).add(Turn(said=text))

    # -- actions

    def action_stop(self) -> None:
        """Cancel the run; without one, close the completions."""
        if self.going is not None:
            self.going.cancel()
        else:
            self.query_one(Completion).offer(())
            self.query_one(Prompt).offering = False

    def action_copy(self) -> None:
        """Copy the selection, or the last answer."""
        selected = self.get_selected_text()
        answers = [one.result.answer_text for one in self.query_one(Transcript).turns if one.result]
        text = selected or (answers[-1] if answers else "")
        if text:
            self.notify(copy(self.app, text), markup=False)
        else:
            self.notify("There is nothing to copy yet.", severity="warning")

    def action_plan(self) -> None:
        """Go to the plan, or from it back to the prompt and hide it."""
        panel, steps = self.query_one(PlanPanel), self.query_one(Steps)
        panel.display = panel.asked_for = not steps.has_focus
        (steps if panel.display else self.query_one(Prompt)).focus()

    def action_answer(self) -> None:
        """Go to the form of what was asked back."""
        form = next(iter(self.query(AnswerForm)), None)
        if form is None:
            self.notify("Nothing is asked back.", severity="warning")
        else:
            form.enter()

    def on_steps_left(self) -> None:
        """Back from the plan."""
        self.query_one(Prompt).focus()

    def action_editor(self) -> None:
        """Write the question in the user's editor."""
        prompt = self.query_one(Prompt)
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor:
            self.notify("Set $VISUAL or $EDITOR to your editor first.", severity="warning")
            return
        with tempfile.TemporaryDirectory(prefix="collegia-") as folder:
            file = Path(folder) / "question.md"
            file.write_text(prompt.text, encoding="utf-8")
            try:
                with self.app.suspend():
                    subprocess.run([*shlex.split(editor), str(file)], check=True)  # noqa: S603  # the user's own editor
            except (OSError, ValueError, subprocess.CalledProcessError) as error:
                self.notify(f"{editor} could not be used: {error}", severity="error", markup=False)
                return
            prompt.put(file.read_text(encoding="utf-8").strip())

    async def action_new(self, name: str = "") -> None:
        """Start a new conversation."""
        if self.going is not None:
            self.notify("A run is going; Esc stops it.", severity="warning")
            return
        try:
            await self.app.talk.begin(name)
        except CollegiaError as error:
            await self.say(str(error))
            return
        await self.query(AnswerForm).remove()
        await self.query_one(Transcript).clear()
        self.run_view = RunView()
        await self.say("A new conversation.")
        self.title_line()

    async def restore(self, session: str) -> None:
        """Go on with a stored session: its turns are the conversation then."""
        if self.going is not None:
            self.notify("A run is going; Esc stops it.", severity="warning")
            return
        try:
            said = await self.app.talk.open(session)
        except CollegiaError as error:
            await self.say(str(error))
            return
        transcript = self.query_one(Transcript)
        await self.query(AnswerForm).remove()
        await transcript.clear()
        await transcript.add(*(Turn(one.text, one.result, one.told) for one in said))
        await self.say(restored(self.app.talk.name, said))
        last = said[-1].result if said else None
        self.run_view = RunView() if last is None else reported(past(self.app.past(last.run_id)), last)
        if last is not None:
            await self._ask_back(last)
        self.title_line()

    async def action_resume(self, run_id: str = "") -> None:
        """Go on with a stopped run."""
        if self.going is not None:
            self.notify("A run is going; Esc stops it.", severity="warning")
            return
        try:
            run_id = run_id or await self.app.talk.stopped()
        except CollegiaError as error:
            await self.say(str(error))
            return
        await self.query(AnswerForm).remove()
        self._turn = Turn(f"/resume {run_id}")
        self.run_view = RunView()
        await self.query_one(Transcript).add(self._turn)
        self._follow(asyncio.ensure_future(self.app.talk.resume(run_id, self.happened, self.app.approve)), self._turn)

    async def action_earlier(self) -> None:
        """Show older messages."""
        if not await self.query_one(Transcript).earlier():
            self.notify("These are all of them.")

    async def action_up(self) -> None:
        """Scroll the conversation up, or the plan where that has the focus."""
        steps = self.query_one(Steps)
        if steps.has_focus:
            await steps.run_action("page_up")
        else:
            self.query_one(Transcript).scroll_page_up()

    async def action_down(self) -> None:
        """Scroll the conversation down, or the plan where that has the focus."""
        steps = self.query_one(Steps)
        if steps.has_focus:
            await steps.run_action("page_down")
        else:
            self.query_one(Transcript).scroll_page_down()
