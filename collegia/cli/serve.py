"""`collegia serve`: start an engine for model experts, look at it, stop it."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collegia.cli.err import ANSWERED, ERROR, finish, tell, waiting
from collegia.cli.options import OutputOption, group
from collegia.cli.out import Output, data, line
from collegia.errors import ServingError, UsageError

if TYPE_CHECKING:
    from subprocess import Popen

    from collegia.settings import Settings
    from collegia.tools.serving import ServerStatus
    from collegia.tools.serving.figures import Figures
    from collegia.tools.serving.record import Record

__all__ = ["app", "down", "show_status", "start_detached", "watch"]

app = group("The engine that serves model experts, as [serving] of the settings says.")


@app.command("up")
def serve_up(
    wait: Annotated[bool, typer.Option(help="Wait until it answers, half a minute or more.")] = True,
    foreground: Annotated[bool, typer.Option("--foreground", help="Stay and watch it; Ctrl-C stops it.")] = False,
) -> None:
    """Start the engine, and start it again whenever it dies.

    Its address goes to standard output.
    """
    finish(watch if foreground else lambda: start_detached(wait=wait))


@app.command("down")
def serve_down() -> None:
    """Stop the engine."""
    finish(down)


@app.command("status")
def serve_status(output: OutputOption = Output.text) -> None:
    """Show its health, its adapters, its queue and its cache.

    Ends with 1 where an engine does not answer.
    """
    finish(lambda: show_status(output))


def watch() -> int:
    """Run the engine in this process's care until it is told to stop.

    Raises:
        UsageError: as `Watcher.run`.
        ServingError: the same.
    """
    import asyncio

    from collegia.tools.serving.watch import Watcher

    settings = _settings()

    async def run() -> None:
        await Watcher(settings.serving, _folder(settings), tell).run()

    asyncio.run(run())
    return ANSWERED


def start_detached(*, wait: bool) -> int:
    """Start a process that does what `watch` does, and wait until the engine answers, or just until that runs.

    Raises:
        UsageError: a setting is missing, or it runs already.
        ServingError: the engine does not start.
    """
    import subprocess
    import sys

    from collegia.tools.serving.engine import command_of
    from collegia.tools.serving.fleet import addresses
    from collegia.tools.serving.record import read_record

    settings = _settings()
    command_of(settings.serving)  # what is wrong with the settings is told here, not in a log
    folder = _folder(settings)
    before = read_record(folder)
    if before is not None and before.watcher.is_alive():
        raise UsageError(f"an engine runs already ({before.url}); `collegia serve down` stops it")
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "server.log"
    if log.exists():
        log.replace(folder / "server.log.1")
    with log.open("ab") as out:  # the engine adds to it as well
        child = subprocess.Popen(
            [sys.executable, "-m", "collegia", "serve", "up", "--foreground"],
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        with waiting("the engine starts; this takes half a minute or more"):
            _await_start(child, folder, ("running",) if wait else ("starting", "running"))
    except KeyboardInterrupt:
        tell("the engine goes on starting; `collegia serve down` stops it")
        raise
    line(addresses(settings.serving)[0])
    tell(f"the engine {'answers' if wait else 'is being started'}; its log is {log}")
    return ANSWERED


def down() -> int:
    """Stop the engine; that none runs is told, and no error."""
    from collegia.tools.serving.stopping import stop

    tell("the engine is stopped" if stop(_folder(_settings())) else "no engine runs that `collegia serve up` started")
    return ANSWERED


def show_status(output: Output) -> int:
    """Show every engine of the settings."""
    import asyncio

    from collegia.tools.serving import Fleet
    from collegia.tools.serving.figures import figures_file
    from collegia.tools.serving.record import read_record

    settings = _settings()

    async def look() -> list[ServerStatus]:
        async with Fleet(settings.serving) as fleet:
            return await fleet.status()

    engines = asyncio.run(look())
    record = None if settings.serving.endpoints else read_record(_folder(settings))
    figures = figures_file(settings.home).total()
    if output is Output.text:
        _print(settings, engines, record, figures)
    else:
        data(
            {
                "engines": [_plain(one) for one in engines],
                "watched": None if record is None else {**asdict(record), "alive": record.watcher.is_alive()},
                "places": settings.serving.max_loras, "figures": figures.plain(),
            }, output,
        )  # fmt: skip
    return ANSWERED if all(one.healthy for one in engines) else ERROR


def _settings() -> Settings:
    from collegia.settings import Settings

    return Settings.load()


def _folder(settings: Settings) -> Path:
    return settings.home / "serving"


def _await_start(child: Popen[bytes], folder: Path, wanted: tuple[str, ...]) -> None:
    """Wait until the watcher that was just started has brought the engine to one of these states.

    Raises:
        ServingError: it ended.
    """
    from collegia.tools.serving.record import read_record
    from collegia.tools.serving.stopping import reason

    while True:
        ended = child.poll()
        record = read_record(folder)
        own = record if record is not None and record.watcher.pid == child.pid else None
        if ended is not None:
            raise ServingError(own.why if own and own.why else reason(folder / "server.log"))
        if own is not None and own.state in wanted:
            return
        time.sleep(0.1)


def _plain(one: ServerStatus) -> dict[str, Any]:
    return {
        "url": one.url, "healthy": one.healthy, "model": one.model,
        "adapters": None if one.adapters is None else list(one.adapters), "running": one.load.running,
        "waiting": one.load.waiting, "cache": one.load.cache, "busy": sorted(one.load.busy), "trouble": one.trouble,
    }  # fmt: skip


def _print(settings: Settings, engines: list[ServerStatus], record: Record | None, figures: Figures) -> None:
    for one in engines:
        line(f"{one.url}  {'healthy' if one.healthy else 'does not answer'}{f'  {one.model}' if one.model else ''}")
        if one.adapters is not None:
            busy = f" (in use: {', '.join(sorted(one.load.busy))})" if one.load.busy else ""
            line(f"  adapters  {', '.join(one.adapters) or 'none'}{busy}; {settings.serving.max_loras} fit")
        if one.load.running is not None:
            cache = "unknown" if one.load.cache is None else f"{one.load.cache:.1%}"
            line(f"  requests  {one.load.running} running, {one.load.waiting or 0} waiting; cache in use: {cache}")
        if one.trouble:
            line(f"  trouble   {one.trouble}")
    if record is not None:
        line(f"  process   {_history(record)}")
    if figures.calls or figures.loads:
        line(f"  so far    {_so_far(figures)}")


def _history(record: Record) -> str:
    """Who watches the engine, since when, and how it went."""
    since = time.strftime("%Y-%m-%d %H:%M", time.localtime(record.since))
    if record.watcher.is_alive():
        again = f", started again {record.restarts} times, at last since {record.why}" if record.restarts else ""
        return f"{record.state} since {since}, watched by {record.watcher.pid}{again}"
    if record.engine is not None and record.engine.is_alive():
        return f"{record.engine.pid} runs and nobody watches it; `collegia serve down` stops it"
    if record.state in ("stopped", "failed"):
        return f"{record.state} since {since}{f': {record.why}' if record.why else ''}"
    return f"its watcher {record.watcher.pid} was killed; `collegia serve up` starts another"


def _so_far(figures: Figures) -> str:
    def each(seconds: float, times: int) -> str:
        return f"{times} of {seconds / times:.3f} s each" if times else "none"

    calls = "no calls"
    if figures.hit_rate is not None and figures.consistency is not None:
        calls = (
            f"{figures.calls} calls, {figures.hit_rate:.0%} found their adapter loaded,"
            f" {figures.consistency:.0%} where it was thought to be"
        )
    loads, switches = each(figures.load_seconds, figures.loads), each(figures.switch_seconds, figures.switches)
    return f"{calls}; loads: {loads}, switches: {switches}"
