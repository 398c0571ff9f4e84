"""The edges of a plan as lines: each is drawn, or told by its ids."""

from __future__ import annotations

import time

from collegia.tui.plan.lanes import MOST, ordered, rows


def picture(needs: dict[str, tuple[str, ...]]) -> list[str]:
    return [f"{row.before}●{row.after} {row.id}".rstrip() for row in rows(needs)]


def test_a_chain_is_one_line() -> None:
    assert picture({"a": (), "b": ("a",), "c": ("b",)}) == ["● a", "● b", "● c"]
    assert [row.beneath for row in rows({"a": (), "b": ("a",)})] == ["│", ""]


def test_a_step_that_takes_two_values_joins_their_lanes() -> None:
    assert picture({"a": (), "b": (), "c": ("a", "b")}) == ["● a", "│ ● b", "●─┘ c"]


def test_a_value_that_is_taken_twice_goes_on() -> None:
    assert picture({"a": (), "b": ("a",), "c": ("a", "b")}) == ["● a", "├─● b", "●─┘ c"]


def test_a_lane_that_is_not_taken_is_crossed_without_a_joint() -> None:
    needs = {"a": (), "b": (), "c": (), "d": ("a", "c"), "e": ("b", "d"), "f": ("a", "e")}
    assert picture(needs) == ["● a", "│ ● b", "│ │ ● c", "├─│─● d", "│ ●─┘ e", "●─┘ f"]


def test_lanes_that_end_between_others_end_upwards() -> None:
    needs = {"a": (), "b": (), "c": (), "d": ("a", "b", "c")}
    assert picture(needs)[-1] == "●─┴─┘ d"


def test_lanes_that_go_on_between_others_cross_with_a_joint() -> None:
    needs = {"a": (), "b": (), "c": (), "d": ("a", "b", "c"), "e": ("b", "d")}
    assert picture(needs)[-2:] == ["●─┼─┘ d", "●─┘ e"]


def test_a_lane_that_goes_on_at_the_right_end_turns_there() -> None:
    needs = {"a": (), "b": (), "c": ("a", "b"), "d": ("b", "c")}
    assert picture(needs)[2:] == ["●─┤ c", "●─┘ d"]


def test_a_lane_that_is_free_again_is_used_again() -> None:
    needs = {"a": (), "b": (), "c": ("a",), "d": (), "e": ("b", "c", "d")}
    assert max(len(row.beneath) for row in rows(needs)) <= 5


def test_what_finds_no_lane_has_no_line_and_the_others_keep_theirs() -> None:
    needs: dict[str, tuple[str, ...]] = {f"s{place}": () for place in range(12)}
    needs["end"] = tuple(needs)
    drawn = rows(needs)
    assert max(len(row.before) for row in drawn) == 2 * MOST
    assert {len(row.beneath) for row in drawn[MOST:12]} == {2 * MOST - 1}
    assert picture(needs)[-1] == "●─┴─┴─┴─┴─┘ end"


def test_steps_stand_below_what_they_need_and_else_in_their_own_order() -> None:
    assert ordered({"c": ("b",), "a": (), "b": ("a",), "d": ()}) == ["a", "b", "c", "d"]


def test_a_ring_and_a_step_that_is_not_there_are_drawn_all_the_same() -> None:
    assert {row.id for row in rows({"a": ("b",), "b": ("a",), "c": ("gone",)})} == {"a", "b", "c"}
    assert rows({}) == []


def test_every_row_stands_where_the_row_above_says_that_its_lanes_are() -> None:
    needs = {f"s{place}": tuple(f"s{one}" for one in range(place) if (place * 7 + one) % 3 == 0) for place in range(20)}
    above = ""
    for row in rows(needs):
        line = f"{row.before}●{row.after}"
        kept = [column for column, sign in enumerate(above) if sign == "│"]
        assert all(line[column] in "│├┼┤┴┘└●" for column in kept if column < len(line)), (above, line)
        above = row.beneath


def test_a_plan_of_sixty_steps_is_laid_out_at_once() -> None:
    needs = {f"s{place}": tuple(f"s{one}" for one in range(max(0, place - 3), place)) for place in range(60)}
    began = time.thread_time()
    assert len(rows(needs)) == 60
    assert time.thread_time() - began < 0.05
