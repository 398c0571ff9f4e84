"""What was sent before, for the arrow keys."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["History"]


class History:
    """Texts from the oldest to the newest, and where in them the arrows are.

    Args:
        texts: what was sent before, the oldest first.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = list(texts)
        self._place: int | None = None
        self._draft = ""

    def add(self, text: str) -> None:
        """Remember a text that was sent; the same one twice in a row is one."""
        if not self._texts or self._texts[-1] != text:
            self._texts.append(text)
        self._place = None

    def before(self, texts: Iterable[str]) -> None:
        """Put texts of earlier days before those of this one."""
        self._texts = [*texts, *self._texts]
        self._place = None

    def older(self, draft: str) -> str | None:
        """The text before; None at the first. `draft` is what is being typed, kept for the way back."""
        if self._place is None:
            self._place, self._draft = len(self._texts), draft
        if self._place == 0:
            return None
        self._place -= 1
        return self._texts[self._place]

    def newer(self) -> str | None:
        """The text after; behind the last, what was being typed; None where nothing was recalled."""
        if self._place is None:
            return None
        self._place += 1
        if self._place < len(self._texts):
            return self._texts[self._place]
        self._place = None
        return self._draft
