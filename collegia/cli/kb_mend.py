"""What `collegia kb remove`, `rebuild` and `doctor` do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from collegia.cli.err import ANSWERED, CANCELLED, ERROR, stepped, tell
from collegia.cli.kb_show import matching, near, opened, told_origins
from collegia.cli.kb_vectors import bring_in_step, forget_gone
from collegia.cli.out import Output, data, line
from collegia.knowledge.health import vector_faults
from collegia.knowledge.ingest.check import check
from collegia.knowledge.ingest.discover import printable
from collegia.knowledge.ingest.rebuild import rebuild
from collegia.knowledge.readings import drop_readings
from collegia.settings import Settings

__all__ = ["examine_store", "rebuild_store", "remove_documents"]


def remove_documents(which: Sequence[str], output: Output) -> int:
    """Remove documents; 1 where one is not there."""
    gone: list[dict[str, Any]] = []
    missing: list[str] = []
    with opened() as store:
        listed = store.documents()
        for name in which:
            left = {one["source"] for one in gone}
            found = [one for one in matching(listed, name) if one.source not in left]
            if not found:
                missing.append(name)
                tell(f"error: no document is called {name!r}{near(listed, name)}; `collegia kb list` shows all")
            for one in found:
                store.remove(one.source)
                gone.append({"name": one.name, "source": one.source})
                if output is Output.text:
                    line(f"removed {printable(one.name)} ({printable(one.source)})")
        if gone:
            forget_gone(store)
    if output is not Output.text:
        data({"removed": gone, "missing": missing}, output)
    return ERROR if missing else ANSWERED


def rebuild_store(output: Output, *, rules_only: bool = False) -> int:
    """Make everything again that is made from the stored texts; what a model read stays, or goes with `rules_only`."""
    with opened() as store:
        try:
            if rules_only:
                with store.writing() as db:
                    drop_readings(db)
            with stepped("rebuilding") as step:
                count = rebuild(store, step)
            bring_in_step(store)
        except KeyboardInterrupt:
            tell("cancelled; no text is lost, and `collegia kb rebuild` does the whole again")
            return CANCELLED
        counts = store.counts()
    if output is not Output.text:
        data({"rebuilt": count, **counts}, output)
    else:
        line(f"{count:,} documents rebuilt: " + ", ".join(f"{number:,} {what}" for what, number in counts.items()))
    return ANSWERED


def examine_store(output: Output) -> int:
    """Look for faults; 1 where there is one."""
    with opened() as store:
        faults = check(store)
        faults += vector_faults(store, Settings.load()) if not faults else []
        counts = store.counts() if not faults else {}
        by = told_origins(store) if not faults else {}
    if output is not Output.text:
        data({"faults": [asdict(one) for one in faults]}, output)
    elif not faults:
        line("no fault in " + ", ".join(f"{number:,} {what}" for what, number in counts.items()))
        if by:
            line(f"relations: {', '.join(f'{number:,} {what}' for what, number in by.items())}")
    else:
        for one in faults:
            line(f"{printable(one.what)}\n  mend it: {printable(one.mend)}")
    return ERROR if faults else ANSWERED
