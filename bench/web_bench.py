#!/usr/bin/env python3
"""Pages under load while polling goes on: web_bench.py SOTEVAHTI ARCHIVE QUESTIONS.tsv [--rate 500] [--seconds 60] [--warm 30]

The service has one core (taskset), this script and its feeds the other. 1,000 feeds are asked every five
minutes, and every third answer brings something new, so that no answer can be kept for long. Requests start
at fixed times whatever became of those before them; a request's time counts from when it was to start.
What the first seconds ask (--warm) is not counted. First comes each kind of page by itself, one after the other ("alone", nothing kept); then the mix.
"""
import argparse
import asyncio
import json
import os
import random
import re
import sys
import tempfile
import time
import urllib.parse
import urllib.request

from catalogue import SOURCE
from service import Feeds, Service

POLL = 'interval = "5min"\nmin_interval = "5min"\nmax_interval = "5min"'


def part(times, which):
    return sorted(times)[min(len(times) - 1, int(which * len(times)))] * 1000


class Mix:
    """Addresses of pages, as readers ask for them."""

    def __init__(self, service, questions):
        self.choose = random.Random(11)
        self.filters = [line.rstrip("\n").split("\t")[1] for line in open(questions, encoding="utf-8")]
        pages = [urllib.request.urlopen(f"{service.address()}/?q={urllib.parse.quote(q)}").read().decode()
                 for q in ("", *self.filters[:40])]
        self.entries = sorted({e for page in pages for e in re.findall(r'href="(/entry/\d+)', page)})
        self.subjects = {kind: re.findall(rf'^id = "([a-z-]+)"', (SOURCE / f"tags.d/{kind}.toml").read_text("utf-8"), re.M)
                         for kind in ("areas", "topics")}

    def question(self):
        return urllib.parse.quote(self.choose.choice(self.filters))

    def kinds(self):
        choose = self.choose
        return {"front page": (20, lambda: "/"), "search": (22, lambda: "/?q=" + self.question()),
                "entry": (25, lambda: choose.choice(self.entries)),
                "area": (5, lambda: "/areas/" + choose.choice(self.subjects["areas"])),
                "topic": (3, lambda: "/topics/" + choose.choice(self.subjects["topics"])),
                "coverage": (2, lambda: "/coverage"), "deadlines": (4, lambda: "/deadlines"), "feeds": (1, lambda: "/feeds"),
                "Atom": (6, lambda: "/feed.atom?q=" + self.question()), "API": (6, lambda: "/api/v1/entries?q=" + self.question()),
                "style": (6, lambda: "/style.css")}


class Client:
    def __init__(self, port):
        self.port, self.connections, self.room = port, [], asyncio.Semaphore(128)

    async def get(self, path):
        """Its status; a connection is kept for the next."""
        async with self.room:
            return await self.get_now(path)

    async def get_now(self, path):
        while True:
            kept = bool(self.connections)
            reader, writer = self.connections.pop() if kept else await asyncio.open_connection("127.0.0.1", self.port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: fi\r\n\r\n".encode())
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", head).group(1)))
            except (asyncio.IncompleteReadError, ConnectionError):
                writer.close()
                if kept:  # the server had closed what stood idle
                    continue
                raise
            self.connections.append((reader, writer))
            return int(head[9:12])


async def alone(client, mix, times):
    found = {}
    for name, (_, make) in mix.kinds().items():
        taken = []
        for n in range(times):
            path = make()  # another address each time: nothing that was kept answers it
            path += ("&" if "?" in path else "?") + f"n={n}" if name != "style" else ""
            begin = time.monotonic()
            status = await client.get(path)
            taken.append(time.monotonic() - begin)
            if status != 200:
                print(status, path, file=sys.stderr)
        found[name] = {"p50": part(taken, 0.5), "p99": part(taken, 0.99)}
    return found


async def under_load(client, mix, rate, seconds):
    names, weights, makers = zip(*((n, w, m) for n, (w, m) in mix.kinds().items()))
    taken, wrong = {name: [] for name in names}, []

    async def one(name, path, planned):
        status = await client.get(path)
        taken[name].append(time.monotonic() - planned)
        if status != 200:
            wrong.append((status, path))

    tasks = set()
    begin = time.monotonic()
    for n in range(rate * seconds):
        planned = begin + n / rate
        if (wait := planned - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        index = mix.choose.choices(range(len(names)), weights)[0]
        task = asyncio.create_task(one(names[index], makers[index](), planned))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)
    return taken, wrong, time.monotonic() - begin


def main():
    arguments = argparse.ArgumentParser()
    for name in ("program", "archive", "questions"):
        arguments.add_argument(name)
    arguments.add_argument("--rate", type=int, default=500)
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--warm", type=int, default=30)
    arguments.add_argument("--feeds", type=int, default=1000)
    asked = arguments.parse_args()
    os.sched_setaffinity(0, {1})
    feeds = Feeds(entries=20, news=0.3)
    with tempfile.TemporaryDirectory() as folder:
        service = Service(asked.program, folder, asked.archive, cores=0, poll=POLL, feeds=asked.feeds)
        while feeds.asked < asked.feeds:  # the first look at each of them
            time.sleep(0.5)
        time.sleep(5)
        mix, client = Mix(service, asked.questions), Client(service.port)

        async def both():
            by_itself = await alone(client, mix, 40)
            print(json.dumps({"alone": by_itself}), flush=True)
            while feeds.asked < asked.feeds + 50:  # until the second round of polls has begun
                await asyncio.sleep(0.5)
            await under_load(client, mix, asked.rate, asked.warm)
            before, cpu, polls = service.cpu_exact(), time.process_time(), feeds.asked
            taken, wrong, seconds = await under_load(client, mix, asked.rate, asked.seconds)
            every = [t for times in taken.values() for t in times]
            return {"asked": len(every), "wrong": len(wrong), "rate": len(every) / seconds,
                    "p50": part(every, 0.5), "p99": part(every, 0.99), "max": part(every, 1),
                    "kinds": {name: {"p50": part(t, 0.5), "p99": part(t, 0.99)} for name, t in taken.items()},
                    "service_cpu": (service.cpu_exact() - before) / seconds, "own_cpu": (time.process_time() - cpu) / seconds,
                    "polls": feeds.asked - polls, "pss_mb": service.pss()}

        try:
            print(json.dumps(asyncio.run(both())))
        finally:
            service.stop()


if __name__ == "__main__":
    main()
