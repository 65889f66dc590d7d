"""Measures, prints the table, and keeps it: `python -m benchmarks [NAME ...]`, `python -m benchmarks --against FILE`.

A benchmark is a module of this folder with `run() -> list[Figure]`: medians of at least five runs with the lowest and
the highest, ratios against a floor or a peer measured in the same turn wherever that makes sense.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from .comparing import worse
from .figures import Figure
from .table import PAGE, page, row

NAMES = ("startup", "memory", "turns", "rounds", "rate_offline", "models", "stored", "size", "bank", "offline_held_out")
RESULTS = Path(__file__).with_name("results") / "latest.json"

Measured = dict[str, list[Figure]]


def main() -> int:
    """Measures what is named, or all; 1 when something got worse than in the file it is held against."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these; then nothing is kept unless --json says where")
    parser.add_argument("--json", type=Path, help="keep the figures in this file")
    parser.add_argument("--against", type=Path, help="measure nothing: hold the last figures against this earlier file")
    args = parser.parse_args()
    if args.against:
        return _compare(args.against)
    measured = {name: _measure(name) for name in args.names or NAMES}
    kept = args.json or (None if args.names else RESULTS)
    if kept:
        _keep(kept, measured)
    if not args.names:
        PAGE.write_text(page(measured), encoding="utf-8")
    return 0


def _measure(name: str) -> list[Figure]:
    figures: list[Figure] = import_module(f"benchmarks.{name}").run()
    for figure in figures:
        print(row(figure), flush=True)
    return figures


def _keep(path: Path, measured: Measured) -> None:
    path.parent.mkdir(exist_ok=True)
    body = {name: [asdict(figure) for figure in figures] for name, figures in measured.items()}
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


def _read(path: Path) -> Measured:
    body = json.loads(path.read_text(encoding="utf-8"))
    return {name: [Figure(**figure) for figure in figures] for name, figures in body.items()}


def _compare(earlier: Path) -> int:
    found = worse(_read(earlier), _read(RESULTS))
    for line in found:
        print(line)
    print(f"{len(found)} figures got over 15 % worse." if found else "Nothing got over 15 % worse.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
