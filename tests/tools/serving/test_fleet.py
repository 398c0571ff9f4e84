"""Calls find their adapter loaded, others make room, and what is in use stays: shown on little engines over HTTP."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from little_engine import LittleEngine

from collegia.errors import ModelUnreachable, ServingError
from collegia.settings import Serving
from collegia.tools.serving import Fleet
from collegia.tools.serving.figures import figures_file
from tests.tools.serving.conftest import NAMES, adapter

Start = Callable[..., Awaitable[LittleEngine]]
Attached = Callable[..., Serving]
NOBODY = "http://127.0.0.1:9"  # the port of discard, which nothing listens at


async def call(fleet: Fleet, name: str | None, session: aiohttp.ClientSession) -> str:
    """What the model said, which is its name."""
    async with (
        fleet.ready(name) as place,
        session.post(f"{place.api_base}/chat/completions", json={"model": place.model}) as reply,
    ):
        assert reply.status == 200, await reply.text()
        told = await reply.json()
        return str(told["choices"][0]["message"]["content"])


async def test_an_adapter_is_loaded_for_its_first_call_and_there_for_the_next(start: Start, attached: Attached) -> None:
    engine = await start()
    async with Fleet(attached(engine)) as fleet, aiohttp.ClientSession() as session:
        assert [await call(fleet, "oil", session) for _ in range(3)] == ["oil"] * 3
    assert engine.asked == ["load oil", "call oil", "call oil", "call oil"]
    assert (fleet.figures.calls, fleet.figures.hits, fleet.figures.loads, fleet.figures.switches) == (3, 2, 1, 0)
    assert fleet.figures.consistency == 1.0


async def test_the_least_recently_used_adapter_makes_room(start: Start, attached: Attached) -> None:
    engine = await start()
    async with Fleet(attached(engine)) as fleet, aiohttp.ClientSession() as session:
        for name in ("oil", "gas", "oil", "steam", "gas"):
            assert await call(fleet, name, session) == name
    assert [one for one in engine.asked if "load" in one] == [
        "load oil", "load gas", "unload gas", "load steam", "unload oil", "load gas",
    ]  # fmt: skip
    assert fleet.figures.switches == 2
    assert engine.wrong == []


async def test_an_adapter_in_use_is_never_removed(start: Start, attached: Attached) -> None:
    engine = await start()
    async with Fleet(attached(engine)) as fleet, fleet.ready("oil"):
        async with fleet.ready("gas"):
            waiting = asyncio.create_task(fleet.ready("steam").__aenter__())
            await asyncio.sleep(0.1)
            assert not waiting.done()
            assert set(engine.loaded) == {"oil", "gas"}
        await asyncio.wait_for(waiting, 5)
        assert set(engine.loaded) == {"oil", "steam"}


async def test_a_rank_that_does_not_fit_is_refused_before_the_engine_is_asked(
    start: Start, attached: Attached, tmp_path: Path
) -> None:
    engine = await start()
    large = (("large", str(adapter(tmp_path / "large", 16))), ("deep", str(adapter(tmp_path / "deep", 8, '{"q": 64}'))))
    async with Fleet(attached(engine, adapters=large)) as fleet:
        with pytest.raises(ServingError, match="'large' has rank 16"):
            async with fleet.ready("large"):
                pass
        with pytest.raises(ServingError, match="'deep' has rank 64"):
            fleet.prefetch("deep")
    assert engine.asked == []


async def test_an_adapter_that_nobody_knows_is_refused_and_named(start: Start, attached: Attached) -> None:
    engine = await start()
    async with Fleet(attached(engine)) as fleet:
        with pytest.raises(ServingError, match=r"no adapter 'wine'.*there are: oil, gas"):
            async with fleet.ready("wine"):
                pass
    assert engine.asked == []


async def test_an_adapter_that_only_the_engine_knows_is_used(start: Start, attached: Attached) -> None:
    engine = await start(loaded={"wine": "/there"})
    async with Fleet(attached(engine)) as fleet, aiohttp.ClientSession() as session:
        assert await call(fleet, "wine", session) == "wine"
    assert engine.asked == ["call wine"]


async def test_waiting_calls_of_one_adapter_go_together(start: Start, attached: Attached) -> None:
    engine = await start(places=1, takes=0.02)
    async with Fleet(attached(engine, places=1)) as fleet, aiohttp.ClientSession() as session:
        await asyncio.gather(*(call(fleet, name, session) for name in ("oil", "gas", "steam") * 5))
    assert fleet.figures.loads == 3
    calls = [one for one in engine.asked if one.startswith("call")]
    assert calls == ["call oil"] * 5 + ["call gas"] * 5 + ["call steam"] * 5
    assert engine.wrong == []


async def test_calls_that_never_cease_keep_no_other_adapter_out_for_long(start: Start, attached: Attached) -> None:
    engine = await start(places=1, takes=0.02)
    async with Fleet(attached(engine, places=1), fair=0.1) as fleet, aiohttp.ClientSession() as session:

        async def stream() -> None:
            while True:
                await call(fleet, "oil", session)

        streams = [asyncio.create_task(stream()) for _ in range(4)]
        await asyncio.sleep(0.1)
        assert await asyncio.wait_for(call(fleet, "gas", session), 5) == "gas"
        await asyncio.sleep(0.1)
        assert engine.asked[-1] == "call oil", "and afterwards they go on"
        for one in streams:
            one.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
    assert engine.wrong == []


async def test_an_adapter_is_loaded_ahead_while_another_answers(start: Start, attached: Attached) -> None:
    engine = await start(loading=0.05)
    async with Fleet(attached(engine)) as fleet, aiohttp.ClientSession() as session:
        async with fleet.ready("oil"):
            assert fleet.prefetch("gas")
            await asyncio.sleep(0.2)
            assert set(engine.loaded) == {"oil", "gas"}
        assert await call(fleet, "gas", session) == "gas"
    assert fleet.figures.hits == 1


async def test_loading_ahead_takes_nothing_that_is_in_use(start: Start, attached: Attached) -> None:
    engine = await start(places=1)
    async with Fleet(attached(engine, places=1)) as fleet, fleet.ready("oil"):
        assert not fleet.prefetch("gas")
        await asyncio.sleep(0.05)
        assert list(engine.loaded) == ["oil"]


async def test_an_adapter_that_another_programs_calls_use_is_not_removed(start: Start, attached: Attached) -> None:
    engine = await start(loaded={"oil": "/oil", "gas": "/gas"}, busy=("oil",))
    async with Fleet(attached(engine), patience=0.2) as fleet, aiohttp.ClientSession() as session:
        assert await call(fleet, "steam", session) == "steam"
        assert set(engine.loaded) == {"oil", "steam"}
        engine.busy = ("oil", "steam")
        with pytest.raises(ServingError, match="calls of other programs hold all 2"):
            await call(fleet, "gas", session)
        engine.busy = ()
        assert await call(fleet, "gas", session) == "gas"


async def test_programs_of_one_home_leave_each_others_adapters_alone(
    start: Start, attached: Attached, home: Path
) -> None:
    engine = await start()
    serving = attached(engine)
    async with Fleet(serving, home) as one, Fleet(serving, home) as other, aiohttp.ClientSession() as session:
        async with one.ready("oil"):  # no call has come in, so the engine's metrics know of none
            for name in ("gas", "steam", "brine", "gas"):
                assert await call(other, name, session) == name
            assert "oil" in engine.loaded
        await call(other, "steam", session)
        await call(other, "brine", session)
        assert "oil" not in engine.loaded


async def test_an_adapter_that_was_removed_by_somebody_else_is_loaded_again(start: Start, attached: Attached) -> None:
    engine = await start()
    async with Fleet(attached(engine)) as fleet, aiohttp.ClientSession() as session:
        await call(fleet, "oil", session)
        engine.loaded.clear()
        assert await call(fleet, "oil", session) == "oil"
    assert (fleet.figures.calls, fleet.figures.hits, fleet.figures.consistent) == (2, 0, 1)


async def test_a_refusal_to_load_is_told_in_the_engines_words_and_blocks_nothing(
    start: Start, attached: Attached, tmp_path: Path
) -> None:
    engine = await start(places=1, missing=(str(tmp_path / "oil"),))
    async with Fleet(attached(engine, places=1)) as fleet, aiohttp.ClientSession() as session:
        for _ in range(2):
            with pytest.raises(ServingError, match=f"No adapter found for {tmp_path / 'oil'}"):
                await call(fleet, "oil", session)
        assert await call(fleet, "gas", session) == "gas"


async def test_a_cancelled_call_gives_its_place_up(start: Start, attached: Attached) -> None:
    engine = await start(places=1, loading=0.1)
    async with Fleet(attached(engine, places=1)) as fleet, aiohttp.ClientSession() as session:
        loading = asyncio.create_task(call(fleet, "oil", session))
        waiting = asyncio.create_task(call(fleet, "gas", session))
        await asyncio.sleep(0.05)
        loading.cancel()
        waiting.cancel()
        assert await asyncio.wait_for(call(fleet, "steam", session), 5) == "steam"
    assert "call oil" not in engine.asked
    assert "load gas" not in engine.asked


async def test_an_engine_that_does_not_answer_is_an_error_that_names_it(attached: Attached) -> None:
    async with Fleet(attached(NOBODY)) as fleet:
        for name in ("oil", None):
            with pytest.raises(ModelUnreachable, match=r"127\.0\.0\.1:9 cannot be reached"):
                async with fleet.ready(name):
                    pass
        (told,) = await fleet.status()
    assert (told.healthy, told.model, told.adapters) == (False, None, None)
    assert "cannot be reached" in told.trouble


async def test_of_two_engines_the_one_that_answers_is_used(start: Start, attached: Attached) -> None:
    engine = await start()
    async with Fleet(attached(NOBODY, engine)) as fleet, aiohttp.ClientSession() as session:
        assert [await call(fleet, name, session) for name in ("oil", None, "gas", "steam")] == [
            "oil", "base", "gas", "steam",
        ]  # fmt: skip


async def test_an_engine_that_dies_during_a_call_is_not_trusted_again_unasked(start: Start, attached: Attached) -> None:
    engine = await start()
    async with Fleet(attached(engine)) as fleet, aiohttp.ClientSession() as session:
        with pytest.raises(ModelUnreachable, match="it broke off"):
            async with fleet.ready("oil"):
                raise ModelUnreachable("it broke off")
        engine.loaded.clear()  # as after a restart
        assert await call(fleet, "oil", session) == "oil"
    assert fleet.figures.consistent == 2


async def test_an_adapter_goes_where_it_is_loaded_and_calls_of_the_base_model_are_spread(
    start: Start, attached: Attached
) -> None:
    first, second = await start(takes=0.05), await start(takes=0.05, loaded={"gas": "/gas"})
    async with Fleet(attached(first, second)) as fleet, aiohttp.ClientSession() as session:
        await asyncio.gather(*(call(fleet, None, session) for _ in range(4)))
        assert first.asked == second.asked == ["call base"] * 2
        await asyncio.gather(*(call(fleet, "gas", session) for _ in range(3)))
    assert first.asked.count("call gas") == 0
    assert fleet.figures.hit_rate == 1.0


async def test_figures_of_several_programs_are_added_up(start: Start, attached: Attached, home: Path) -> None:
    engine = await start()
    for names in (("oil", "oil"), ("gas", "oil", "steam")):
        async with Fleet(attached(engine), home) as fleet, aiohttp.ClientSession() as session:
            for name in names:
                await call(fleet, name, session)
    total = figures_file(home).total()
    assert (total.calls, total.hits, total.loads, total.switches) == (5, 2, 3, 1)
    assert total.slowest >= total.switch_seconds / total.switches
    assert total.plain()["hit_rate"] == pytest.approx(0.4)


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_asked_no_call_misses_its_adapter_and_none_waits_for_ever(
    start: Start, attached: Attached, home: Path, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311  # a test's own dice
    engines = [await start(takes=0.004, loading=0.002) for _ in range(2)]
    serving = attached(*engines)
    fleets = [Fleet(serving, home, fair=0.02) for _ in range(2)]
    async with aiohttp.ClientSession() as session:

        async def one(fleet: Fleet) -> None:
            await asyncio.sleep(dice.random() * 0.3)
            name = dice.choice([*NAMES, None])
            if name is not None and dice.random() < 0.2:
                fleet.prefetch(dice.choice(NAMES))
            work = asyncio.create_task(call(fleet, name, session))
            if dice.random() < 0.2:
                await asyncio.sleep(dice.random() * 0.02)
                work.cancel()
            done = await asyncio.gather(work, return_exceptions=True)
            assert done == [name or "base"] or isinstance(done[0], asyncio.CancelledError), done

        async with asyncio.timeout(30):
            await asyncio.gather(*(one(fleet) for fleet in fleets for _ in range(100)))
        for fleet in fleets:
            await fleet.close()
    assert [engine.wrong for engine in engines] == [[], []]
