"""The benchmarks of DESIGN 9: each row against the raw baseline of the same run, on this machine's disk.

    python benchmarks/run.py [--customers N] [--only NAME ...] [--folder FOLDER] [--note TEXT]

Prints a table; adds a line a row to results/results.jsonl. Files and books are kept in the folder for the next run.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from guanhu.benchmarks import (
    bench_balances,
    bench_browsing,
    bench_contact,
    bench_figures,
    bench_first_paint,
    bench_flags,
    bench_help,
    bench_list,
    bench_moment,
    bench_questions,
    bench_rebuild,
    bench_register,
    bench_verify,
    bench_whatif,
)
from guanhu.benchmarks.generate import generate
from guanhu.benchmarks.measure import Result, machine, on_disk

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "results.jsonl"
ROWS = (
    "register", "balances", "questions", "figures", "lists", "contact", "rebuild", "moment", "whatif", "flags",
    "verify", "help", "first_paint", "key",
)  # fmt: skip
"""In this order: later ones ask the book that earlier ones made."""


def results(files: Path, work: Path, customers: int, only: list[str]) -> Iterator[Result]:
    """Measure what is asked for."""
    if "register" in only:
        yield bench_register.run(files, work)
    if "balances" in only:
        yield bench_balances.run(files, work)
    if "questions" in only:
        yield from bench_questions.run(files, work, customers)
    if "figures" in only:
        yield bench_figures.run(work)
    if "lists" in only:
        yield from bench_browsing.run(work, customers)
    if "contact" in only:
        yield bench_contact.run(files, work)
    if "rebuild" in only:
        yield bench_rebuild.run(files, work, customers)
    if "whatif" in only:
        yield bench_whatif.run(work, files, customers)
    if "moment" in only:
        yield from bench_moment.run(work, customers)
    if "flags" in only:
        yield from bench_flags.run(files, work, customers)
    if "help" in only:
        yield bench_help.run(work)
    if "verify" in only:
        yield bench_verify.run(work, customers)
    if "first_paint" in only:
        yield bench_first_paint.run(work)
    if "key" in only:
        yield bench_list.run()


def line(r: Result) -> str:
    """A row of the table."""
    ours, baseline = (f"{s:.2f} s" if r.ours >= 1 else f"{s * 1e3:.2f} ms" for s in (r.ours, r.baseline))
    memory = f"{r.ours_mb} MB" if r.ours_mb else "-"
    kept = "yes" if r.good else "NO"
    return f"| {r.name} | {ours} | {baseline} | {r.ratio:.2f} | {r.at_most:g} | {memory} | {kept} |"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument("--folder", type=Path, default=HERE.parents[1] / "tmp" / "guanhu-benchmarks")
    parser.add_argument("--note", default="")
    asked = parser.parse_args()
    work = asked.folder / str(asked.customers)
    work.mkdir(parents=True, exist_ok=True)
    if not on_disk(work):
        sys.exit(f"{work} is in memory, not on a disk: --folder")
    files = work / "files"
    if not (files / "contacts.csv").exists():
        generate(files, asked.customers)
    print("| work | ours | baseline | ratio | at most | peak | kept |\n|---|---:|---:|---:|---:|---:|---|")
    for result in results(files, work, asked.customers, asked.only):
        print(line(result), flush=True)
        if not os.environ.get("GUANHU_PROFILE"):  # a profiled run measures the profiler
            record(result, asked.customers, asked.note)


def record(result: Result, customers: int, note: str) -> None:
    """Keep a result with when and where it was measured."""
    RESULTS.parent.mkdir(exist_ok=True)
    entry = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "name": result.name, "customers": customers,
        "ours": round(result.ours, 5), "baseline": round(result.baseline, 5), "ratio": round(result.ratio, 2),
        "at_most": result.at_most, "mb": result.ours_mb, "baseline_mb": result.baseline_mb, "facts": result.facts,
        "machine": machine(), "note": note,
    }  # fmt: skip
    with RESULTS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
