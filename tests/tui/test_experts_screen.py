"""The experts: found, read, and tried with values of one's own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from textual.widgets import Input, Select
from tui_helpers import SIZES, loaded, sent, settled, shown_in, told

from collegia import Assistant, RunStore, Settings
from collegia.settings import ExpertSettings, ModelSettings, Serving
from collegia.tools import Kind, Range, caution, expert
from collegia.tools.card import Example
from collegia.tools.models.reach import Outlook, Reach
from collegia.tools.registry import Registry
from collegia.tools.routing.record import Record, Records
from collegia.tools.serving import ServerStatus
from collegia.tui.app import CollegiaApp
from collegia.tui.experts.card import card_content, record_lines
from collegia.tui.experts.field import Field
from collegia.tui.experts.finding import Entry, entries, found
from collegia.tui.experts.health import health
from collegia.tui.experts.screen import ExpertsScreen
from collegia.tui.experts.trying import TryScreen

Make = Callable[..., CollegiaApp]

width = Kind("width", "m", names=("width",), show=("mm",))
heat = Kind("heat", "K", names=("heat",), scale="point", show=("degC",))
tree = Kind("tree", None, names=("tree",), words={"oak": "oak", "beech": "beech"})
load = Kind("load", "N", names=("load",), show=("kN",))


@expert(
    source="Tables of beams, 4th ed.", validity="dry wood", methods=("the rule of thumb",),
    examples=(Example({"wide": 0.1, "wood": "oak"}, {"load": 200.0}), Example({"wide": 0.2, "warm": 313.15}, {})),
)  # fmt: skip
def beam_load(
    wide: Annotated[float, width, Range(gt=0, lt=1)],
    wood: Annotated[str, tree] = "beech",
    warm: Annotated[float, heat, Range(ge=250), Range(le=330, warn=True)] = 293.15,
) -> Annotated[float, load]:
    """The load that a beam bears."""
    if warm > 300:
        caution("warm wood is weak")
    return wide * {"oak": 2000.0, "beech": 1500.0}[wood]


@expert(requires=("no_such_library",), extra="no-such-thing>=2")
def lacking_one(wide: Annotated[float, width]) -> Annotated[float, load]:
    """Needs what is not there."""
    return wide


def wood_making(extra: Callable[..., Any] | None = None) -> Callable[[], Assistant]:
    def make() -> Assistant:
        registry = Registry()
        registry.add_functions([beam_load, lacking_one, *([extra] if extra else [])], "wood")
        return Assistant(registry, store=RunStore.in_memory())

    return make


async def opened(pilot: Any, name: str = "") -> Any:
    await loaded(pilot)
    await sent(pilot, f"/experts {name}")
    await settled(pilot)
    return pilot.app.screen


async def trying(pilot: Any, name: str) -> TryScreen:
    await opened(pilot, name)
    await pilot.press("enter")
    await settled(pilot)
    assert isinstance(pilot.app.screen, TryScreen)
    return pilot.app.screen


def card(screen: Any) -> str:
    return shown_in(screen, "#about > Static")


def outcome(screen: Any) -> str:
    return shown_in(screen, "#outcome")


def faults(screen: TryScreen) -> dict[str, str]:
    return {one.port.name: shown_in(one, ".fault") for one in screen.query(Field) if one.has_class("-wrong")}


# -- finding


def known(*names: str) -> list[Entry]:
    return [Entry(name, name[0], "p", f"{name[0]} words of {name}".casefold(), ready=True) for name in names]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["a_pump_power", "b_pipe_pressure", "c_power"]),
        ("power", ["a_pump_power", "c_power"]),
        ("c_power", ["c_power"]),
        ("pump POWER", ["a_pump_power"]),
        ("ppre", ["b_pipe_pressure"]),
        ("prse", ["b_pipe_pressure"]),
        ("of", ["a_pump_power", "b_pipe_pressure", "c_power"]),
        ("zzz", []),
        ("power zzz", []),
        ("[bold]", []),
    ],
)
def test_experts_are_found_by_parts_of_names_by_words_and_by_letters_in_order(query: str, names: list[str]) -> None:
    there = known("a_pump_power", "b_pipe_pressure", "c_power")
    assert sorted(one.name for one in found(query, there)) == names


def test_a_whole_name_goes_before_its_start_before_its_inside_before_words_before_letters() -> None:
    there = [
        Entry("xaxrxexa", "d", "p", "nothing", ready=True), Entry("other", "d", "p", "has area in it", ready=True),
        Entry("subareas", "d", "p", "", ready=True), Entry("area_of", "d", "p", "", ready=True),
        Entry("area", "d", "p", "", ready=True),
    ]  # fmt: skip
    assert [one.name for one in found("area", there)] == ["area", "area_of", "subareas", "other", "xaxrxexa"]


def test_a_domain_is_listed_alone() -> None:
    assert [one.name for one in found("", known("a_x", "b_y", "a_z"), "a")] == ["a_x", "a_z"]


def test_all_that_is_installed_is_searched_within_a_blink_whatever_is_typed() -> None:
    there = entries(Registry.load())
    assert len(there) > 300
    for query in ("", "e", "pressure drop", "eeeeeeeeeeeeeeeeeeee", "x" * 100_000, "a " * 5_000):
        began = time.perf_counter()
        found(query, there)
        assert time.perf_counter() - began < 0.1, query[:30]


# -- the card


def test_a_card_says_all_that_the_expert_says_of_itself() -> None:
    registry = wood_making()().registry
    told = card_content(registry.experts["beam_load"], "ready", {}).plain
    for part in (
        "beam_load", "wood", "The load that a beam bears.", "wide", "m", "> 0 and < 1", "a name", "default beech",
        "K", "≥ 250", "≤ 330 (else a warning)", "load", "N", "Source: Tables of beams, 4th ed.", "Validity: dry wood",
        "Methods: the rule of thumb", "Health: ready", "Record: none: it computes", "Example 1", "wide=0.1, wood=oak",
        "→ load=200.0",
    ):  # fmt: skip
        assert part in told, part


def test_a_card_is_never_read_as_markup_nor_obeyed_by_the_terminal() -> None:
    def hostile(wide: Annotated[float, width]) -> Annotated[float, load]:
        """[bold red]x[/] \x1b[31m \u202eevil [@click=app.leave]y[/]."""
        return wide

    made = expert(source="\x1b]0;owned\x07 [link=x]z[/link]", validity="z" * 1_000_000)(hostile)
    registry = Registry()
    registry.add_functions([made])
    told = card_content(registry.experts["hostile"], "[/]", {"[red]": Record(1, 0, 0.8, 0.5)}).plain
    assert "[bold red]x[/]" in told
    assert not set(told) & {"\x1b", "\x07", "\u202e"}
    assert "more characters" in told
    assert len(told) < 50_000


def test_a_record_tells_each_category_and_none_says_why_there_is_none() -> None:
    registry = wood_making()().registry
    one = registry.experts["beam_load"]
    assert "nobody judges" in record_lines(one, {})[0]
    told = record_lines(one, {"": Record(3, 1, 0.75, 0.6), "oak": Record(5, 0, 0.9, 0.8, seconds=1.25)})
    assert told == [
        "in general: 3 good, 1 not; 75% to be expected",
        "oak: 5 good, 0 not; 90% to be expected, 1.25 s a call",
    ]


MODEL = ExpertSettings("Knows wood.", model="small", adapter="forest")


@pytest.mark.parametrize(
    ("outlook", "told"),
    [
        (None, "asking whether the model small is reachable…"),
        (Outlook({"small": Reach("reachable")}), "its model small is reachable"),
        (Outlook({"small": Reach("unreachable", "no answer")}), "its model small is unreachable (no answer)"),
        (Outlook({}), "its model small was given to it"),
        (
            Outlook({"small": Reach("reachable")}, (ServerStatus("http://a", healthy=True, adapters=("forest",)),)),
            "its model small is reachable; its adapter forest is hot, loaded at http://a",
        ),
        (
            Outlook({"small": Reach("reachable")}, (ServerStatus("http://a", healthy=True, adapters=()),)),
            "its model small is reachable; its adapter forest is cold, and is loaded with the first call",
        ),
    ],
    ids=["asking", "reachable", "unreachable", "given", "hot", "cold"],
)
def test_the_health_of_a_model_expert_is_that_of_its_model_and_its_adapter(outlook: Outlook | None, told: str) -> None:
    one = wood_making()().registry.experts["beam_load"]
    assert health(one, MODEL, outlook) == told


def test_the_health_of_a_function_is_whether_its_libraries_are_there() -> None:
    experts = wood_making()().registry.experts
    assert health(experts["beam_load"], None, None) == "ready"
    told = health(experts["lacking_one"], None, None)
    assert told == "not ready, it needs no_such_library: pip install no-such-thing>=2"


# -- the screen


@pytest.mark.action("app.experts")
async def test_f4_opens_the_experts_and_typing_finds_one(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await loaded(pilot)
        await pilot.press("f4")
        await settled(pilot)
        screen: Any = app.screen
        assert isinstance(screen, ExpertsScreen)
        assert len(screen.found) > 300
        await pilot.press(*"prdrop")
        await pilot.pause()
        assert [one.name for one in screen.found] == ["packed_bed_pressure_drop", "pipe_pressure_drop"]
        await pilot.press("down")
        await pilot.pause()
        assert screen.chosen == "pipe_pressure_drop"
        assert card(screen).startswith("pipe_pressure_drop  process_engineering")
        await pilot.press("escape")
        assert app.screen is app.screen_stack[0]


async def test_a_name_after_the_command_is_pointed_at(make_app: Make) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await opened(pilot, "lacking_one")
        assert screen.chosen == "lacking_one"
        assert "Health: not ready, it needs no_such_library: pip install" in card(screen)


async def test_an_expert_that_cannot_be_called_is_marked_in_the_list(make_app: Make) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        listed = screen.query_one("#found > OptionList")
        assert [str(listed.get_option_at_index(place).prompt) for place in range(3)] == [
            "wood", "  beam_load", "✗ lacking_one",
        ]  # fmt: skip


async def test_what_nobody_is_called_is_told(make_app: Make) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await opened(pilot, "[bold]nobody[/]")
        assert screen.chosen == ""
        assert card(screen).startswith("No expert is called so")
        await pilot.press("enter")
        assert app.screen is screen


@pytest.mark.action("experts.domain")
async def test_domains_are_listed_one_after_the_other_and_then_all(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        everyone, seen = len(screen.found), []
        domains = list(dict.fromkeys(one.domain for one in screen.found))
        for _ in domains:
            await pilot.press("ctrl+o")
            assert {one.domain for one in screen.found} == {screen.domain}
            seen.append(screen.domain)
        assert seen == domains
        await pilot.press("ctrl+o")
        assert (screen.domain, len(screen.found)) == ("", everyone)


async def test_the_record_of_an_expert_is_on_its_card(make_app: Make, home: Path) -> None:
    records = Records.of_home(home)
    records.note("beam_load", "beams", good=True, seconds=0.5)
    records.close()
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await opened(pilot, "beam_load")
        assert "Record: beams: 1 good, 0 not" in card(screen)


def broken_records(home: Path) -> Callable[[], Assistant]:
    home.mkdir(exist_ok=True)
    (home / "records.sqlite").write_bytes(b"no database" * 1000)
    return wood_making()


async def test_a_file_of_records_that_is_broken_is_told_and_the_card_is_shown(make_app: Make, home: Path) -> None:
    app = make_app(broken_records(home))
    async with app.run_test() as pilot:
        said = told(app)
        screen = await opened(pilot, "beam_load")
        assert "records.sqlite" in said[0]
        assert "The load that a beam bears." in card(screen)


async def test_experts_that_cannot_be_loaded_are_told(make_app: Make) -> None:
    from collegia.errors import UsageError

    def make() -> Assistant:
        raise UsageError("the domain [bold]moon[/] is not installed")

    app = make_app(make)
    async with app.run_test() as pilot:
        await pilot.press("f4")
        await settled(pilot)
        assert "No experts could be loaded: the domain [bold]moon[/] is not installed" in card(app.screen)


async def test_what_a_model_expert_stands_on_is_asked_in_the_background(make_app: Make, home: Path) -> None:
    pytest.importorskip("aiohttp")

    def make() -> Assistant:
        settings = Settings(
            home,
            models={"small": ModelSettings("hosted_vllm/tiny", "http://127.0.0.1:9/v1")},
            experts={"forester": ExpertSettings("Knows woods.", model="small")},
            serving=Serving(),
        )
        return Assistant(settings=settings, store=RunStore.in_memory())

    app = make_app(make)
    async with app.run_test() as pilot:
        screen = await opened(pilot, "forester")
        assert "Health: its model small is unreachable" in card(screen)
        assert "Record: no answers yet" in card(screen)


# -- trying


@pytest.mark.action("experts.try")
@pytest.mark.action("try.run")
async def test_an_expert_is_tried_with_words_and_gives_its_outputs_with_units(make_app: Make) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await trying(pilot, "beam_load")
        assert isinstance(app.focused, Input)
        await pilot.press(*"20 cm")
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert screen.result is not None
        assert screen.result.quantities[0].value == pytest.approx(0.3)
        told = outcome(screen)
        for part in ("load = 0.3 kN", "taken: wide 0.2 m (“20 cm”)", "taken: wood beech (default)",
                     "source: Tables of beams", "tree taken as beech (default of beam_load)"):  # fmt: skip
            assert part in told, part


async def test_enter_in_a_field_calls_too_and_choices_are_chosen_by_keys(make_app: Make) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await trying(pilot, "beam_load")
        await pilot.press(*"100", "tab")
        assert isinstance(app.focused, Select)
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        wood = screen.query(Field)[1].words
        await pilot.press("tab", *"40 °C", "enter")
        await settled(pilot)
        assert screen.result is not None
        wanted = beam_load(0.1, wood, 313.15)
        assert screen.result.quantities[0].value == pytest.approx(wanted / 1000)
        assert "! warm wood is weak" in outcome(screen)


async def test_faults_stand_beside_their_fields_and_go_once_they_are_mended(make_app: Make) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await trying(pilot, "beam_load")
        wide, _, warm = screen.query(Field)
        wide.put("3 m")
        warm.put("40 bar")
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert faults(screen) == {
            "wide": "✗ must be > 0 and < 1000 mm",
            "warm": "✗ '40 bar' does not fit a heat: that is given in degC",
        }
        assert outcome(screen) == "Not called: 2 of the fields must be mended."
        assert app.focused is wide.query_one(Input)
        wide.put("")
        warm.put("")
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert faults(screen) == {"wide": "✗ is needed"}
        await pilot.press(*"5 cm", "enter")
        await settled(pilot)
        assert faults(screen) == {}
        assert "load = 0.075 kN" in outcome(screen)


async def test_fields_name_their_units_and_defaults(make_app: Make) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await trying(pilot, "beam_load")
        wide, wood, warm = screen.query(Field)
        assert "[mm]" in shown_in(wide, ".label")
        assert "[°C]" in shown_in(warm, ".label")
        assert warm.query_one(Input).placeholder == "20 (default)"
        assert wood.query_one(Select).prompt == "beech, unless another is chosen"


@pytest.mark.action("try.example")
async def test_worked_examples_are_filled_in_one_after_the_other(make_app: Make) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await trying(pilot, "beam_load")
        await pilot.press("ctrl+t")
        assert [one.words for one in screen.query(Field)] == ["100", "oak", ""]
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert "load = 0.2 kN" in outcome(screen)
        await pilot.press("ctrl+t")
        assert [one.words for one in screen.query(Field)] == ["200", "", "40"]


async def test_a_card_without_examples_says_so(make_app: Make) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        said = told(app)
        await trying(pilot, "lacking_one")
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert said == ["Its card has no example."]


async def test_an_expert_whose_library_is_missing_says_how_to_install_it(make_app: Make) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await trying(pilot, "lacking_one")
        await pilot.press("5", "enter")
        await settled(pilot)
        assert "needs no_such_library: pip install no-such-thing>=2" in outcome(screen)


async def test_esc_stops_a_call_and_then_goes_back(make_app: Make) -> None:
    release = asyncio.Event()

    async def ageing(wide: Annotated[float, width]) -> Annotated[float, load]:
        """Takes years."""
        await release.wait()
        return wide

    app = make_app(wood_making(ageing))
    async with app.run_test() as pilot:
        screen = await trying(pilot, "ageing")
        await pilot.press("5", "enter")
        await pilot.pause(0.1)
        assert outcome(screen) == "calling it; Esc stops"
        await pilot.press("enter")
        await pilot.press("escape")
        await settled(pilot)
        assert outcome(screen) == "Stopped."
        assert app.screen is screen
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ExpertsScreen)


async def test_what_the_check_turns_down_is_told(make_app: Make) -> None:
    @expert(seconds=10_000.0)
    def glacial(wide: Annotated[float, width]) -> Annotated[float, load]:
        """Takes hours, as its card says."""
        return wide

    app = make_app(wood_making(glacial))
    async with app.run_test() as pilot:
        screen = await trying(pilot, "glacial")
        await pilot.press("5", "enter")
        await settled(pilot)
        assert "the budget allows 300 s" in outcome(screen)


HOSTILE = ["[bold]5[/]", "[/", "\x1b[31m5", "\u202e5 m", "5\u200b m", "👩‍👩‍👧 5", "x" * 1_000_000]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_words_in_a_field_are_shown_as_text(make_app: Make, text: str) -> None:
    app = make_app(wood_making())
    async with app.run_test() as pilot:
        screen = await trying(pilot, "beam_load")
        screen.query(Field)[0].put(text)
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert screen.result is None
        drawn = "".join(part.text for line in app.screen._compositor.render_strips() for part in line)
        assert not set(drawn) & {"\x1b", "\x07", "\u202e"}
        assert "wide" in faults(screen)


async def test_what_an_expert_gives_is_shown_as_text(make_app: Make) -> None:
    def shouting(wide: Annotated[float, width]) -> Annotated[str, tree]:
        """Shouts."""
        caution("[bold red]danger[/] \x1b[31m")
        return "[@click=app.leave]oak[/] \x1b]0;x\x07"

    app = make_app(wood_making(shouting))
    async with app.run_test() as pilot:
        screen = await trying(pilot, "shouting")
        await pilot.press("5", "enter")
        await settled(pilot)
        assert "[@click=app.leave]oak[/]" in outcome(screen)
        assert "[bold red]danger[/]" in outcome(screen)
        assert not set(outcome(screen)) & {"\x1b", "\x07"}


# -- pictures


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_list_and_a_card(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await opened(pilot)
        await pilot.press(*"pump po")
        await settled(pilot)

    assert snap_compare(make_app(), terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_form_with_faults(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        screen = await trying(pilot, "beam_load")
        screen.query(Field)[0].put("3 m")
        screen.query(Field)[2].put("40 bar")
        await pilot.press("ctrl+r")
        await settled(pilot)

    assert snap_compare(make_app(wood_making()), terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_call_and_what_it_gave(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def before(pilot: Any) -> None:
        await trying(pilot, "beam_load")
        await pilot.press("ctrl+t", "ctrl+r")
        await settled(pilot)

    assert snap_compare(make_app(wood_making()), terminal_size=size, run_before=before)
