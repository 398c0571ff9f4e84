"""Whether the models that are set can be had: asked without a word to any of them, so that it costs nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from collegia.errors import CollegiaError, ModelUnreachable
from collegia.settings import Settings
from collegia.tools.models.pool import Models

if TYPE_CHECKING:
    from collegia.tools.serving import ServerStatus

__all__ = ["Outlook", "Reach", "look"]

State = Literal["reachable", "unreachable", "refused", "not asked"]


@dataclass(frozen=True)
class Reach:
    """What became of asking for a model.

    Attributes:
        state: "refused" where its server answers and will not serve it; "not asked" where only a question would tell.
        why: more of that, in words.
        context: how many tokens it can hold, as its server says; 0 where it does not.
    """

    state: State
    why: str = ""
    context: int = 0


@dataclass(frozen=True)
class Outlook:
    """What can be had now.

    Attributes:
        models: of each model that is set.
        engines: what each engine of `serving` tells, with the adapters that are loaded; empty where no model is served.
    """

    models: Mapping[str, Reach]
    engines: tuple[ServerStatus, ...] = ()

    @property
    def hot(self) -> dict[str, tuple[str, ...]]:
        """The adapters that are loaded, with the addresses of their engines."""
        found: dict[str, tuple[str, ...]] = {}
        for engine in self.engines:
            for name in engine.adapters or ():
                found[name] = (*found.get(name, ()), engine.url)
        return found


async def look(settings: Settings, models: Models, patience: float = 3.0) -> Outlook:
    """Ask every server and every engine at one time; what takes longer than `patience` seconds is unreachable.

    Args:
        settings: the models and the engines.
        models: the clients to ask with.
        patience: seconds.
    """
    served = [name for name, one in settings.models.items() if one.provider == "served"]
    others = [name for name in settings.models if name not in served]
    engines, reached = await asyncio.gather(
        _engines(settings, patience if served else 0.0),
        asyncio.gather(*(_reached(models, name, patience) for name in others)),
    )
    found = dict(zip(others, reached, strict=True)) | {name: _through(engines) for name in served}
    return Outlook({name: found[name] for name in settings.models}, engines)


async def _reached(models: Models, name: str, patience: float) -> Reach:
    from collegia.tools.models.direct import DirectModel

    try:
        model = models.named(name)
        if not isinstance(model, DirectModel):
            return Reach("not asked", "only a question would tell")
        async with asyncio.timeout(patience):
            return Reach("reachable", context=await model.listed())
    except TimeoutError:
        return Reach("unreachable", f"no answer within {patience:g} s")
    except ModelUnreachable as error:
        return Reach("unreachable", str(error))
    except CollegiaError as error:
        return Reach("refused", str(error))


async def _engines(settings: Settings, patience: float) -> tuple[ServerStatus, ...]:
    """What the engines tell; nothing where there is no patience for them."""
    if not patience:
        return ()
    from collegia.tools.serving import Fleet, ServerStatus
    from collegia.tools.serving.fleet import addresses

    try:
        async with Fleet(settings.serving) as fleet, asyncio.timeout(patience):
            return tuple(await fleet.status())
    except TimeoutError:
        why = f"no answer within {patience:g} s"
    except CollegiaError as error:
        why = str(error)
    return tuple(ServerStatus(url, healthy=False, trouble=why) for url in addresses(settings.serving))


def _through(engines: tuple[ServerStatus, ...]) -> Reach:
    """What the engines say of a model that they serve."""
    if any(one.healthy for one in engines):
        return Reach("reachable")
    return Reach("unreachable", "; ".join(one.trouble for one in engines if one.trouble))
