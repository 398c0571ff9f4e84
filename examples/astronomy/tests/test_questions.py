"""Questions that are planned from the words of this domain."""

from __future__ import annotations

from collegia_astronomy import domain

from collegia.agents.planner import TypedPlanner
from collegia.tools.registry import Registry


def test_a_word_of_the_domain_that_names_what_is_asked_is_not_left_over() -> None:
    registry = Registry()
    registry.add(domain())
    question = "Altitude of the Moon at Athens (37.98 N, 23.73 E) on 2024-03-10 at 19:00 UTC, and its airmass?"
    proposal = TypedPlanner().plan(question, registry)
    assert proposal.status == "plan", proposal.message
    assert [asked.kind for asked in proposal.plan.asked] == ["altitude", "airmass"]
