"""Whole-process times of `collegia --help` and of `collegia ask` with a one-step question.

    python benchmarks/startup.py [--runs 7]

The question needs no property library. Bytecode is compiled beforehand, by a first run that is not measured, and
every `ask` stores its run in a folder that is thrown away. Goals, on two cores: 0.3 s and 2.5 s. The processor time
beside the wall-clock time says what a busy machine adds: both goals are for a machine that does nothing else. The exit
code is 3 when a goal is missed.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import collegia

QUESTION = "What is the area of a circle of 2 m diameter?"
CASES = (("collegia --help", ["--help"], 0.3), ("collegia ask", ["ask", QUESTION], 2.5))


def processor_seconds() -> float:
    """What the processes that have ended took, user and system."""
    used = os.times()
    return used.children_user + used.children_system


def measure(arguments: list[str], runs: int, home: str) -> tuple[list[float], list[float]]:
    """Wall-clock and processor seconds of each run, the first one left out."""
    command = [str(Path(sys.executable).with_name("collegia")), *arguments]
    seconds, processor = [], []
    for _ in range(runs + 1):
        used, began = processor_seconds(), time.perf_counter()
        done = subprocess.run(command, env={**os.environ, "COLLEGIA_HOME": home}, capture_output=True, check=False)
        seconds.append(time.perf_counter() - began)
        processor.append(processor_seconds() - used)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.decode()}")
    return seconds[1:], processor[1:]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    compileall.compile_dir(Path(collegia.__file__).parent, quiet=2)
    print(f"{'command':<18}{'median':>9}{'best':>9}{'worst':>9}{'cpu':>9}{'goal':>9}")
    missed = False
    for name, arguments, goal in CASES:
        with tempfile.TemporaryDirectory() as home:
            seconds, processor = measure(arguments, runs, home)
        median = statistics.median(seconds)
        missed = missed or median > goal
        verdict = "met" if median <= goal else "MISSED"
        columns = (median, min(seconds), max(seconds), statistics.median(processor))
        print(f"{name:<18}{''.join(f'{one:>8.3f}s' for one in columns)}{goal:>8.1f}s  {verdict}")
    return 3 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
