"""Models, engines, budget and routing as they are shown: styled pieces of text, none of which is read as markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from textual.content import Content

from collegia.tui.chat.telling import shown
from collegia.tui.experts.health import reach_told

if TYPE_CHECKING:
    from collegia.agents.result import Usage
    from collegia.settings import Budget, ModelSettings, Settings
    from collegia.tools.models.reach import Outlook

__all__ = ["bar", "budget_content", "engines_content", "models_content", "roles_content", "routing_content"]

Piece = str | tuple[str, str]

_WIDTH = 20
_MARKS = {"reachable": "●", "unreachable": "✗", "refused": "✗", "not asked": "○"}


def models_content(settings: Settings, environ: Mapping[str, str], outlook: Outlook | None) -> Content:
    """The models that are set; of a key its variable alone, and whether that is set."""
    if not settings.models:
        told = "none is set: questions are answered by types alone. `collegia config path` says where one is named."
        return Content.assemble(("Models\n", "bold"), f"  {told}")
    parts: list[Piece] = [("Models\n", "bold")]
    for name, one in settings.models.items():
        reach = outlook.models.get(name) if outlook is not None else None
        state = "asking…" if outlook is None else reach_told(reach) if reach else "not asked"
        parts += [f"  {_MARKS[reach.state] if reach else '○'} ", (shown(name), "bold $accent")]
        where = "by the engines below" if one.provider == "served" else shown(one.api_base) or "at its provider"
        parts.append(f"  {shown(one.model)}  {where}\n")
        parts.append(f"      {shown(state)}\n")
        context = one.context or (reach.context if reach else 0)
        parts.append((f"      {'; '.join(_facts(one, context, environ))}\n", "dim"))
    return Content.assemble(*parts).rstrip()


def _facts(one: ModelSettings, context: int, environ: Mapping[str, str]) -> Iterator[str]:
    yield f"context {context} tokens" if context else "context not known"
    yield f"replies up to {one.max_output} tokens"
    if one.prompt_price is None or one.output_price is None:
        yield "price not known"
    else:
        yield f"price {one.prompt_price:g} read, {one.output_price:g} written, a million tokens"
    if one.api_key_env:
        yield f"key in {shown(one.api_key_env)}, which is {'set' if environ.get(one.api_key_env) else 'not set'}"


def roles_content(settings: Settings) -> Content:
    """Which model plays which role."""
    parts: list[Piece] = [("Roles\n", "bold")]
    for role in fields(settings.roles):
        model = settings.model_of(role.name)
        parts.append(f"  {role.name:<10} {shown(model) if model else '– (no model)'}\n")
    parts.append(f"  planning   {settings.planning}")
    return Content.assemble(*parts)


def engines_content(settings: Settings, outlook: Outlook | None) -> Content:
    """What the engines of `serving` tell; empty where nothing is served."""
    if not any(one.provider == "served" for one in settings.models.values()):
        return Content("")
    parts: list[Piece] = [("Engines\n", "bold")]
    if outlook is None:
        parts.append("  asking…")
    for one in outlook.engines if outlook is not None else ():
        parts.append(f"  {'●' if one.healthy else '✗'} {shown(one.url)}  ")
        parts.append(f"{'healthy' if one.healthy else 'does not answer'}  {shown(one.model or '')}\n")
        if one.adapters is not None:
            hot = ", ".join(map(shown, one.adapters)) or "none"
            busy = f", in use: {', '.join(sorted(map(shown, one.load.busy)))}" if one.load.busy else ""
            parts.append(f"      hot adapters: {hot}{busy}; {settings.serving.max_loras} fit\n")
        if one.load.running is not None:
            parts.append(f"      {one.load.running} requests at work, {one.load.waiting or 0} waiting\n")
        if one.trouble:
            parts.append((f"      {shown(one.trouble)}\n", "$warning"))
    return Content.assemble(*parts).rstrip()


def budget_content(
    last: Usage | None, runs: Sequence[Usage], budget: Budget, full: Mapping[str, int], held: Mapping[str, int]
) -> Content:
    """What the last run took of the budget, which is one for each run; and what the conversation took.

    Args:
        last: of the last run; None where there is none.
        runs: of all runs of the conversation.
        budget: the limits.
        full: the most tokens that one call of the last run had, by model.
        held: how many tokens a model can hold; 0 or nothing where that is not known.
    """
    from collegia.agents.result import Usage
    from collegia.agents.spending import together

    parts: list[Piece] = [("Budget", "bold"), ("  the last run against the limits, which hold for each run\n", "dim")]
    one = last or Usage()
    for name, used, most in (
        ("steps", one.steps, budget.max_steps), ("seconds", one.seconds, budget.max_seconds),
        ("model calls", one.model_calls, budget.max_calls),
        ("tokens", one.tokens_read + one.tokens_written, budget.max_tokens), ("money", one.cost, budget.max_cost),
    ):  # fmt: skip
        parts.append(f"  {name:<12}{bar(used, most)}\n")
    for model, used in full.items():
        parts.append(f"  {f'context of {shown(model)}':<12}  {bar(used, held.get(model) or None)}\n")
    if last is None:
        parts.append(("  nothing was asked yet\n", "dim"))
    total = together(runs)
    parts.append(("\nConversation", "bold"))
    parts.append(f"  runs {len(runs)}, steps {total.steps}, {total.seconds:.1f} s, model calls {total.model_calls}\n")
    money = "money not known" if total.cost is None else f"money {total.cost:.4g}"
    parts.append(f"  tokens {total.tokens_read} read, {total.tokens_written} written; {money}")
    return Content.assemble(*parts)


def bar(used: float | None, most: float | None) -> str:
    """A meter: `████░░░░  12 of 64 (19 %)`; in words where one of the two is not known."""
    told = "not known" if used is None else f"{used:.4g}" if isinstance(used, float) else str(used)
    if most is None:
        return f"{'·' * _WIDTH}  {told}, no limit known"
    limit = f"{most:.4g}" if isinstance(most, float) else str(most)
    if used is None:
        return f"{'?' * _WIDTH}  {told}, of {limit}"
    share = used / most if most else 1.0
    filled = min(_WIDTH, round(share * _WIDTH) or (1 if used else 0))
    return f"{'█' * filled}{'░' * (_WIDTH - filled)}  {told} of {limit} ({share:.0%})"


def routing_content(settings: Settings) -> Content:
    """How an expert that takes words is chosen."""
    routing = settings.routing
    parts: list[Piece] = [("Routing\n", "bold")]
    parts.append(
        f"  threshold {routing.threshold:g}, good enough {routing.good_enough:g}, at most {routing.most} asked\n"
    )
    cost = "no limit of cost" if routing.max_cost is None else f"cost up to {routing.max_cost:g}"
    seconds = "no limit of time" if routing.max_seconds is None else f"up to {routing.max_seconds:g} s each"
    parts.append(f"  {cost}, {seconds}\n")
    for category, expert in routing.categories.items():
        parts.append(f"  {shown(category)} goes to {shown(expert)}\n")
    return Content.assemble(*parts).rstrip()
