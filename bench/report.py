#!/usr/bin/env python3
"""Tables of docs/performance.md, and its plots, from what was measured: report.py FOLDER

A table stands between <!-- measured: NAME --> and <!-- end -->; one of which FOLDER knows nothing stays as it is.
"""
import json
import pathlib
import re
import sys

import growth_plots
from catalogue import SOURCE

PAGE = SOURCE / "docs/performance.md"
PLOTS = SOURCE / "docs/pictures/growth.svg"
ENGINES = ["sotevahti", "FTS5 unicode61", "PostgreSQL 15 finnish"]

# Of growth.json: group, what was measured, the plot's title, whether it is the cost of one.
GROWTH = [("feeds", "first", "First poll of n feeds, 10 entries each", False),
          ("feeds", "unchanged", "n feeds without news", False),
          ("entries", "insert", "Storing n entries: rows, story, index", False),
          ("entries", "story", "Looking for one entry's story among n", True),
          ("entries", "search_p50", "The middle question of the mix, n entries", True),
          ("entries", "search", "A question of the mix on average, n entries", True),
          ("subscribers", "build", "Digests of n subscribers, 3,000 stories", False)]


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def machine():
    name = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    cores = pathlib.Path("/proc/cpuinfo").read_text().count("processor\t")
    memory = int(re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text()).group(1)) / 2 ** 20
    return f"{name.group(1) if name else 'a processor without a name'}, {cores} cores, {memory:.0f} GB of memory, Debian 12.\n"


def seconds(value):
    """Three figures, in a unit that a reader likes."""
    unit, name = next(((u, n) for u, n in ((1, "s"), (1e-3, "ms")) if value >= u), (1e-6, "us"))
    return f"{value / unit:.3g} {name}" if value / unit < 1000 else f"{value / unit:.0f} {name}"


def points_of(measured, group, cost):
    return [(int(size), each[cost]) for size, each in sorted(((s, e) for s, e in measured.get(group, {}).items() if s.isdigit()),
                                                             key=lambda pair: int(pair[0]))]


def growth(measured):
    plotted = [(title, points, of_one) for group, cost, title, of_one in GROWTH
               if len(points := points_of(measured, group, cost)) > 2]
    PLOTS.write_text(growth_plots.sheet(plotted), "utf-8")
    rows = []
    for title, points, of_one in plotted:
        expected = growth_plots.law(points, of_one)
        rows.append([title, f"{points[0][0]:,}: {seconds(points[0][1])}", f"{points[len(points) // 2][0]:,}: {seconds(points[len(points) // 2][1])}",
                     f"{points[-1][0]:,}: {seconds(points[-1][1])}", f"{growth_plots.exponent(points):.2f}",
                     f"{growth_plots.exponent(points[-3:]):.2f}",
                     f"{growth_plots.exponent(expected):.2f} ({'log n' if of_one else 'n log n'})"])
    out = table(["cost in CPU", "smallest", "middle", "largest", "exponent", "of the largest three", "law"], rows)
    return out + "\n![Cost against size](pictures/growth.svg)\n" + digests(measured) + archive_size(measured)


def digests(measured):
    alike, own = (measured.get("subscribers", {}).get(each) for each in ("alike", "20000"))
    if not alike or not own:
        return ""
    return (f"\n20,000 subscribers, 3,000 new stories: {own['build']:.1f} s of CPU where each has a filter of his own, "
            f"{alike['build']:.1f} s where they share 100, each asked once ({own['stories']:.0f} and {alike['stories']:.0f} "
            "stories in a digest).\n")


def archive_size(measured):
    points = points_of(measured, "entries", "bytes")
    return "\nBytes of file an entry: " + ", ".join(f"{size:,}: {each / size:,.0f}" for size, each in points) + ".\n" if points else ""


