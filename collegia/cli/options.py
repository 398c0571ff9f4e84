"""What several commands share: their options, and how a group of commands is made."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from collegia.cli import completing
from collegia.cli.out import Output, speak_plainly

__all__ = [
    "STYLE", "ApiBaseOption", "ApproveOption", "Commands", "DomainOption", "EventsOption", "ExpertsOption",
    "ModelOption", "OutputOption", "PanelOption", "RunArgument", "SessionArgument", "ShowPromptsOption", "group",
]  # fmt: skip

F = TypeVar("F", bound=Callable[..., Any])

STYLE: dict[str, Any] = {
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
    "rich_markup_mode": None,
}

_PlainOption = Annotated[
    bool,
    typer.Option("--plain", help="One statement a line, for a screen reader: no tables, drawings or animation."),
]


class Commands(typer.Typer):
    """Commands; each that shows something (it has an `output`) can show it plainly (it has `--plain`)."""

    def command(self, *named: Any, **about: Any) -> Callable[[F], F]:
        """As typer's own."""
        register = super().command(*named, **about)

        def take(function: F) -> F:
            own = inspect.signature(function, eval_str=True)
            register(_speaking(function, own) if "output" in own.parameters else function)
            return function

        return take


def _speaking(function: Callable[..., Any], own: inspect.Signature) -> Callable[..., Any]:
    """The command with one more option."""

    @wraps(function)
    def speaking(*, plain: bool, **given: Any) -> Any:
        speak_plainly(plain)
        try:
            return function(**given)
        finally:
            speak_plainly(False)  # noqa: FBT003  # what was asked for ends with the command

    option = inspect.Parameter("plain", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=_PlainOption)
    speaking.__dict__["__signature__"] = own.replace(parameters=[*own.parameters.values(), option])
    return speaking


def group(about: str) -> Commands:
    """A group of commands that says so of itself."""
    return Commands(no_args_is_help=True, help=about, **STYLE)


EventsOption = Annotated[
    Output, typer.Option("--output", "-o", help="text for people; json: one object; jsonl: events, then the object.")
]
OutputOption = Annotated[Output, typer.Option("--output", "-o", help="text for people; json or jsonl for programs.")]
DomainOption = Annotated[
    list[str] | None,
    typer.Option(
        "--domain",
        "-d",
        metavar="NAME",
        help="Use only this domain; may be repeated.",
        autocompletion=completing.domains,
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="PROVIDER/NAME",
        help="The language model to use: hosted_vllm/NAME, openai/…",
        autocompletion=completing.models,
    ),
]
ApiBaseOption = Annotated[
    str | None,
    typer.Option("--api-base", metavar="URL", help="The address of its server, as http://127.0.0.1:8000/v1."),
]
PanelOption = Annotated[
    int | None,
    typer.Option("--panel", metavar="N", min=0, help="Ask N model experts what would be asked of one; 0 for no panel."),
]
ShowPromptsOption = Annotated[
    bool,
    typer.Option("--show-prompts", help="Print all that a language model is sent, and replies, to standard error."),
]
ExpertsOption = Annotated[
    list[Path] | None,
    typer.Option("--experts", metavar="FILE.py", help="Add the experts of this file. It is code: asked about once."),
]
SessionArgument = Annotated[
    str,
    typer.Argument(
        metavar="SESSION",
        help="The name or the id of a session; last: the last one.",
        autocompletion=completing.sessions,
    ),
]
ApproveOption = Annotated[
    str | None,
    typer.Option("--approve", metavar="never|marked|always", help="Which plans wait for your word before they run."),
]
RunArgument = Annotated[
    str, typer.Argument(metavar="RUN", help="The id of a stored run.", autocompletion=completing.runs)
]
