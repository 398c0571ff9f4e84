"""Texts that make a careless pattern take the square of their length, and a clock that stops it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["adversaries", "at_most", "failures"]

# what is repeated, and what stands before and behind it
_PARTS = [
    (".", "", "a"), ("\n", "", "x"), (" ", "", "x"), (" ", "a", "b"), ("\t", "# a", "b"), (" ", "# a", "b"),
    ("#", "# a ", "b"), (" #", "# a", "b"), ("[", "", ""), ("(", "", ""), ("a (", "", ""), ("[x](", "", ""),
    ("a", "[x](", ""), ('[x](a "', "", ""), (" ", "[x](a", ""), ("The ", "", ""), ("Aa ", "", ""), ("A.", "", ""),
    ("A of of ", "", ""), ("*", "", ""), ("*a", "", ""), ("__a", "", ""), ("_", "", ""), ("`", "", ""), (">", "", ""),
    ("|---", "", "x"), ("---|", "", "x"), ("-", "", ""), ("| ", "", ""), (":", "Also called", "\n"), ("\n*", "", ""),
    ("a, ", "Also called: ", ""), ("a, ", "", ""), ("cuts ", "", ""), ("Rust cuts ", "", ""), ("- ", "", ""),
    ("- \n", "", ""), ("```\n# a\n", "", ""), ("# a\n", "", ""), ("# a\n\nb\n\n", "", ""), ("1. ", "", ""),
    ("e.g. ", "", ""), ("( A", "", ""), ("(AB)", "", ""), ('"', ".", "x"), (".)", "", "x"), ("known as ", "", ""),
    (" ", "known", "x"), (" and", "", ""), (" - ", "", ""), ("\u202e\u0627\u0644", "", ""), ("\0", "", ""),
    ("\ud800", "", ""), ("\u0301\u0316", "e", ""), ("1", "", "x"), ("\n1", "", ""), ("a'", "", ""),
    ("because ", "", ""),
    ("a causes b and ", "", ""), ("is ", "", ""), ("\U0001f6a7", "", ""), ("，。", "", ""), ("\r", "", "x"),
]  # fmt: skip


def adversaries(size: int) -> Iterator[str]:
    """Texts of about this many characters."""
    for part, before, behind in _PARTS:
        yield before + part * (size // len(part)) + behind


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what takes longer, by a TimeoutError."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def failures(function: Callable[[str], object], size: int = 50_000, seconds: float = 4.0) -> list[str]:
    """How the texts begin with which a function takes too long."""
    found = []
    for text in adversaries(size):
        try:
            with at_most(seconds):
                function(text)
        except TimeoutError:
            found.append(text[:30])
    return found
