"""The commands and their options. What they do is imported when they run, so that `--help` costs next to nothing."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from collegia.cli import completing, config, kb, memory, serve
from collegia.cli.chosen import Chosen
from collegia.cli.err import finish
from collegia.cli.options import (
    STYLE,
    ApiBaseOption,
    ApproveOption,
    Commands,
    DomainOption,
    EventsOption,
    ExpertsOption,
    ModelOption,
    OutputOption,
    PanelOption,
    RunArgument,
    SessionArgument,
    ShowPromptsOption,
    group,
)
from collegia.cli.out import Output, line

__all__ = ["app"]

_EXIT_CODES = (
    "Exit codes: 0 answered, 1 error, 2 usage, 3 a question back or a plan to approve, 4 out of range or domain, "
    "5 partial, 130 cancelled or rejected. State lives under COLLEGIA_HOME."
)

app = Commands(invoke_without_command=True, epilog=_EXIT_CODES, **STYLE)
runs = group("Stored runs.")
sessions = group("Conversations: runs that follow each other.")
experts = group("Installed experts, and new ones.")
app.add_typer(runs, name="runs")
app.add_typer(sessions, name="sessions")
app.add_typer(experts, name="experts")
app.add_typer(kb.app, name="kb")
app.add_typer(memory.app, name="memory")
app.add_typer(config.app, name="config")
app.add_typer(serve.app, name="serve")


class Form(StrEnum):
    """How a conversation is written out."""

    markdown = "markdown"
    json = "json"


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        line(f"collegia {version('collegia')}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    version: Annotated[  # typer acts on it through the callback
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Ask engineering questions: checked plans, exact experts, traceable answers.

    Without a command, the terminal app.
    """
    if context.invoked_subcommand is None:
        from collegia.cli.chat import open_app

        finish(lambda: open_app(Chosen()))


@app.command()
def chat(
    domain: DomainOption = None,
    experts_files: ExpertsOption = None,
    model: ModelOption = None,
    api_base: ApiBaseOption = None,
) -> None:
    """Open the terminal app."""
    from collegia.cli.chat import open_app

    finish(lambda: open_app(Chosen.of(domain, experts_files, model, api_base)))


@app.command()
def doctor(output: OutputOption = Output.text) -> None:
    """Look the installation through, and tell the command that mends each lack.

    Asked are the servers that the settings name, and no other; nothing is changed. Ends with 1 where there is a fault.
    """
    from collegia.cli.doctor import examine

    finish(lambda: examine(output))


@app.command()
def web(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where it listens, on 127.0.0.1 alone.")] = 8000,
) -> None:
    """Serve the terminal app to browsers of this machine."""
    from collegia.cli.chat import serve_app

    finish(lambda: serve_app(port))


@app.command()
def ask(
    question: Annotated[
        str,
        typer.Argument(
            metavar="QUESTION",
            help="The question; - reads it from standard input. @NAME in it mentions the domain, the expert or the"
            ' document (@"NAME WITH SPACES") that it is to be answered by.',
        ),
    ],
    output: EventsOption = Output.text,
    plan: Annotated[bool, typer.Option("--plan", help="Show the checked plan and stop before anything runs.")] = False,
    session: Annotated[
        str | None,
        typer.Option(
            "--session",
            "-s",
            metavar="SESSION",
            help="Go on with this conversation, by name or id, or begin it; last: the last one.",
            autocompletion=completing.sessions,
        ),
    ] = None,
    domain: DomainOption = None,
    experts_files: ExpertsOption = None,
    model: ModelOption = None,
    api_base: ApiBaseOption = None,
    panel: PanelOption = None,
    show_prompts: ShowPromptsOption = False,
    approve: ApproveOption = None,
) -> None:
    """Ask a question.

    The answer goes to standard output, everything else to standard error.
    """
    from collegia.cli.asking import ask_question

    chosen = Chosen.of(domain, experts_files, model, api_base, approve, panel)
    finish(lambda: ask_question(question, output, chosen, plan_only=plan, prompts=show_prompts, session=session))


@app.command()
def resume(
    run: RunArgument,
    answer: Annotated[str | None, typer.Option("--answer", "-a", metavar="TEXT", help="What a run asked back.")] = None,
    output: EventsOption = Output.text,
    domain: DomainOption = None,
    experts_files: ExpertsOption = None,
    model: ModelOption = None,
    api_base: ApiBaseOption = None,
    panel: PanelOption = None,
    show_prompts: ShowPromptsOption = False,
    approve: Annotated[bool, typer.Option("--approve", help="Let the plan that waits run.")] = False,
    change: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="STEP.ARGUMENT=VALUE", help="Approve it with another value, as s1.length='2 m'."),
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help="End the run; its plan does not run.")] = False,
) -> None:
    """Go on with a stored run.

    With one that was killed or cancelled, that asked back, or whose plan waits for approval. No finished step runs
    again.
    """
    from collegia.cli.approving import Word
    from collegia.cli.asking import resume_run

    chosen = Chosen.of(domain, experts_files, model, api_base, panel=panel)
    word = Word(approve, reject, tuple(change or ()))
    finish(lambda: resume_run(run, answer, output, chosen, word, prompts=show_prompts))


