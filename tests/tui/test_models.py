"""Models and budget: what is set, what can be reached, what was spent; and never a key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tui_helpers import SIZES, loaded, sent, settled, shown_in

from collegia import Assistant, RunStore, Settings
from collegia.agents.result import Result, Usage
from collegia.events import ModelCalled, RunStarted
from collegia.settings import Budget, ExpertSettings, ModelSettings, Roles, Routing, Serving
from collegia.tools.models import ScriptedModel
from collegia.tools.models.reach import Outlook, Reach
from collegia.tools.serving import ServerStatus
from collegia.tools.serving.metrics import Load
from collegia.tui.app import CollegiaApp
from collegia.tui.models.screen import ModelsScreen
from collegia.tui.models.telling import (
    bar,
    budget_content,
    engines_content,
    models_content,
    roles_content,
    routing_content,
)

Make = Callable[..., CollegiaApp]

NOWHERE = "http://127.0.0.1:9/v1"
KEY = "sk-nobody-may-see-this-0123456789"


def full(home: Path) -> Settings:
    return Settings(
        home,
        budget=Budget(max_cost=2.0),
        models={
            "default": ModelSettings("hosted_vllm/tiny", NOWHERE, api_key_env="MY_KEY", context=4096,
                                     prompt_price=1.0, output_price=2.5),
            "far": ModelSettings("anthropic/some"),
            "mine": ModelSettings("served/base"),
        },
        roles=Roles(writer="far", reflector="none"),
        experts={"forester": ExpertSettings("Knows woods.", model="mine", adapter="forest")},
        routing=Routing(max_cost=5.0, categories={"botany": "forester"}),
        serving=Serving(endpoints=("http://127.0.0.1:9",)),
    )  # fmt: skip


OUTLOOK = Outlook(
    {"default": Reach("unreachable", "no answer"), "far": Reach("not asked", "only a question would tell"),
     "mine": Reach("reachable", context=2048)},
    (
        ServerStatus("http://a:1", healthy=True, model="base", adapters=("forest", "meadow"),
                     load=Load(running=2, waiting=1, busy=frozenset({"forest"}))),
        ServerStatus("http://b:2", healthy=False, trouble="it took too long"),
    ),
)  # fmt: skip


# -- words


def test_models_are_told_with_their_state_in_words_and_never_a_key(home: Path) -> None:
    told = models_content(full(home), {"MY_KEY": KEY}, OUTLOOK).plain
    for part in (
        "✗ default  hosted_vllm/tiny  http://127.0.0.1:9/v1", "unreachable (no answer)", "context 4096 tokens",
        "price 1 read, 2.5 written, a million tokens", "key in MY_KEY, which is set", "○ far", "at its provider",
        "not asked (only a question would tell)", "context not known", "price not known",
        "● mine  served/base  by the engines below", "context 2048 tokens",
    ):  # fmt: skip
        assert part in told, part
    assert KEY not in told
    assert "key in MY_KEY, which is not set" in models_content(full(home), {}, OUTLOOK).plain


def test_while_it_is_asked_that_is_told(home: Path) -> None:
    assert models_content(full(home), {}, None).plain.count("asking…") == 3
    assert "asking…" in engines_content(full(home), None).plain


def test_that_no_model_is_set_is_told_with_where_one_is_named(home: Path) -> None:
    told = models_content(Settings(home), {}, Outlook({})).plain
    assert "none is set" in told
    assert "collegia config path" in told
    assert engines_content(Settings(home), Outlook({})).plain == ""


def test_roles_tell_who_plays_them(home: Path) -> None:
    lines = [line.split() for line in roles_content(full(home)).plain.splitlines()]
    assert ["planner", "default"] in lines
    assert ["writer", "far"] in lines
    assert ["reflector", "–", "(no", "model)"] in lines
    assert ["extractor", "–", "(no", "model)"] in lines
    assert ["planning", "auto"] in lines


def test_engines_tell_their_hot_adapters_and_their_trouble(home: Path) -> None:
    told = engines_content(full(home), OUTLOOK).plain
    for part in (
        "● http://a:1  healthy  base", "hot adapters: forest, meadow, in use: forest; 2 fit",
        "2 requests at work, 1 waiting", "✗ http://b:2  does not answer", "it took too long",
    ):  # fmt: skip
        assert part in told, part


def test_routing_tells_its_settings(home: Path) -> None:
    told = routing_content(full(home)).plain
    assert "threshold 0.1, good enough 0.5, at most 1 asked" in told
    assert "cost up to 5, no limit of time" in told
    assert "botany goes to forester" in told


@pytest.mark.parametrize(
    ("used", "most", "told"),
    [
        (0, 64, "░░░░░░░░░░░░░░░░░░░░  0 of 64 (0%)"),
        (1, 64, "█░░░░░░░░░░░░░░░░░░░  1 of 64 (2%)"),
        (32, 64, "██████████░░░░░░░░░░  32 of 64 (50%)"),
        (64, 64, "████████████████████  64 of 64 (100%)"),
        (90, 64, "████████████████████  90 of 64 (141%)"),
        (0.25, 2.0, "██░░░░░░░░░░░░░░░░░░  0.25 of 2 (12%)"),
        (0.5, None, "····················  0.5, no limit known"),
        (None, 2.0, "????????????????????  not known, of 2"),
        (None, None, "····················  not known, no limit known"),
        (3, 0, "████████████████████  3 of 0 (100%)"),
    ],
)
def test_a_meter_is_told_in_words_too(used: float | None, most: float | None, told: str) -> None:
    assert bar(used, most) == told


def test_the_budget_is_of_the_last_run_and_the_sums_of_the_conversation() -> None:
    one = Usage(steps=2, seconds=1.0, model_calls=3, tokens_read=900, tokens_written=100, cost=0.5)
    told = budget_content(one, [one, one], Budget(max_cost=2.0), {"small": 1024}, {"small": 4096}).plain
    for part in (
        "2 of 64", "1 of 300", "3 of 100", "1000 of 500000", "0.5 of 2", "context of small", "1024 of 4096 (25%)",
        "runs 2, steps 4, 2.0 s, model calls 6", "tokens 1800 read, 200 written; money 1",
    ):  # fmt: skip
        assert part in told, part


def test_money_that_is_not_known_stays_unknown() -> None:
    one = Usage(cost=None)
    told = budget_content(one, [Usage(cost=1.0), one], Budget(max_cost=2.0), {}, {}).plain
    assert "not known, of 2" in told
    assert "money not known" in told


def test_before_anything_was_asked_nothing_was_spent() -> None:
    told = budget_content(None, [], Budget(), {"x": 5}, {}).plain
    assert "nothing was asked yet" in told
    assert "runs 0" in told
    assert "5, no limit known" in told


def test_names_of_the_settings_are_never_read_as_markup_nor_obeyed(home: Path) -> None:
    engine = ServerStatus(
        "[bold]u[/]", healthy=True, model="\x1b[31mm", adapters=("[a](b)", "\u202ex"), trouble="\x1b]0;x\x07"
    )
    outlook = Outlook({"default": Reach("refused", "[red]no[/] \x1b[2J" + "y" * 1_000_000)}, (engine,))
    told = models_content(full(home), {}, outlook).plain + engines_content(full(home), outlook).plain
    assert "[red]no[/]" in told
    assert "[bold]u[/]" in told
    assert not set(told) & {"\x1b", "\x07", "\u202e"}
    assert len(told) < 60_000


# -- the screen


def seeded(home: Path) -> Callable[[], Assistant]:
    """An assistant with one run of a session, whose figures are the same every day."""

    return lambda: Assistant(settings=full(home), store=RunStore.in_memory(), models={"far": ScriptedModel()})


async def spend(app: CollegiaApp) -> None:
    """Put a run with fixed figures into the conversation."""
    assistant = await app.assistant()
    session = await app.talk.session()
    assistant.models._made["default"] = ScriptedModel(otherwise="no")
    result = await session.ask("How long does it take to fill 12 m³ at 25 L/min?")
    usage = Usage(steps=4, seconds=12.5, model_calls=6, tokens_read=3000, tokens_written=500, cost=0.75)
    fixed = Result.from_dict({**result.to_dict(), "usage": usage.model_dump()})
    assistant.store.update(result.run_id, at="2026-01-01T00:00:00", result=fixed.to_dict())
    last = assistant.events(result.run_id)[-1]
    common: dict[str, Any] = {"run_id": result.run_id, "at": last.at, "messages": (), "reply": ""}
    assistant.store.append(
        ModelCalled(**common, seq=last.seq + 1, role="planner", model="default", read=1800, written=200)
    )
    assert isinstance(assistant.events(result.run_id)[0], RunStarted)


def text(screen: Any, section: str) -> str:
    return str(screen.query_one(f"#{section}").content)


@pytest.mark.action("app.models")
async def test_f7_shows_what_is_set_and_asks_what_can_be_reached(
    make_app: Make, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("aiohttp")
    monkeypatch.setenv("MY_KEY", KEY)
    app = make_app(seeded(home))
    async with app.run_test(size=(100, 60)) as pilot:
        await loaded(pilot)
        await pilot.press("f7")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, ModelsScreen)
        assert "unreachable" in text(screen, "models")
        assert "✗ http://127.0.0.1:9  does not answer" in text(screen, "engines")
        assert "0 of 3 models reachable" in shown_in(screen, "#title")
        drawn = "".join(part.text for line in screen._compositor.render_strips() for part in line)
        assert KEY not in drawn
        assert "MY_KEY, which is set" in drawn
        await pilot.press("escape")
        assert app.screen is app.screen_stack[0]


async def test_what_was_spent_is_of_this_conversation_and_its_last_run(make_app: Make, home: Path) -> None:
    app = make_app(seeded(home))
    async with app.run_test() as pilot:
        await loaded(pilot)
        await spend(app)
        await pilot.press("f7")
        await settled(pilot)
        told = text(app.screen, "budget")
        for part in ("4 of 64", "6 of 100", "3500 of 500000", "0.75 of 2", "2000 of 4096", "runs 1, steps 4, 12.5 s"):
            assert part in told, part
        await pilot.press("escape")
        await sent(pilot, "/new")
        await pilot.press("f7")
        await settled(pilot)
        assert "nothing was asked yet" in text(app.screen, "budget")


@pytest.mark.action("models.ask")
async def test_r_asks_again_and_what_has_come_up_is_seen(make_app: Make, home: Path) -> None:
    web = pytest.importorskip("aiohttp.web")
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(home, models={"default": ModelSettings("hosted_vllm/tiny", f"http://127.0.0.1:{port}/v1")})
    app = make_app(lambda: Assistant(settings=settings, store=RunStore.in_memory()))
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pilot.press("f7")
        await settled(pilot)
        assert "unreachable" in text(app.screen, "models")

        async def models(_: Any) -> Any:
            return web.json_response({"data": [{"id": "tiny", "max_model_len": 2048}]})

        there = web.Application()
        there.router.add_get("/v1/models", models)
        runner = web.AppRunner(there, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await pilot.press("r")
        await settled(pilot)
        assert "reachable\n" in text(app.screen, "models")
        assert "context 2048 tokens" in text(app.screen, "models")
        await runner.cleanup()


async def test_asking_holds_nothing_up(make_app: Make, home: Path) -> None:
    """A server that takes the connection and never answers: the screen is there, and its keys work."""
    pytest.importorskip("aiohttp")

    release, gone = asyncio.Event(), asyncio.Event()

    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await release.wait()
        writer.close()
        gone.set()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    settings = Settings(home, models={"default": ModelSettings("hosted_vllm/tiny", f"http://127.0.0.1:{port}/v1")})
    app = make_app(lambda: Assistant(settings=settings, store=RunStore.in_memory()))
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pilot.press("f7")
        await pilot.pause(0.3)
        assert "asking…" in text(app.screen, "models")
        assert "threshold" in text(app.screen, "routing")
        await pilot.press("escape")
        assert app.screen is app.screen_stack[0]
    release.set()
    await asyncio.wait_for(gone.wait(), 5)
    server.close()
    await asyncio.sleep(0.05)


async def test_an_assistant_that_cannot_be_loaded_is_told(make_app: Make) -> None:
    from collegia.errors import UsageError

    def make() -> Assistant:
        raise UsageError("the settings are [bold]wrong[/]")

    app = make_app(make)
    async with app.run_test() as pilot:
        await pilot.press("f7")
        await settled(pilot)
        assert "the settings are [bold]wrong[/]" in text(app.screen, "models")


async def test_the_page_scrolls_by_keys_so_that_all_of_it_can_be_read(make_app: Make, home: Path) -> None:
    app = make_app(seeded(home))
    async with app.run_test(size=(80, 24)) as pilot:
        await loaded(pilot)
        await pilot.press("f7")
        await settled(pilot)
        page = app.screen.query_one("VerticalScroll")
        await pilot.press("end")
        await pilot.pause(0.5)
        assert page.scroll_offset.y == page.max_scroll_y > 0


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_models_and_budget(
    snap_compare: Callable[..., bool], make_app: Make, home: Path, size: tuple[int, int]
) -> None:
    pytest.importorskip("aiohttp")

    async def before(pilot: Any) -> None:
        await loaded(pilot)
        await spend(pilot.app)
        await pilot.press("f7")
        await settled(pilot)

    assert snap_compare(make_app(seeded(home)), terminal_size=size, run_before=before)
