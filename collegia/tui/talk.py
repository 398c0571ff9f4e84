"""The conversation that the app has with the assistant: a session of `agents`, and nothing beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collegia.errors import UsageError

if TYPE_CHECKING:
    from collegia.agents.approval import Approver
    from collegia.agents.assistant import Assistant
    from collegia.agents.result import Result
    from collegia.agents.talk.session import Session
    from collegia.events import Event

__all__ = ["Said", "Talk"]

_GOES_ON = frozenset({"cancelled", "running", "error", "needs_approval"})


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as it was: what was said, and what came of it.

    Attributes:
        text: as it was said.
        result: of its run, where this is the run's last turn and it has one.
        told: what is told instead of a result: a question back that was answered later, or that there is none.
    """

    text: str
    result: Result | None = None
    told: str = ""


class Talk:
    """Speaks in a session of the assistant, once that is loaded.

    Args:
        assistant: gives it; the first call may take seconds.
    """

    def __init__(self, assistant: Callable[[], Awaitable[Assistant]]) -> None:
        self._assistant = assistant
        self._session: Session | None = None

    async def session(self) -> Session:
        """The session that is spoken in."""
        if self._session is None:
            self._session = (await self._assistant()).session()
        return self._session

    @property
    def name(self) -> str:
        """What the session is called; empty before anything was said."""
        return "" if self._session is None else self._session.name

    async def begin(self, name: str = "") -> None:
        """Start a new session.

        Raises:
            UsageError: another session has the name, or it is none.
        """
        assistant = await self._assistant()
        if not name:
            self._session = assistant.session()
            return
        session = assistant.session(name)
        if session.restored:
            raise UsageError(f"a session is called {name!r} already; /sessions goes on with it")
        self._session = session

    async def read(self, which: str) -> list[Said]:
        """What was said in a stored session.

        Raises:
            CollegiaError: it cannot be read.
        """
        session = (await self._assistant()).session(which)
        return await asyncio.to_thread(_turns, session)

    async def open(self, which: str) -> list[Said]:
        """Go on with a stored session; what was said in it.

        Raises:
            CollegiaError: it cannot be read.
        """
        said = await self.read(which)
        self._session = (await self._assistant()).session(which)
        return said

    async def ask(self, text: str, on_event: Callable[[Event], None], approve: Approver | None = None) -> Result:
        """Say something: a question, a follow-up, the answer to a question back; `approve` asks of a plan.

        Raises:
            CollegiaError: as the session does.
        """
        return await (await self.session()).ask(text, on_event=on_event, approve=approve)

    async def results(self) -> Sequence[Result]:
        """The results of the session's runs, the oldest first."""
        from collegia.agents.result import Result

        session = await self.session()
        runs = await asyncio.to_thread(session.runs)
        return [Result.from_dict(one.result) for one in runs if one.result is not None]

    async def resume(self, run_id: str, on_event: Callable[[Event], None], approve: Approver | None = None) -> Result:
        """Go on with a stored run.

        Raises:
            CollegiaError: as the assistant does.
        """
        return await (await self._assistant()).resume(run_id, on_event=on_event, approve=approve)

    async def stopped(self) -> str:
        """The newest run that did not come to its end.

        Raises:
            UsageError: there is none.
        """
        for one in (await self._assistant()).runs(50):
            if one.status in _GOES_ON:
                return one.run_id
        raise UsageError("no run was stopped, so there is nothing to go on with")

    async def stored(self, run_id: str) -> Result | None:
        """The stored result of a run; None where there is none, or no run."""
        return (await self._assistant()).result(run_id) if run_id else None


def _turns(session: Session) -> list[Said]:
    from collegia.agents.result import Result

    turns = session.turns()
    runs = {one.run_id: one for one in session.runs()}
    last = {turn.run_id: turn.place for turn in turns}
    found = []
    for turn in turns:
        run = runs[turn.run_id]
        if last[turn.run_id] != turn.place:
            found.append(Said(turn.said, told="It asked back; what was said next answers it."))
        elif run.result is None:
            found.append(Said(turn.said, told=f"The run {run.run_id} is {run.status}; /resume goes on with it."))
        else:
            found.append(Said(turn.said, Result.from_dict(run.result)))
    return found
