"""What is installed: Python and Collegia, domains, the libraries behind experts, and the extras."""

from __future__ import annotations

import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution, entry_points, requires, version

from collegia.health import Finding, fault, ok, warning
from collegia.tools.registry import GROUP, Registry, installed

__all__ = ["look_at_domains", "look_at_experts", "look_at_extras", "look_at_versions"]

_REQUIREMENT = re.compile(r"""([A-Za-z0-9._-]+)(?:\[[^]]*])?[^;]*;.*\bextra\s*==\s*["'](\w+)["']""")
_NOT_FOR_USERS = ("all", "dev")
_SHOWN = 5  # experts that are named where many lack a library


def look_at_versions() -> Finding:
    """Which Python runs which Collegia."""
    python = f"Python {platform.python_version()} ({sys.executable})"
    try:
        return ok("collegia", f"{version('collegia')}, {python}")
    except PackageNotFoundError:
        said = f"{python} runs Collegia from its source, and no domain is registered"
        return fault("collegia", said, "pip install -e .")


def look_at_domains(registry: Registry) -> list[Finding]:
    """What was loaded, and what was refused with the reason."""
    counts = [
        f"{name} ({sum(one.card.domain == name for one in registry.experts.values())} experts)"
        for name in registry.domains
    ]
    found = [ok("domains", f"{', '.join(counts)} loaded")] if counts else []
    for name, why in registry.refused.items():
        found.append(fault(f"domain {name}", why, _mend(name)))
    return found or [warning("domains", "none is installed", "pip install --force-reinstall collegia")]


def look_at_experts(registry: Registry) -> list[Finding]:
    """The experts whose library is missing, by the command that installs it."""
    lacking: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in registry.experts.values():
        if missing := one.missing_libraries():
            lacking.setdefault(one.card.install, {})[one.name] = missing
    if not lacking:
        return [ok("experts", f"{len(registry.experts)}, and no library of theirs is missing")]
    found = []
    for install, experts in lacking.items():
        libraries = ", ".join(dict.fromkeys(name for missing in experts.values() for name in missing))
        names = ", ".join(list(experts)[:_SHOWN]) + (" …" if len(experts) > _SHOWN else "")
        said = f"{len(experts)} of {len(registry.experts)} lack {libraries}: {names}"
        found.append(warning("experts", said, install or f"pip install {libraries.replace(',', '')}"))
    return found


def look_at_extras() -> list[Finding]:
    """The optional extras of Collegia, each with what is missing of it."""
    try:
        wanted = requires("collegia") or []
    except PackageNotFoundError:
        return []
    extras: dict[str, list[str]] = {}
    for one in wanted:
        if (read := _REQUIREMENT.match(one)) and read[2] not in _NOT_FOR_USERS:
            extras.setdefault(read[2], []).append(read[1])
    missing = {extra: [name for name in names if not _is_there(name)] for extra, names in extras.items()}
    whole = [extra for extra, lacks in missing.items() if not lacks]
    found = [ok("extras", f"{', '.join(whole)} installed")] if whole else []
    return found + [
        warning(f"extra {extra}", f"{', '.join(lacks)} not installed", f"pip install 'collegia[{extra}]'")
        for extra, lacks in missing.items()
        if lacks
    ]


def _is_there(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _mend(name: str) -> str:
    """What does away with the reason that a domain was refused for: it is installed anew, or not asked for."""
    if name not in installed(narrowed=False):
        return 'unset COLLEGIA_DOMAINS, or take it out of `domains`: ${EDITOR:-vi} "$(collegia config path)"'
    owners = [point.dist.name for point in entry_points(group=GROUP, name=name) if point.dist is not None]
    if len(owners) > 1:
        return f"pip uninstall {owners[-1]}"
    return f"pip install --upgrade {owners[0]}" if owners else "pip install --force-reinstall collegia"
