"""What an engine tells of itself in the text format of Prometheus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Load", "Sample", "read_load", "samples"]

_LINE = re.compile(r"(?P<name>[A-Za-z_:][\w:]*)(?:\{(?P<labels>.*)\})?[ \t]+(?P<value>\S+)(?:[ \t]+-?\d+)?", re.ASCII)
_LABEL = re.compile(r'([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"', re.ASCII)
_ESCAPES = {r"\\": "\\", r"\"": '"', r"\n": "\n"}


class Sample(NamedTuple):
    """One line of the text."""

    name: str
    labels: dict[str, str]
    value: float


@dataclass(frozen=True)
class Load:
    """How busy an engine is; None is what it does not tell.

    Attributes:
        running: how many requests are being answered.
        waiting: how many wait for a place.
        cache: the share of its KV cache that is in use, from 0 to 1.
        busy: the adapters that these requests use.
    """

    running: int | None = None
    waiting: int | None = None
    cache: float | None = None
    busy: frozenset[str] = frozenset()


def samples(text: str) -> Iterator[Sample]:
    """Each sample; comments, and lines that are none, are passed over."""
    for line in text.splitlines():
        found = _LINE.fullmatch(line.strip())
        if found is None:
            continue
        try:
            value = float(found["value"])
        except ValueError:
            continue
        labels = {
            name: re.sub(r"\\.", lambda escaped: _ESCAPES.get(escaped[0], escaped[0]), told)
            for name, told in _LABEL.findall(found["labels"] or "")
        }
        yield Sample(found["name"], labels, value)


def read_load(text: str) -> Load:
    """The load that vLLM tells.

    An engine of several parts has a line for each: requests are added up, and the fullest cache counts. Which adapters
    are in use is told by labels; each new set of them is a new line, whose value is when it held, so the latest counts.
    After a call that was broken off that line stays until the next call, so an engine without calls uses none.
    """
    running, waiting, cache = [], [], []
    latest, busy = float("-inf"), frozenset[str]()
    for name, labels, value in samples(text):
        if name == "vllm:num_requests_running":
            running.append(value)
        elif name == "vllm:num_requests_waiting":
            waiting.append(value)
        elif name in ("vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"):  # the second until 2025
            cache.append(value)
        elif name == "vllm:lora_requests_info" and value > latest:
            latest = value
            both = f"{labels.get('running_lora_adapters', '')},{labels.get('waiting_lora_adapters', '')}"
            busy = frozenset(filter(None, (one.strip() for one in both.split(","))))
    return Load(
        int(sum(running)) if running else None,
        int(sum(waiting)) if waiting else None,
        max(cache) if cache else None,
        busy if sum(running) + sum(waiting) else frozenset(),
    )
