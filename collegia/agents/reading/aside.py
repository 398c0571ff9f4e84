"""Setting parts of a question aside that ask for words: nothing in them asks for a number."""

from __future__ import annotations

from collections.abc import Sequence

from collegia.agents.reading.types import Reading

__all__ = ["set_aside"]


def set_aside(reading: Reading, spans: Sequence[tuple[int, int]], *, values: bool) -> None:
    """Take what is asked within these spans out of a reading, in place; names and things said there stay.

    Args:
        reading: of the whole text.
        spans: the parts that ask for words.
        values: take the values that are stated there out as well.
    """

    def within(place: int) -> bool:
        return any(start <= place < end for start, end in spans)

    reading.asks[:] = [ask for ask in reading.asks if ask.recalled or not within(ask.start)]
    rest = reading.text
    for start, end in spans:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    reading.loose = tuple(phrase for phrase in reading.loose if phrase in rest)
    if values:
        for said in reading.said:
            if said.measure is not None and within(said.start):
                said.kinds, said.left_out = {}, True
                reading.settled.append(f"{said.text!r} was taken to belong to what is asked in words")
