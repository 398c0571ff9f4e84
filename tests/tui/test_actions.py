"""The registry of actions: nothing in it is out of reach, doubled, or untested."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from collegia.tui.actions import ACTIONS, Action, action, bindings, slashes
from collegia.tui.app import CollegiaApp

HELD = set(
    re.findall(
        r'mark\.action\("([^"]+)"\)', "".join(one.read_text() for one in Path(__file__).parent.glob("test_*.py"))
    )
)


def test_every_action_has_a_test() -> None:
    assert {one.id for one in ACTIONS} <= HELD
    assert {one.id for one in ACTIONS} >= HELD


def test_every_action_can_be_reached_by_keys_or_by_a_command() -> None:
    assert [one.id for one in ACTIONS if not one.keys and not one.slash] == []


def test_ids_and_commands_are_there_once() -> None:
    assert max(Counter(one.id for one in ACTIONS).values()) == 1
    assert max(Counter(one.slash for one in ACTIONS if one.slash).values()) == 1


@pytest.mark.parametrize("scope", sorted({one.scope for one in ACTIONS}))
def test_no_key_means_two_things_in_one_place(scope: str) -> None:
    keys = Counter(key for one in ACTIONS if one.scope in (scope, "app") for key in one.keys.split(",") if key)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("one", [one for one in ACTIONS if one.opens], ids=lambda one: one.id)
def test_what_an_action_opens_is_there(one: Action) -> None:
    module, _, name = one.opens.partition(":")
    assert hasattr(import_module(module), name)


def test_every_action_of_the_app_has_its_method() -> None:
    for one in ACTIONS:
        if one.scope == "app" and not one.opens:
            assert hasattr(CollegiaApp, f"action_{one.method}"), one.id


def test_bindings_have_the_ids_of_their_actions_so_that_users_can_bind_other_keys() -> None:
    assert {one.id for one in bindings("app")} == {one.id for one in ACTIONS if one.scope == "app" and one.keys}


def test_a_command_is_found_by_its_word_and_an_action_by_its_id() -> None:
    assert slashes(["app", "chat"])["help"] is action("app.help")
    with pytest.raises(KeyError):
        action("app.nothing")
