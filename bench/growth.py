#!/usr/bin/env python3
"""How the cost grows: growth.py BUILD FOLDER [--entries 1000000] [--feeds 20000] [--subscribers]

Writes FOLDER/growth.json as it goes and docs' table and plots (SVG) from it at the end; what is in
growth.json already is not measured again. BUILD is the folder of the preset "bench". Costs are CPU seconds.

A cost that grows as size^e has the exponent e (least squares over the logarithms of all sizes); n log n
between 100 and 20,000 shows as 1.11, between 10,000 and a million as 1.09.
"""
import argparse
import json
import math
import pathlib
import resource
import subprocess
import sys

import catalogue
import questions
from service import Feeds

ENTRIES = [10000, 30000, 100000, 300000, 1000000, 3000000]
FEEDS = [100, 300, 1000, 3000, 10000, 20000]


def run(*command):
    """Its output and its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command}: {done.stderr}")
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def entries(build, folder, most):
    """Insert (rows, story, index) and search, at each size of one archive that grows."""
    archive, feeds, texts = folder / "growth.db", folder / "feeds.d", folder / "growth.tsv"
    for old in folder.glob("growth.db*"):
        old.unlink()
    texts.unlink(missing_ok=True)
    catalogue.write(feeds, 1000)
    points, spent = [], 0.0
    for size in [each for each in ENTRIES if each <= most]:
        grown = json.loads(run(build / "bench/grow_archive", archive, feeds, size, texts)[0])
        spent += grown["store_us"] * grown["added"] / 1e6
        asked = folder / "growth.questions"
        asked.write_text("".join(f"{kind}\t{text}\n" for kind, text in questions.Questions(texts).all()), "utf-8")
        lines = run(build / "bench/archive_search_bench", archive, asked, 2)[0].splitlines()
        found = next(line for line in map(json.loads, lines) if line["class"] == "all")
        points.append({"size": size, "insert": spent, "search": found["cpu_mean"] / 1e3, "bytes": grown["bytes"]})
        print(points[-1], file=sys.stderr, flush=True)
    return points


def feeds(build, folder, most):
    """A first poll of feeds with ten entries each, and one that finds nothing new."""
    server, points = Feeds(entries=10), []
    for size in [each for each in FEEDS if each <= most]:
        place = folder / f"feeds-{size}"
        catalogue.write(place / "feeds.d", size)
        (place / "archive.db").unlink(missing_ok=True)
        (place / "sotevahti.toml").write_text('[archive]\npath = "archive.db"\n[feeds]\ndir = "feeds.d"\n[net]\n'
                                              'allow_feeds = ["127.0.0.0/8"]\n[poll]\nhost_gap_ms = 0\nper_host = 8\n')
        command = [build / "sotevahti", "--config", place / "sotevahti.toml", "poll", "--all"]
        first, unchanged = run(*command)[1], run(*command)[1]
        points.append({"size": size, "first": first, "unchanged": unchanged})
        print(points[-1], file=sys.stderr, flush=True)
    return points


def subscribers(build, folder, most):
    lines = run(build / "bench/deliver_bench", "--benchmark_filter=Build/", "--benchmark_format=json")[0]
    return [{"size": int(each["name"].split("people:")[1].split("/")[0]), "build": each["cpu_time"]}
            for each in json.loads(lines)["benchmarks"]]


def exponent(points, cost):
    xs, ys = [math.log(p["size"]) for p in points], [math.log(max(p[cost], 1e-9)) for p in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def plot(points, cost, title, unit):
    """Both axes logarithmic; the dashed line is n log n through the last point."""
    left, top, wide, high = 62, 30, 360, 190
    sizes, costs = [p["size"] for p in points], [p[cost] for p in points]
    law = [costs[-1] * n * math.log(n) / (sizes[-1] * math.log(sizes[-1])) for n in sizes]
    low = math.floor(math.log10(min(costs + law)))
    top_decade = max(low + 1, math.ceil(math.log10(max(costs + law))))
    x = lambda n: left + wide * math.log(n / sizes[0]) / math.log(sizes[-1] / sizes[0])
    y = lambda c: top + high * (1 - (math.log10(c) - low) / (top_decade - low))
    line = lambda values: " ".join(f"{x(n):.1f},{y(c):.1f}" for n, c in zip(sizes, values))
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + wide + 20} {top + high + 40}" role="img" '
           f'font-family="sans-serif" font-size="11"><title>{title}</title><rect width="100%" height="100%" fill="#fff"/>'
           f'<text x="{left}" y="18" font-size="13" font-weight="bold">{title}</text>']
    for decade in range(low, top_decade + 1):
        label = f"{10.0 ** decade:g}"
        out.append(f'<path d="M{left} {y(10.0 ** decade):.1f}h{wide}" stroke="#ddd"/><text x="{left - 6}" '
                   f'y="{y(10.0 ** decade) + 4:.1f}" text-anchor="end">{label} {unit}</text>')
    out += [f'<text x="{x(n):.1f}" y="{top + high + 16}" text-anchor="middle">{n:,}</text>' for n in sizes]
    out.append(f'<polyline points="{line(law)}" fill="none" stroke="#888" stroke-dasharray="4 3"/>')
    out.append(f'<polyline points="{line(costs)}" fill="none" stroke="#0b5c8a" stroke-width="2"/>')
    out += [f'<circle cx="{x(n):.1f}" cy="{y(c):.1f}" r="3" fill="#0b5c8a"/>' for n, c in zip(sizes, costs)]
    out.append(f'<text x="{left + wide}" y="{top + high + 32}" text-anchor="end" fill="#555">exponent '
               f'{exponent(points, cost):.2f}; dashed: n log n</text></svg>')
    return "\n".join(out)


COSTS = [("entries", "insert", "Storing n entries", "s"), ("entries", "search", "One question of the mix, n entries", "s"),
         ("feeds", "first", "First poll of n feeds", "s"), ("feeds", "unchanged", "n feeds without news", "s"),
         ("subscribers", "build", "Digests of n subscribers", "s")]


def report(measured, folder):
    for group, cost, title, unit in COSTS:
        points = measured.get(group)
        if not points:
            continue
        (folder / f"growth-{cost}.svg").write_text(plot(points, cost, title, unit), "utf-8")
        cells = " | ".join(f'{p["size"]:,}: {p[cost]:.3g}' for p in points)
        print(f"| {title} | {cells} | {exponent(points, cost):.2f} |")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--entries", type=int, default=1000000)
    arguments.add_argument("--feeds", type=int, default=20000)
    asked = arguments.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    kept = asked.folder / "growth.json"
    measured = json.loads(kept.read_text()) if kept.exists() else {}
    for group, measure, most in (("subscribers", subscribers, 20000), ("feeds", feeds, asked.feeds),
                                 ("entries", entries, asked.entries)):
        if group not in measured:
            measured[group] = measure(asked.build, asked.folder, most)
            kept.write_text(json.dumps(measured, indent=1))
    report(measured, asked.folder)
