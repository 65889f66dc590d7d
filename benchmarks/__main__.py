"""Runs every benchmark of this folder and prints what was measured; `--json FILE` keeps the figures.

A benchmark is a module with `run() -> dict[str, float | str]`: the name of a figure and its value, medians of at least
five runs. Figures are ratios against a floor or a peer measured in the same run wherever that makes sense.
"""

from __future__ import annotations

import argparse
import json
import pkgutil
from importlib import import_module
from pathlib import Path

import benchmarks


def main() -> None:
    """Runs the benchmarks named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args()
    known = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")]
    figures = {}
    for name in args.names or known:
        module = import_module(f"benchmarks.{name}")
        if not hasattr(module, "run"):
            continue
        figures[name] = module.run()
        for figure, value in figures[name].items():
            shown = f"{value:.3f}" if isinstance(value, float) else value
            print(f"{name:<14} {figure:<58} {shown}", flush=True)
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
