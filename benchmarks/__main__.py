"""Measures, prints the table, and keeps it: `python -m benchmarks [NAME ...]`, `python -m benchmarks --against FILE`.

A benchmark is a module of this folder with `run() -> list[Figure]`: medians of at least five runs with the lowest and
the highest, ratios against a floor or a peer measured in the same turn wherever that makes sense. What was measured is
kept section by section, so that a part can be measured anew when the machine is quiet.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from .comparing import WORSE, worse
from .figures import Figure
from .results import LATEST, Section, in_order, keep, read
from .table import PAGE, page, row

NAMES = (
    "startup",
    "memory",
    "echo",
    "streaming",
    "turns",
    "rounds",
    "models",
    "rate_offline",
    "stored",
    "bank",
    "size",
    "offline_held_out",
    "offline_unseen",
    "offline_blind",
    "offline_quotes",
    "offline_attacks",
)


def main() -> int:
    """Measures what is named, or all; 1 when something got worse than in the file it is held against."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these; the others keep their last figures")
    parser.add_argument("--json", type=Path, default=LATEST, help="keep the figures in this file")
    parser.add_argument("--against", type=Path, help="measure nothing: hold the last figures against this earlier file")
    args = parser.parse_args()
    if unknown := set(args.names) - set(NAMES):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    if args.against:
        try:
            return _compare(args.against)
        except (OSError, ValueError, TypeError, LookupError) as error:
            parser.error(f"{args.against} holds no figures to hold these against ({type(error).__name__})")
    for name in args.names or NAMES:
        _measure(name, args.json)
    return 0


def _measure(name: str, kept: Path) -> None:
    figures: list[Figure] = import_module(f"benchmarks.{name}").run()
    for figure in figures:
        print(row(figure), flush=True)
    results = in_order({**read(kept), name: Section(f"{datetime.now(UTC):%Y-%m-%d}", tuple(figures))}, NAMES)
    keep(kept, results)
    if kept == LATEST:
        PAGE.write_text(page(results), encoding="utf-8")


def _compare(earlier: Path) -> int:
    if not earlier.exists():
        raise FileNotFoundError(earlier)
    found = worse(read(earlier), read(LATEST))
    for line in found:
        print(line)
    print(f"{len(found)} figures got over {WORSE:.0%} worse." if found else f"Nothing got over {WORSE:.0%} worse.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
