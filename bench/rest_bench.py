#!/usr/bin/env python3
"""What the service costs when nothing happens: rest_bench.py SOTEVAHTI [FEEDS ...] [--readers 0] [--archive FILE] [--seconds 120]

Feeds answer on loopback. Each is polled once; then nothing is due. CPU is the scheduler's count of all threads,
wake-ups are voluntary switches; memory is PSS. With --readers so many people wait to be told at once. With --archive the time from exec to READY=1 is told for that
archive too (five starts; CPU beside it, for the machine may be busy).
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import time

from service import Feeds, Service

QUIET = 'interval = "12h"\nmin_interval = "12h"'


def settle(service, feeds, count):
    """Until every feed was polled, and nothing moves any more."""
    deadline = time.monotonic() + 600
    while feeds.asked < count and time.monotonic() < deadline:
        time.sleep(0.5)
    before = -1.0
    while service.cpu_exact() - before > 0.02 and time.monotonic() < deadline:
        before = service.cpu_exact()
        time.sleep(3)


def add_readers(program, config, count):
    for number in range(count):
        address = f"reader{number}@example.org"
        for command in (["subscribers", "add", address],
                        ["subscriptions", "add", address, f"palvelu{number % 100}", "--rhythm", "immediate"]):
            subprocess.run([program, "--config", config, *command], check=True, stdout=subprocess.DEVNULL)


def at_rest(program, count, readers, seconds):
    feeds = Feeds(entries=20 if count <= 1000 else 2)
    with tempfile.TemporaryDirectory() as folder:
        service = Service(program, folder, pathlib.Path(folder) / "archive.db", poll=QUIET, feeds=count)
        settle(service, feeds, count)
        peak = service.pss()
        add_readers(program, pathlib.Path(folder) / "sotevahti.toml", readers)
        # Delivery's first look, within a minute, reads what polling left; a wait for the disk counts as a wake-up.
        time.sleep(70)
        cpu, wakeups, asked = service.cpu_exact(), service.wakeups(), feeds.asked
        time.sleep(seconds)
        result = {"feeds": count, "readers": readers, "asked": asked, "asked_at_rest": feeds.asked - asked, "pss_mb": service.pss(),
                  "pss_after_polling_mb": peak["Pss"], "cpu_percent": (service.cpu_exact() - cpu) / seconds * 100,
                  "wakeups_a_minute": (service.wakeups() - wakeups) / seconds * 60}
        service.stop()
        started = [start(program, folder, pathlib.Path(folder) / "archive.db", count) for _ in range(3)]
        result["pss_after_restart_mb"] = started[-1]["pss_mb"]
    feeds.stop()
    return result


def start(program, folder, archive, feeds=1000):
    service = Service(program, folder, archive, poll=QUIET, feeds=feeds)
    time.sleep(1)
    result = {"ready_ms": service.ready * 1000, "ready_cpu_ms": service.ready_cpu * 1000, "pss_mb": service.pss()}
    service.stop()
    return result


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("feeds", nargs="*", type=int)
    arguments.add_argument("--readers", type=int, default=0)
    arguments.add_argument("--archive")
    arguments.add_argument("--seconds", type=int, default=120)
    asked = arguments.parse_args()
    for count in asked.feeds:
        print(json.dumps(at_rest(asked.program, count, asked.readers, asked.seconds)), flush=True)
    if asked.archive:
        with tempfile.TemporaryDirectory() as folder:
            starts = [start(asked.program, folder, asked.archive) for _ in range(6)][1:]  # the first one may migrate
        print(json.dumps({"archive": asked.archive, "ready_ms": statistics.median(s["ready_ms"] for s in starts),
                          "ready_cpu_ms": statistics.median(s["ready_cpu_ms"] for s in starts), "pss_mb": starts[-1]["pss_mb"]}))
