"""What the commands need first: the settings, the experts of plain files, the assistant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from collegia.agents.assistant import Assistant
from collegia.cli.chosen import Chosen
from collegia.cli.err import confirm, is_interactive, tell
from collegia.errors import UsageError
from collegia.settings import Settings
from collegia.tools.registry import Registry, installed

__all__ = ["NOTHING", "load_registry", "load_settings", "make_assistant"]

NOTHING = Chosen()

# Plain arithmetic serves every domain, so naming one domain does not take it away.
_GENERIC = ("arithmetic",)


def load_settings(chosen: Chosen = NOTHING) -> Settings:
    """The settings of this process, narrowed to the domains that are chosen and the generic ones.

    Raises:
        UsageError: a domain that is not installed, or a setting that cannot be used.
    """
    known = installed()
    domains = chosen.domains
    for name in domains:
        if name not in known:
            raise UsageError(f"domain {name!r} is not installed; installed are: {', '.join(known) or 'none'}")
    narrowed = (*domains, *(name for name in _GENERIC if name in known)) if domains else ()
    named = tuple(dict.fromkeys(narrowed)) or None
    panel = None if chosen.panel is None else {"size": chosen.panel}
    return Settings.load(
        domains=named, model=chosen.model, api_base=chosen.api_base, approve=chosen.approve, panel=panel
    )


def make_assistant(chosen: Chosen = NOTHING) -> Assistant:
    """An assistant with what was chosen.

    Raises:
        UsageError: a domain or a file that cannot be used, or a file that is not trusted.
        DomainRefused: the functions of a file do not keep the contract.
    """
    settings = load_settings(chosen)
    assistant = Assistant(settings=settings, experts=_functions(chosen.files, settings))
    if chosen.domains or chosen.files or chosen.panel:
        _ = assistant.registry  # what was named on the command line fails here, before a run is stored
    return assistant


def load_registry(chosen: Chosen = NOTHING) -> Registry:
    """The registry alone; domains that were not loaded are told on standard error, with the reason.

    Raises:
        as `make_assistant`.
    """
    registry = make_assistant(chosen).registry
    for reason in registry.refused.values():
        tell(f"warning: {reason}")
    return registry


def _functions(paths: tuple[Path, ...], settings: Settings) -> tuple[Callable[..., Any], ...]:
    """The expert functions of files, each asked about once; with nobody to ask, an untrusted file is refused."""
    if not paths:
        return ()
    from collegia.tools.trust import is_trusted, load_functions, trust

    found: list[Callable[..., Any]] = []
    for path in paths:
        if is_interactive() and not is_trusted(path, settings.home):
            if not confirm(f"{path} is code and will run with your rights. Trust its present content?"):
                raise UsageError(f"{path} is not trusted, so nothing was run")
            trust(path, settings.home)
        found.extend(load_functions(path, settings.home))
    return tuple(dict.fromkeys(found))
