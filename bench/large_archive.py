#!/usr/bin/env python3
"""Everything that is measured on a large archive, as the tables of docs/performance.md:

  large_archive.py BUILD FOLDER [--entries 1000000]

BUILD is the folder of the preset "bench"; FOLDER keeps the archive and what it was measured with (2.1 GB and the
texts, 1.5 GB, for a million), and what is there already is used again. Then: search by class of question, start
to READY, rest, and pages under load while polling goes on. An hour on an idle machine is more than enough.
"""
import argparse
import json
import pathlib
import subprocess
import sys

import catalogue
import questions

HERE = pathlib.Path(__file__).resolve().parent


def lines_of(*command):
    done = subprocess.run([str(each) for each in command], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} failed")
    return [json.loads(line) for line in done.stdout.splitlines()]


def grow(build, folder, entries):
    archive, texts, asked = folder / f"archive-{entries}.db", folder / "texts.tsv", folder / "questions.tsv"
    if not archive.exists():
        texts.unlink(missing_ok=True)
        catalogue.write(folder / "feeds.d", 1000)
        made = lines_of(build / "bench/grow_archive", archive, folder / "feeds.d", entries, texts)[0]
        print(f"storing an entry: {made['store_us']:.0f} us of CPU; {made['bytes'] / entries:.0f} bytes of file for "
              f"{made['text_bytes'] / entries:.0f} of text\n")
    if not asked.exists():
        asked.write_text("".join(f"{kind}\t{text}\n" for kind, text in questions.Questions(texts).all()), "utf-8")
    return archive, asked


def table(head, rows):
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)


def search(build, archive, asked):
    found = lines_of(build / "bench/archive_search_bench", archive, asked, 5)
    table(["questions", "CPU ms p50", "p90", "p99", "wall ms p50", "p99", "first time p50", "p99"],
          [[f["class"], f["cpu_p50"], f["cpu_p90"], f["cpu_p99"], f["p50"], f["p99"], f["first_p50"], f["first_p99"]] for f in found])


def rest(build, archive):
    for found in lines_of(sys.executable, HERE / "rest_bench.py", build / "sotevahti", 1000, 20000, "--archive", archive):
        if "archive" in found:
            print(f"start to READY: {found['ready_ms']:.0f} ms ({found['ready_cpu_ms']:.0f} of CPU), then {found['pss_mb']['Pss']:.0f} MB\n")
        else:
            print(f"at rest with {found['feeds']} feeds: {found['pss_mb']['Pss']:.0f} MB after polling all of them, "
                  f"{found['pss_after_restart_mb']['Pss']:.0f} MB after a restart; {found['cpu_percent']:.4f} % of a core, "
                  f"{found['wakeups_a_minute']:.1f} wake-ups a minute\n", flush=True)


def web(build, archive, asked):
    alone, load = lines_of(sys.executable, HERE / "web_bench.py", build / "sotevahti", archive, asked)
    kinds = load["kinds"]
    table(["page", "alone ms p50", "p99", f"at {load['rate']:.0f}/s p50", "p99"],
          [[name, *(f"{alone['alone'][name][p]:.1f}" for p in ("p50", "p99")), *(f"{kinds[name][p]:.1f}" for p in ("p50", "p99"))]
           for name in kinds] + [["all", "", "", f"{load['p50']:.1f}", f"{load['p99']:.1f}"]])
    print(f"{load['asked']} requests, {load['wrong']} not answered with 200; the service {load['service_cpu']:.2f} of its core, "
          f"{load['polls']} polls meanwhile, {load['pss_mb']['Pss']:.0f} MB")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--entries", type=int, default=1000000)
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    archive, asked = grow(given.build, given.folder, given.entries)
    search(given.build, archive, asked)
    rest(given.build, archive)
    web(given.build, archive, asked)
