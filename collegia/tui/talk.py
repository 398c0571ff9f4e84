"""The conversation that the app has with the assistant; what a conversation is belongs to `agents`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from collegia.errors import UsageError

if TYPE_CHECKING:
    from collegia.agents.approval import Approver
    from collegia.agents.assistant import Assistant
    from collegia.agents.result import Result
    from collegia.events import Event

__all__ = ["Talk"]

_GOES_ON = frozenset({"cancelled", "running", "error", "needs_approval"})


class Talk:
    """Asks the assistant once it is loaded.

    Args:
        assistant: gives it; the first call may take seconds.
    """

    def __init__(self, assistant: Callable[[], Awaitable[Assistant]]) -> None:
        self._assistant = assistant
        self._asked_back = ""

    async def begin(self, name: str = "") -> None:
        """Start a new conversation."""
        self._asked_back = ""

    async def ask(self, text: str, on_event: Callable[[Event], None], approve: Approver | None = None) -> Result:
        """Ask, or answer what was asked back; `approve` asks the user of a plan that is to be approved.

        Raises:
            CollegiaError: as the assistant does.
        """
        assistant = await self._assistant()
        if self._asked_back:
            run_id, self._asked_back = self._asked_back, ""
            result = await assistant.resume(run_id, text, on_event=on_event, approve=approve)
        else:
            result = await assistant.ask(text, on_event=on_event, approve=approve)
        if result.status == "clarify":
            self._asked_back = result.run_id
        return result

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