def search(entries, found):
    kinds = [kind for kind in found["sotevahti"] if kind != "all"] + ["all"]
    engines = [engine for engine in ENGINES if engine in found]
    head = [f"{entries:,} entries: questions"] + [f"{engine} {which}" for which in ("p50", "p99") for engine in engines]
    return table(head, [[kind, *(f"{found[engine][kind][which]:.1f}" for which in ("p50", "p99") for engine in engines)]
                        for kind in kinds])


def recall(measured):
    engines = [engine for engine in ENGINES if engine in measured]
    rows = [[engine, f"{measured[engine]['recall']:.3f}", f"{measured[engine]['precision']:.3f}"] for engine in engines]
    return table([f"{measured['questions']} questions about 60 entries", "recall", "precision"], rows)


def rest(service):
    rows = [["start to READY, on the wall", f"{service['start']['ready_ms']:.0f} ms", "200 ms"],
            ["start to READY, CPU", f"{service['start']['ready_cpu_ms']:.0f} ms", ""]] if "start" in service else []
    for each in service["rest"]:
        most = "60 MB" if each["feeds"] <= 1000 else "200 MB"
        name = f"{each['feeds']:,} feeds"
        rows += [[f"{name}: memory (PSS) at rest", f"{each['pss_mb']['Pss']:.0f} MB", most],
                 [f"{name}: after a restart", f"{each['pss_after_restart_mb']['Pss']:.0f} MB", most],
                 [f"{name}: CPU, of one core", f"{each['cpu_percent']:.4f} %", "0.2 %"],
                 [f"{name}: wake-ups a minute", f"{each['wakeups_a_minute']:.1f}", "none without a cause"]]
    return table(["at rest", "figure", "aim"], rows)


def pages(service):
    load = service["load"]
    rows = [[kind, *(f"{each[kind][which]:.1f}" for each in (service["alone"], load["kinds"]) for which in ("p50", "p99"))]
            for kind in load["kinds"] if kind in service["alone"]]
    rows.append(["all", "", "", f"{load['p50']:.1f}", f"{load['p99']:.1f}"])
    return table(["page, ms on the wall", "alone p50", "p99", f"at {load['rate']:.0f}/s p50", "p99"], rows) + (
        f"\n{load['asked']:,} requests, {load['wrong']} not answered with 200; {load['service_cpu']:.2f} of the service's core, "
        f"{load['polls']} polls meanwhile, {load['pss_mb']['Pss']:.0f} MB (PSS).\n")


def rooms(programs):
    rows = []
    for program, benchmarks in programs.items():
        for each in benchmarks:
            rate = each.get("bytes_per_second"), each.get("items_per_second")
            shown = f"{rate[0] / 1e6:,.0f} MB/s" if rate[0] else f"{rate[1]:,.0f}/s" if rate[1] else ""
            unit = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}[each["time_unit"]]
            rows.append([program, each["name"].split("/iterations")[0], seconds(each["cpu_time"] * unit), shown])
    return table(["program", "benchmark", "CPU", "rate"], rows)


def read(file):
    return json.loads(file.read_text("utf-8")) if file.exists() else None


def tables(folder):
    found = {"machine": machine()}
    if measured := read(folder / "growth.json"):
        found["growth"] = growth(measured)
    answers = sorted((int(file.stem.split("-")[1]), read(file)) for file in folder.glob("search-*.json"))
    if answers:
        found["search"] = "\n".join(search(*each) for each in answers)
    if measured := read(folder / "recall.json"):
        found["recall"] = recall(measured)
    if measured := read(folder / "service.json"):
        found["rest"] = rest(measured)
        if "load" in measured:
            found["pages"] = pages(measured)
    if measured := read(folder / "rooms.json"):
        found["rooms"] = rooms(measured)
    return found


def main():
    page = PAGE.read_text("utf-8")
    for name, text in tables(pathlib.Path(sys.argv[1])).items():
        place = re.compile(rf"(<!-- measured: {name} -->\n).*?(<!-- end -->)", re.S)
        page = place.sub(lambda found: found.group(1) + text + found.group(2), page)
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
