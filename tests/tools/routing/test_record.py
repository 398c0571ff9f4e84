"""Records: what outcomes make of an expert's rate, and that they last."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from collegia.errors import StoreError, UsageError
from collegia.tools.routing.record import Records


@pytest.fixture
def records(home: Path) -> Records:
    return Records.of_home(home)


def noted(records: Records, category: str, *, good: int = 0, bad: int = 0) -> None:
    for _ in range(good):
        records.note("rivers", category, good=True, seconds=1.0)
    for _ in range(bad):
        records.note("rivers", category, good=False, seconds=1.0)


def test_an_expert_without_a_record_gets_the_benefit_of_the_doubt(records):
    new = records.of("rivers", "geology")
    assert (new.good, new.bad, new.seconds, new.cost) == (0, 0, None, None)
    assert new.rate == 0.75
    assert 0.5 < new.lower < new.rate


def test_reading_makes_no_file(records, home):
    records.of("rivers", "geology")
    assert not (home / "records.sqlite").exists()
    noted(records, "geology", good=1)
    assert (home / "records.sqlite").exists()


def test_the_categories_of_an_expert_are_those_it_has_answered_in(records):
    assert records.categories("rivers") == {}
    noted(records, "geology", good=3, bad=1)
    noted(records, "", good=1)
    assert records.categories("rivers") == {"": records.of("rivers", ""), "geology": records.of("rivers", "geology")}
    assert (records.categories("rivers")["geology"].good, records.categories("rivers")["geology"].bad) == (3, 1)
    assert records.categories("lakes") == {}


def test_good_answers_raise_the_rate_and_its_bound_and_bad_ones_lower_them(records):
    before = records.of("rivers", "geology")
    noted(records, "geology", good=20)
    after = records.of("rivers", "geology")
    assert after.rate == pytest.approx(26 / 28)
    assert after.lower > before.lower
    assert after.rate - after.lower < before.rate - before.lower
    noted(records, "geology", bad=30)
    assert records.of("rivers", "geology").rate == pytest.approx(26 / 58)


def test_two_bad_answers_and_no_good_one_are_enough_to_lose_the_benefit(records):
    noted(records, "geology", bad=1)
    assert records.of("rivers", "geology").lower > 0.5
    noted(records, "geology", bad=1)
    assert records.of("rivers", "geology").lower < 0.5


def test_a_new_category_starts_from_the_others_and_soon_goes_its_own_way(records):
    noted(records, "cooking", bad=40)
    assert records.of("rivers", "geology").rate < 0.2
    assert records.of("stars", "geology").rate == 0.75
    noted(records, "geology", good=30)
    assert records.of("rivers", "geology").rate > 0.75
    assert records.of("rivers", "cooking").rate < 0.35


def test_time_and_cost_are_means_of_what_is_known(records):
    records.note("rivers", "geology", good=True, seconds=2.0)
    records.note("rivers", "cooking", good=True, seconds=4.0, cost=0.5)
    records.note("rivers", "cooking", good=True, cost=0.25)
    assert records.of("rivers", "geology").seconds == 3.0
    assert records.of("rivers").cost == 0.375


@pytest.mark.parametrize(("seconds", "cost"), [(-1.0, None), (float("nan"), None), (None, float("inf"))])
def test_a_time_or_cost_that_is_none_is_refused(records, seconds, cost):
    with pytest.raises(UsageError, match="rivers"):
        records.note("rivers", "geology", good=True, seconds=seconds, cost=cost)
    assert records.of("rivers", "geology").good == 0


def test_what_another_process_notes_is_seen_at_once(records, home):
    noted(records, "geology", good=1)
    assert records.of("rivers", "geology").good == 1
    code = f"from collegia.tools.routing.record import Records; Records({str(home / 'records.sqlite')!r})"
    subprocess.run([sys.executable, "-c", f"{code}.note('rivers', 'geology', good=False, seconds=1.0)"], check=True)
    assert records.of("rivers", "geology").bad == 1


def test_no_outcome_is_lost_between_threads(records, home):
    def work() -> None:
        noted(Records.of_home(home), "geology", good=10, bad=5)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    found = records.of("rivers", "geology")
    assert (found.good, found.bad) == (60, 30)


def test_reading_is_cheap_with_thousands_of_records(records):
    with records.writing() as db:
        rows = ((f"expert_{place}", "geology", 1, 0, 1.0, 1, 0.0, 0) for place in range(5000))
        db.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    records.of("expert_7", "geology")
    began = time.perf_counter()
    assert sum(records.of(f"expert_{place}", "geology").good for place in range(1000)) == 1000
    assert time.perf_counter() - began < 0.5  # half a millisecond each would still be cheap


def test_a_damaged_file_is_told_with_its_path(home):
    home.mkdir()
    (home / "records.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=r"records\.sqlite"):
        Records.of_home(home).of("rivers")
