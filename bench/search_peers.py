#!/usr/bin/env python3
"""The same questions to the same entries: sotevahti, SQLite's FTS5 with unicode61, PostgreSQL's finnish tsvector.

  search_peers.py BUILD FOLDER

FOLDER has the archive and its texts, as growth.py leaves them; what is missing of the other indexes is made there.
Each engine gives the newest 20 with snippets. Every question is asked once for what is read from disk, then in
ROUNDS rounds, all engines in turn. Writes FOLDER/search-<entries>.json: CPU milliseconds of the engine's one thread, by class
of question.
"""
import json
import pathlib
import random
import subprocess
import sys

import questions
from search_engines import Plain, Postgres

ROUNDS = 3


def part(times, which):
    return sorted(times)[min(len(times) - 1, int(which * len(times)))]


class Times:
    def __init__(self):
        self.kinds = {}

    def add(self, kind, taken, found):
        for name in (kind, "all"):
            self.kinds.setdefault(name, []).append((taken, found))

    def summary(self):
        return {name: {"p50": part([taken for taken, _ in rows], 0.5), "p99": part([taken for taken, _ in rows], 0.99),
                       "found": sum(found for _, found in rows) // ROUNDS} for name, rows in self.kinds.items()}


def ask_round(engine, order, times):
    for kind, filter in order:
        found, taken = engine.ask(filter)
        if times:
            times.add(kind, taken, len(found))


def ask_others(folder, asked):
    engines = [(Plain(folder), Times()), (Postgres(folder), Times())]
    for round in range(ROUNDS + 1):
        order = list(asked)
        random.Random(round).shuffle(order)
        for engine, times in engines:
            ask_round(engine, order, times if round > 0 else None)
    for engine, _ in engines:
        engine.close()
    return {engine.name: times.summary() for engine, times in engines}


def ask_ours(build, archive, asked):
    lines = subprocess.run([build / "bench/archive_search_bench", archive, asked, str(ROUNDS)], stdout=subprocess.PIPE, text=True,
                           check=True).stdout
    found = [json.loads(line) for line in lines.splitlines()]
    return {each["class"]: {"p50": each["cpu_p50"], "p90": each["cpu_p90"], "p99": each["cpu_p99"], "wall_p50": each["p50"],
                            "wall_p99": each["p99"], "found": each["found"]} for each in found}


def main():
    build, folder = map(pathlib.Path, sys.argv[1:3])
    asked, texts = folder / "questions.tsv", folder / "texts.tsv"
    if not asked.exists():
        asked.write_text("".join(f"{kind}\t{text}\n" for kind, text in questions.Questions(texts).all()), "utf-8")
    filters = [line.rstrip("\n").split("\t") for line in asked.read_text("utf-8").splitlines()]
    with open(texts, "rb") as lines:
        entries = sum(1 for _ in lines)
    results = {"sotevahti": ask_ours(build, folder / "archive.db", asked), **ask_others(folder, filters)}
    (folder / f"search-{entries}.json").write_text(json.dumps(results, indent=1))
    for kind in results["sotevahti"]:
        print(kind, *(f"{engine}: {found[kind]['p50']:.2f} {found[kind]['p99']:.2f} ({found[kind]['found']})"
                      for engine, found in results.items()), sep=" | ", flush=True)


if __name__ == "__main__":
    main()
