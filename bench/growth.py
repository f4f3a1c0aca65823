#!/usr/bin/env python3
"""How the cost grows: growth.py BUILD FOLDER [--entries 1000000] [--feeds 20000] [--subscribers 20000]

Writes FOLDER/growth.json as it goes; a size that is in it already is not measured again, so a larger --entries goes
on from the archive that is there (FOLDER/archive.db, with FOLDER/texts.tsv). BUILD is the folder of the preset
"bench". Costs are CPU; bench/report.py makes tables, exponents and plots of them.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

import catalogue
import questions
from service import Feeds

ENTRIES = [10000, 30000, 100000, 300000, 1000000, 2000000, 5000000]
FEEDS = [100, 300, 1000, 3000, 10000, 20000]
SUBSCRIBERS = [10, 100, 1000, 10000, 20000]


class Kept:
    """What was measured, by group and size, in a file."""

    def __init__(self, file):
        self.file = file
        self.groups = json.loads(file.read_text()) if file.exists() else {}

    def has(self, group, size):
        return str(size) in self.groups.get(group, {})

    def add(self, group, size, point):
        self.groups.setdefault(group, {})[str(size)] = point
        self.file.write_text(json.dumps(self.groups, indent=1))
        print(group, size, json.dumps(point), file=sys.stderr, flush=True)


def run(*command):
    """Its output, its CPU seconds and its most memory in MB."""
    with subprocess.Popen([str(each) for each in command], stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return output, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def ask(folder, texts):
    """The same questions at every size: of the first entries, without those about years that come later."""
    asked = folder / "growth.questions"
    if not asked.exists():
        lines = [f"{kind}\t{text}\n" for kind, text in questions.Questions(texts).all() if kind != "word in a year"]
        asked.write_text("".join(lines), "utf-8")
    return asked


def entries(kept, build, folder, most):
    """Storing (rows, story, index), story search and questions, at each size of one archive that grows."""
    archive, texts = folder / "archive.db", folder / "texts.tsv"
    if not archive.exists():
        catalogue.write(folder / "feeds.d", 1000)
        texts.unlink(missing_ok=True)
    stored = 0.0
    for size in [each for each in ENTRIES if each <= most]:
        if not kept.has("entries", size):
            grown = json.loads(run(build / "bench/grow_archive", archive, folder / "feeds.d", size, texts)[0])
            lines = run(build / "bench/archive_search_bench", archive, ask(folder, texts), 3)[0].splitlines()
            found = next(line for line in map(json.loads, lines) if line["class"] == "all")
            kept.add("entries", size, {"insert": stored + grown["store_us"] * grown["added"] / 1e6,
                                       "join": grown["join_s"], "story": grown["story_us"] / 1e6, "search": found["cpu_mean"] / 1e3,
                                       "search_p50": found["cpu_p50"] / 1e3, "search_p99": found["cpu_p99"] / 1e3, "bytes": grown["bytes"]})
        stored = kept.groups["entries"][str(size)]["insert"]


def feeds(kept, build, folder, most):
    """A first poll of feeds with ten entries each, and one that finds nothing new."""
    sizes = [each for each in FEEDS if each <= most and not kept.has("feeds", each)]
    server = Feeds(entries=10) if sizes else None
    for size in sizes:
        place = folder / f"feeds-{size}"
        catalogue.write(place / "feeds.d", size)
        (place / "sotevahti.toml").write_text('[archive]\npath = "archive.db"\n[feeds]\ndir = "feeds.d"\n[net]\n'
                                              'allow_feeds = ["127.0.0.0/8"]\n[poll]\nhost_gap_ms = 0\nper_host = 8\n')
        for old in place.glob("archive.db*"):
            old.unlink()
        command = [build / "sotevahti", "--config", place / "sotevahti.toml", "poll", "--all"]
        asked = server.asked
        (_, first, memory), (_, unchanged, _) = run(*command), run(*command)
        if server.asked - asked != 2 * size:
            raise SystemExit(f"{size} feeds, and {server.asked - asked} requests for two polls")
        kept.add("feeds", size, {"first": first, "unchanged": unchanged, "memory": memory})
        server.bodies.clear()


def subscribers(kept, build, folder, most):
    """Each with a filter of his own, 3,000 new stories; and 20,000 who share 100 filters."""
    wanted = [(each, f"Build/people:{each}/") for each in SUBSCRIBERS if each <= most]
    if most >= SUBSCRIBERS[-1]:
        wanted.append(("alike", "BuildAlike"))
    for size, name in wanted:
        if not kept.has("subscribers", size):
            lines = run(build / "bench/deliver_bench", f"--benchmark_filter={name}", "--benchmark_format=json")[0]
            found = json.loads(lines)["benchmarks"][0]
            kept.add("subscribers", size, {"build": found["cpu_time"], "digests": found["digests"], "stories": found["stories"]})


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--entries", type=int, default=1000000)
    arguments.add_argument("--feeds", type=int, default=20000)
    arguments.add_argument("--subscribers", type=int, default=20000)
    asked = arguments.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    kept = Kept(asked.folder / "growth.json")
    for measure in (subscribers, feeds, entries):
        measure(kept, asked.build, asked.folder, getattr(asked, measure.__name__))
