"""`collegia config`: the settings in force, their file, whether all is well with it, and the prompts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collegia.cli.completing import prompts
from collegia.cli.err import ANSWERED, ERROR, USAGE, finish, tell
from collegia.cli.options import OutputOption, group
from collegia.cli.out import Output, data, line
from collegia.errors import CollegiaError, ModelUnreachable, UsageError

if TYPE_CHECKING:
    from collegia.settings import Settings

__all__ = ["app", "check_settings", "show_path", "show_prompts", "show_settings"]

app = group("The settings in force, the file that they come from, and the prompts.")


@app.command("show")
def config_show(output: OutputOption = Output.text) -> None:
    """Show the settings in force.

    They are written as the file has them, with where each comes from that is not a default. No secret is shown.
    """
    finish(lambda: show_settings(output))


@app.command("path")
def config_path_() -> None:
    """Tell where the file of settings is; standard error tells whether it is there."""
    finish(show_path)


@app.command("check")
def config_check(
    connect: Annotated[bool, typer.Option("--connect", help="Ask each model for one word, too.")] = False,
    output: OutputOption = Output.text,
) -> None:
    """Look for faults in the settings.

    Ends with 2 where there is one; with --connect, with 1 where a model does not answer.
    """
    finish(lambda: check_settings(connect, output))


@app.command("prompts")
def config_prompts(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="One of them; without it, a list.", autocompletion=prompts)
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="Copy it to where it can be edited.")] = False,
    output: OutputOption = Output.text,
) -> None:
    """List the prompts and the files that they are read from, or print one.

    A file in the settings' folder of prompts goes before the one that is shipped; --copy puts it there, and never
    writes over one that is there already.
    """
    finish(lambda: show_prompts(name, copy, output))


def show_settings(output: Output) -> int:
    """Show the settings in force, and where they come from.

    Raises:
        UsageError: they cannot be used.
    """
    import os

    from collegia.cli.toml import hidden, plain, tables
    from collegia.settings import Settings, config_path
    from collegia.settings.reading import sources

    said, source = plain(Settings.load()), sources(os.environ)
    home = said.pop("home")
    if output is Output.text:
        line(f"# COLLEGIA_HOME is {hidden(home)}")
        for each in tables(said, source):
            line(each)
        return ANSWERED
    told = {".".join(place): source(place) for place in _places(said) if source(place)}
    data({"home": home, "file": str(config_path(os.environ)), "settings": hidden(said), "sources": told}, output)
    return ANSWERED


def show_path() -> int:
    """Tell where the file of settings is."""
    path = _path()
    line(str(path))
    tell(
        "it is there" if path.is_file() else "it is not there; every setting has its default, or is in the environment"
    )
    return ANSWERED


def check_settings(connect: bool, output: Output) -> int:
    """Tell every fault of the settings, or that there is none."""
    from collegia.settings import Settings

    try:
        settings = Settings.load()
    except UsageError as error:
        faults = str(error).splitlines()
        if output is Output.text:
            for fault in faults:
                line(fault)
        else:
            data({"ok": False, "faults": faults, "models": []}, output)
        return USAGE
    _tell_missing_keys(settings)
    models = _connected(settings) if connect else []
    well = all(one["state"] == "reachable" for one in models)
    if output is not Output.text:
        data({"ok": well, "faults": [], "models": models}, output)
        return ANSWERED if well else ERROR
    line(f"OK: {_path()}" if _path().is_file() else "OK: no file, only defaults and the environment")
    for one in models:
        line(f"{one['name']}  {one['state']} in {one['seconds']:.2f} s" + (f": {one['why']}" if one["why"] else ""))
    if connect and not models:
        line("no model is set")
    return ANSWERED if well else ERROR


def show_prompts(name: str | None, copy: bool, output: Output) -> int:
    """List the prompts, print one, or copy it for editing.

    Raises:
        UsageError: there is no such prompt, or the copy is there already.
    """
    from collegia.prompts import NAMES, prompt_path
    from collegia.settings import Settings

    settings = Settings.load()
    folder = settings.own_prompts
    if name is not None and name not in NAMES:
        raise UsageError(f"there is no prompt {name!r}; there are: {', '.join(NAMES)}")
    if copy:
        if name is None:
            raise UsageError("--copy wants the NAME of a prompt; `collegia config prompts` lists them")
        _copy(prompt_path(name), folder / f"{name}.md")
    found = [
        {"name": one, "path": str(path), "own": path.parent == folder}
        for one in ([name] if name else NAMES)
        for path in [prompt_path(one, folder)]
    ]
    if name is not None and not copy:
        text = _read(Path(str(found[0]["path"])))
        line(text) if output is Output.text else data({**found[0], "text": text}, output)
    elif output is Output.json:
        data(found)
    elif output is Output.jsonl:
        for each in found:
            data(each, output)
    else:
        for each in found:
            line(f"{each['name']:<12}  {each['path']}" if name is None else str(each["path"]))
    return ANSWERED


def _path() -> Path:
    import os

    from collegia.settings import config_path

    return config_path(os.environ)


def _places(table: Any, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The places of all values in a table."""
    if isinstance(table, dict) and (table or not at):
        return [place for name, value in table.items() for place in _places(value, (*at, name))]
    return [at]


def _tell_missing_keys(settings: Settings) -> None:
    import os

    for name, model in settings.models.items():
        if model.api_key_env and not os.environ.get(model.api_key_env):
            tell(f"warning: models.{name}.api_key_env is {model.api_key_env}, which is not set")


def _connected(settings: Settings) -> list[dict[str, Any]]:
    """What each model does when it is asked for one word."""
    import asyncio

    from collegia.tools.models import Models

    async def every() -> list[dict[str, Any]]:
        models = Models(settings)
        try:
            return list(await asyncio.gather(*(_asked(models, name) for name in settings.models)))
        finally:
            await models.close()

    return asyncio.run(every())


async def _asked(models: Any, name: str) -> dict[str, Any]:
    import time

    from collegia.tools.models import Message, Request, ask

    began = time.perf_counter()
    state, why = "reachable", ""
    try:
        await ask(models.named(name), Request((Message("user", "Say yes."),), max_output=8), role="check")
    except ModelUnreachable as error:
        state, why = "unreachable", str(error)
    except CollegiaError as error:
        state, why = "refused", str(error)
    return {"name": name, "state": state, "seconds": round(time.perf_counter() - began, 3), "why": why}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the prompt {path} cannot be read: {error}") from error


def _copy(shipped: Path, own: Path) -> None:
    try:
        own.parent.mkdir(parents=True, exist_ok=True)
        with own.open("x", encoding="utf-8") as file:
            file.write(shipped.read_text(encoding="utf-8"))
    except FileExistsError:
        raise UsageError(f"{own} is there already, and is not written over") from None
    except OSError as error:
        raise UsageError(f"{own} cannot be written: {error.strerror or error}") from error