@app.command("eval")
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help="One object a line: id, question.")],
    out: Annotated[Path, typer.Option("--out", metavar="ANSWERS.jsonl", help="Where the answers go, one a line.")],
    domain: DomainOption = None,
    experts_files: ExpertsOption = None,
    model: ModelOption = None,
    api_base: ApiBaseOption = None,
    panel: PanelOption = None,
) -> None:
    """Answer every question of a file.

    Ends with 0 once every line was tried.
    """
    from collegia.cli.evaluating import evaluate_file

    finish(lambda: evaluate_file(questions, out, Chosen.of(domain, experts_files, model, api_base, panel=panel)))


@app.command()
def route(
    question: Annotated[
        str | None, typer.Argument(metavar="[QUESTION]", help="The question; - reads it from standard input.")
    ] = None,
    questions: Annotated[
        Path | None,
        typer.Option("--eval", metavar="FILE.jsonl", help="Measure instead: question, and scores or best, a line."),
    ] = None,
    output: OutputOption = Output.text,
) -> None:
    """Explain which expert would be asked, and why.

    With --eval, measure the routing of a file of questions. No expert is called, and no model.
    """
    from collegia.cli.route import route as explain

    finish(lambda: explain(question, questions, output))


@app.command()
def replay(
    run: RunArgument,
    output: OutputOption = Output.text,
    domain: DomainOption = None,
    experts_files: ExpertsOption = None,
    approve: Annotated[bool, typer.Option("--approve", help="Call experts that ask first again.")] = False,
) -> None:
    """Run the saved plan of a run again.

    The same numbers: exit code 0. Otherwise it shows what differs: 1.
    """
    from collegia.cli.asking import replay_run

    finish(lambda: replay_run(run, output, Chosen.of(domain, experts_files), approved=approve))


@runs.command("list")
def runs_list(
    output: OutputOption = Output.text,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many, newest first.")] = 50,
) -> None:
    """List stored runs, newest first."""
    from collegia.cli.runs import list_runs

    finish(lambda: list_runs(output, limit))


@runs.command("show")
def runs_show(
    run: RunArgument,
    events: Annotated[bool, typer.Option("--events", help="Show what happened, in order.")] = False,
    output: OutputOption = Output.text,
) -> None:
    """Show a stored run: its result, or its events."""
    from collegia.cli.runs import show_run

    finish(lambda: show_run(run, events, output))


@sessions.command("list")
def sessions_list(
    query: Annotated[
        str | None, typer.Argument(metavar="[QUERY]", help="Only those in which each of these words was said.")
    ] = None,
    output: OutputOption = Output.text,
) -> None:
    """List conversations, the last one first."""
    from collegia.cli.sessions import list_sessions

    finish(lambda: list_sessions(query, output))


@sessions.command("show")
def sessions_show(session: SessionArgument, output: OutputOption = Output.text) -> None:
    """Show what was said in a conversation, and the answers."""
    from collegia.cli.sessions import show_session

    finish(lambda: show_session(session, output))


@sessions.command("rename")
def sessions_rename(session: SessionArgument, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Give a conversation another name."""
    from collegia.cli.sessions import rename_session

    finish(lambda: rename_session(session, name))


@sessions.command("fork")
def sessions_fork(
    session: SessionArgument,
    at: Annotated[str | None, typer.Option("--at", metavar="RUN", help="Its last run; all where not given.")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What the new one is called.")] = None,
) -> None:
    """Begin another conversation from here, or from an earlier run."""
    from collegia.cli.sessions import fork_session

    finish(lambda: fork_session(session, at, name))


@sessions.command("export")
def sessions_export(
    session: SessionArgument,
    form: Annotated[Form, typer.Option("--format", "-f", help="For people, or for programs.")] = Form.markdown,
) -> None:
    """Write a conversation out, to standard output."""
    from collegia.cli.sessions import export_session

    finish(lambda: export_session(session, form.value))


@experts.command("list")
def experts_list(output: OutputOption = Output.text, domain: DomainOption = None) -> None:
    """List installed experts.

    Those whose library is missing come with the command that installs it.
    """
    from collegia.cli.experts import list_experts

    finish(lambda: list_experts(output, tuple(domain or ())))


@experts.command("show")
def experts_show(
    name: Annotated[str, typer.Argument(metavar="NAME", autocompletion=completing.experts)],
    output: OutputOption = Output.text,
) -> None:
    """Show an expert's card."""
    from collegia.cli.experts import show_expert

    finish(lambda: show_expert(name, output))


@experts.command("test")
def experts_test(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One expert; without it, all.")] = None,
    experts_files: ExpertsOption = None,
) -> None:
    """Run the worked examples on the cards.

    Ends with 1 when one fails.
    """
    from collegia.cli.experts import test_experts

    finish(lambda: test_experts(name, tuple(experts_files or ())))


@experts.command("new")
def experts_new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that does not exist; it names the domain.")],
) -> None:
    """Write the skeleton of a domain.

    It has one expert and one test, installs as it is, and overwrites nothing.
    """
    from collegia.cli.experts import new_expert_domain

    finish(lambda: new_expert_domain(folder))


@experts.command("trust")
def experts_trust(file: Annotated[Path, typer.Argument(metavar="FILE.py")]) -> None:
    """Trust a file of experts, which is code.

    What is trusted is its present content; a changed file is asked about again.
    """
    from collegia.cli.experts import trust_file

    finish(lambda: trust_file(file))
