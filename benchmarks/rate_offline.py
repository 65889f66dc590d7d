"""How many gold answers the offline rater reads in a second on one core, every dimension each, and how it agrees."""

from __future__ import annotations

import json
import time
from pathlib import Path
from statistics import median

from interviewer.bank.cues import load_cues
from interviewer.bank.library import Bank
from interviewer.rating.agreement import Rated, agreement, by_dimension, halo, macro_kappa
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.thread import thread_from_line

GOLD = Path(__file__).parents[1] / "fixtures" / "gold" / "dev.jsonl"
TARGET = 300.0
"""Answers a second on one core."""
RUNS = 7


def run() -> dict[str, float | str]:
    """Answers a second (median, processor time) and agreement with the gold that the cues were written beside."""
    bank = Bank.open()
    dimensions = {
        path.stem: bank.dimension(path.stem) for path in (bank.root / "rubrics" / "dimensions").glob("*.yaml")
    }
    lines = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    threads = [thread_from_line(line) for line in lines]
    rater = OfflineRater(load_cues(bank.root))
    speeds = []
    for _ in range(RUNS):
        begun = time.process_time()
        for thread in threads:
            rater.read(thread, list(dimensions.values()))
        speeds.append(len(threads) / (time.process_time() - begun))
    rated = []
    for line, thread in zip(lines, threads, strict=True):
        words = sum(len(text.split()) for text in thread.answers)
        ratings = rater.read(thread, [dimensions[name] for name in line["ratings"]]).ratings
        rated += [Rated(line["id"], name, gold, ratings[name].level, words) for name, gold in line["ratings"].items()]
    found, overall = by_dimension(rated), agreement(rated)
    return {
        "answers_per_second": round(median(speeds), 1),
        "target": TARGET,
        "macro_kappa_in_sample": round(macro_kappa(found), 3),
        "mean_absolute_error_in_sample": round(overall.error, 3),
        "length_partial_r": round(overall.length, 3),
        "halo": round(halo(rated), 3),
    }
