"""`collegia doctor`: what every room says of itself, and the command that mends each lack."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from collegia.cli.err import ANSWERED, ERROR, waiting
from collegia.cli.out import Output, is_plain, is_terminal, line, rows
from collegia.health import Finding

if TYPE_CHECKING:
    from collegia.settings import Settings

__all__ = ["examine"]

_WORDS = {"ok": "OK", "warning": "warning", "fault": "fault"}


def examine(output: Output) -> int:
    """Look at everything, and tell it; 1 where there is a fault."""
    found: list[Finding] = []
    for some in _looks():
        found += some
        if output is Output.text:
            for one in some:
                _tell(one)
    faults = sum(one.state == "fault" for one in found)
    if output is not Output.text:
        plain = [asdict(one) for one in found]
        rows(plain, output, {"ok": not faults, "findings": plain})
    else:
        warnings = sum(one.state == "warning" for one in found)
        line(f"{_counted(faults, 'fault')}, {_counted(warnings, 'warning')}")
    return ERROR if faults else ANSWERED


def _looks() -> Iterator[list[Finding]]:
    """Each look around, as it is done."""
    from collegia.settings.health import look_at_home, look_at_settings
    from collegia.tools.health import look_at_versions

    yield [look_at_versions()]
    settings, found = look_at_settings(os.environ)
    yield [look_at_home(settings.home), *found]
    yield from _stores(settings)
    yield from _experts(settings)
    yield from _servers(settings)
    yield _terminal()


def _stores(settings: Settings) -> Iterator[list[Finding]]:
    with waiting("reading what is stored"):
        from collegia.agents.health import look_at_runs
        from collegia.knowledge.health import look_at_knowledge

        runs = look_at_runs(settings.home)
        knowledge = look_at_knowledge(settings, os.environ)
    yield runs
    yield knowledge


def _experts(settings: Settings) -> Iterator[list[Finding]]:
    with waiting("loading the domains"):
        from collegia.tools.health import look_at_domains, look_at_experts, look_at_extras
        from collegia.tools.registry import Registry

        registry = Registry.load(settings.domains)
        found = [*look_at_domains(registry), *look_at_experts(registry), *look_at_extras()]
    yield found


def _servers(settings: Settings) -> Iterator[list[Finding]]:
    """The servers that the settings name are asked, and no other, all at once."""
    from collegia.knowledge.health import knowledge_doors
    from collegia.tools.models.health import look_at_models, model_doors
    from collegia.tools.reaching import knock, shown
    from collegia.tools.serving.health import engine_doors, look_at_serving

    yield look_at_models(settings, os.environ)
    if settings.serving.python:
        with waiting("starting the interpreter of the engine"):
            serving = look_at_serving(settings.serving)
    else:
        serving = look_at_serving(settings.serving)
    yield serving
    doors = [*model_doors(settings), *engine_doors(settings.serving), *knowledge_doors(settings)]
    if doors:
        with waiting(f"asking {', '.join(dict.fromkeys(shown(one.url) for one in doors))}"):
            asked = knock(doors)
        yield asked


def _terminal() -> list[Finding]:
    from collegia.tui.health import look_at_terminal, look_at_tmux, tmux_options

    size = os.get_terminal_size(sys.stdout.fileno()) if is_terminal() else None
    encoding = getattr(sys.stdout, "encoding", None) or ""
    found = look_at_terminal(os.environ, None if size is None else (size.columns, size.lines), encoding)
    return found + (look_at_tmux(tmux_options) if os.environ.get("TMUX") else [])


def _tell(one: Finding) -> None:
    if is_plain():
        line(f"{_WORDS[one.state]}, {one.what}: {one.said}" + (f"; mend it: {one.mend}" if one.mend else ""))
        return
    line(f"{_WORDS[one.state]:<7}  {one.what}: {one.said}")
    if one.mend:
        line(f"         mend it: {one.mend}")


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
