"""A part of a library: the same store, and fewer documents that are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegia.knowledge.library import Library
from collegia.knowledge.records import Document, Filters
from collegia.knowledge.store import KnowledgeStore
from collegia.tools import Domain

pytest.importorskip("numpy")
pytest.importorskip("snowballstemmer")

HUM = "Why does a snorble hum?"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    store = KnowledgeStore(None)
    store.add(
        [
            Document("/n/reed", "A snorble hums because a reed turns.", name="reed"),
            Document("/n/drum", "A snorble hums because its drum cools.", name="drum"),
        ]
    )
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "wind.md").write_text("# Wind\n\nA snorble hums because wind blows.", encoding="utf-8")
    return Library(store, [Domain("hills", "of hills", (), handbook=pages)])


def read(library: Library, filters: Filters | None = None) -> set[str]:
    return {hit.name for hit in library.search(HUM, 10, filters).hits}


def test_only_the_documents_of_a_part_are_read(library: Library) -> None:
    assert read(library) == {"reed", "drum", "wind"}
    assert read(library.part(["/n/drum"])) == {"drum"}
    assert read(library.part(["/n/drum", "hills/wind"])) == {"drum", "wind"}
    assert set(library.part(["/n/drum"]).reply(HUM).documents) == {"drum"}
    assert read(library) == {"reed", "drum", "wind"}


def test_filters_narrow_a_part_and_never_widen_it(library: Library) -> None:
    part = library.part(["/n/drum", "hills/wind"])
    assert read(part, Filters(documents=("/n/drum", "/n/reed"))) == {"drum"}
    assert read(part, Filters(documents=("/n/reed",))) == set()
    assert read(part, Filters(collections=("hills",))) == {"wind"}


def test_a_part_of_documents_that_are_gone_reads_nothing(library: Library) -> None:
    part = library.part(["/n/drum"])
    library.store.remove("/n/drum")
    assert read(part) == set()
    assert part.reply(HUM).quotes == ()
    assert part.names() == []


def test_a_part_may_leave_out_handbooks_and_drops_none(library: Library) -> None:
    part = library.part(without=["hills"])
    assert read(part) == {"reed", "drum"}
    assert [one.name for one in part.names()] == ["drum", "reed"]
    assert read(library) == {"reed", "drum", "wind"}


def test_a_part_that_is_asked_first_takes_the_handbooks_in(library: Library) -> None:
    assert "wind" not in {one.name for one in library.names()}
    part = library.part(["hills/wind"])
    assert read(part) == {"wind"}
    assert [(one.source, one.name, one.title, one.collection) for one in part.names()] == [
        ("hills/wind", "wind", "Wind", "hills")
    ]


def test_a_page_of_a_handbook_settles_a_value_only_where_it_was_chosen(library: Library) -> None:
    library.prepare()
    assert not library.says("a snorble hums as wind blows")
    assert library.part(["hills/wind"]).says("a snorble hums as wind blows")


def test_a_handbook_of_a_domain_that_is_left_out_is_not_offered(library: Library) -> None:
    library.prepare()
    assert [one.name for one in Library(library.store).names()] == ["drum", "reed"]
