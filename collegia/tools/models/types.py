"""What goes to a language model and what comes back."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

__all__ = ["Completion", "LoadsAhead", "Message", "Model", "Request", "Tokens"]

Sender = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    sender: Sender
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is asked.

    Attributes:
        messages: the conversation, system text first.
        schema: the JSON Schema that the reply must keep; None for plain text.
        max_output: how many tokens the reply may have; 0 for what the model's settings say.
        adapter: the adapter that answers instead of the base model; empty for the model itself.
        seed: for the same reply again, where the server keeps seeds.
    """

    messages: tuple[Message, ...]
    schema: Mapping[str, Any] | None = field(default=None, hash=False)
    max_output: int = 0
    adapter: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a call used.

    Attributes:
        read: tokens of the prompt.
        written: tokens of the reply.
        cost: in the currency of the prices; None where no price is known.
    """

    read: int = 0
    written: int = 0
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """A reply, whole.

    Attributes:
        text: as it came.
        finish: "stop" where the model ended it, "length" where it was cut off; the server's own word else.
        tokens: what it used, by the server's count.
        seconds: from the request to the end of the reply.
    """

    text: str
    finish: str = "stop"
    tokens: Tokens = Tokens()
    seconds: float = 0.0


class Model(Protocol):
    """A language model behind some endpoint.

    `label` names it in messages and in the log. `ignores_schemas` becomes true once its server has been seen to answer
    out of form; a schema is then said in words too.
    """

    label: str
    ignores_schemas: bool

    async def complete(self, request: Request) -> Completion:
        """Reply to a request.

        Raises:
            ModelError: no reply; see its kinds.
        """
        ...

    def stream(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        """The reply in pieces as they come, then the whole of it. Closing the generator frees the server's slot.

        Raises:
            ModelError: no reply; see its kinds.
        """
        ...

    async def room(self, request: Request) -> tuple[int, int]:
        """How many tokens the request has, reply included, and how many the model can hold; 0 where not known."""
        ...

    async def price(self, read: int, written: int) -> float | None:
        """What so many tokens cost; None where no price is known."""
        ...

    async def close(self) -> None:
        """Let go of connections; the model can still be used, and opens them again."""
        ...


@runtime_checkable
class LoadsAhead(Protocol):
    """A model that can begin to load an adapter before it is asked."""

    def prefetch(self, adapter: str) -> bool:
        """Begin to, within a running event loop; whether it is loaded, or being loaded.

        Raises:
            ModelError: it can never be.
        """
        ...
