#!/usr/bin/python3
"""Healthy servers beside hostile ones: how late the healthy are polled, and what it costs.

By hand: hostile_servers.py [--minutes 10] [--good 200] [--hostile 50]. hostile_servers_test.py runs it small.
"""
import argparse
import asyncio
import contextlib
import dataclasses
import gzip
import os
import pathlib
import random
import signal
import sqlite3
import sys
import threading
import time

from program import Folder, FeedServer, rss, with_validator

BOMB = gzip.compress(bytes(32 << 20))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


@dataclasses.dataclass
class Plan:
    minutes: float = 10
    good: int = 200
    hostile: int = 50
    feeds_of_each: int = 20  # of a hostile server, so that some are always under way: one that failed rests for long
    timeout: int = 30
    seed: int = 9


class Hostile(threading.Thread):
    """On every address of 127.0.0.0/8 at one port; each path says what it does."""

    KINDS = ("silence", "slow-header", "slow-body", "endless-headers", "endless-body", "bomb", "reset", "no-http", "loop",
             "short", "hangs-up")

    def __init__(self):
        super().__init__(daemon=True)
        self.loop, self.ready, self.open, self.served = asyncio.new_event_loop(), threading.Event(), 0, 0
        self.start()
        self.ready.wait()

    def run(self):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self.meet, "0.0.0.0", 0, backlog=1024))
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()

    def url(self, server, feed):
        return f"http://127.6.0.{server + 1}:{self.port}/{self.KINDS[(server + feed) % len(self.KINDS)]}/{feed}"

    async def meet(self, reader, writer):
        self.open += 1
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            request = await reader.readuntil(b"\r\n\r\n")
            self.served += 1
            await self.play(request.split(b" ")[1].split(b"/")[1].decode(), reader, writer)
        self.open -= 1
        writer.close()

    async def play(self, kind, reader, writer):
        if kind == "silence":
            await reader.read()
        elif kind in ("slow-header", "slow-body"):
            writer.write(HEAD if kind == "slow-header" else HEAD + b"\r\n<rss>")
            await self.repeat(writer, b"X: y\r\n" if kind == "slow-header" else b" ", 1)
        elif kind in ("endless-headers", "endless-body"):
            writer.write(HEAD if kind == "endless-headers" else HEAD + b"\r\n<rss>")
            await self.repeat(writer, (b"X: " + b"y" * 1000 + b"\r\n") if kind == "endless-headers" else b" " * 65536, 0)
        elif kind == "reset":
            writer.write(HEAD + b"Content-Length: 100000\r\n\r\n<rss>")
            await writer.drain()
            writer.transport.abort()
        else:
            writer.write({"bomb": HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB,
                          "no-http": b"\x00\xff\x15 hello\r\n\r\n" * 100,
                          "loop": b"HTTP/1.1 302 Found\r\nLocation: ?again\r\nContent-Length: 0\r\n\r\n",
                          "short": HEAD + b"Content-Length: 100000\r\n\r\n<rss>"}.get(kind, b""))
            await writer.drain()
            if kind == "short":
                await reader.read()

    @staticmethod
    async def repeat(writer, piece, pause):
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.join()


class Crowd:
    """One service, its healthy feeds due all the time, and beside them hostile ones due all the time."""

    def __init__(self, plan):
        self.plan, self.hostile, self.asked, self.wrong = plan, Hostile(), [], []
        self.good = FeedServer("0.0.0.0")
        self.folder = Folder()
        settings = self.folder.path / "sotevahti.toml"
        settings.write_text(settings.read_text("utf-8").replace('timeout = "3s"', f'timeout = "{plan.timeout}s"', 1), "utf-8")
        rows = [(f"good{feed}", self.good.url(f"/{feed}", f"127.7.0.{feed + 1}"), 'interval = "5min"') for feed in range(plan.good)]
        rows += [(f"bad{server}-{feed}", self.hostile.url(server, feed), "")
                 for server in range(plan.hostile) for feed in range(plan.feeds_of_each)]
        for feed in range(plan.good):
            answer = with_validator(rss("F", [(f"https://f{feed}.example/1", f"Uutinen {feed}", "x", None)]))
            self.good.pages[f"/{feed}"] = lambda request, feed=feed, answer=answer: self.note(feed, answer(request))
        self.folder.feeds(rows)
        self.dues = self.plan_polls(rows)
        self.process = None

    def note(self, feed, answer):
        self.asked.append((feed, time.time()))
        return answer

    def plan_polls(self, rows):
        """Nobody is due at once: the healthy over the first five minutes, the hostile over all the time."""
        self.folder.run("poll", "good0")
        self.asked.clear()
        chance, start = random.Random(self.plan.seed), time.time() + 5
        dues = {}
        with contextlib.closing(sqlite3.connect(self.folder.path / "archive.db")) as archive, archive:
            for id, url, _ in rows:
                is_good = id.startswith("good")
                due = int(start + chance.uniform(0, min(300, self.plan.minutes * 60) if is_good else self.plan.minutes * 60))
                if is_good:
                    dues[int(id[4:])] = [due]
                archive.execute("UPDATE feeds SET url = ?2, catalogue_url = ?2 WHERE id = ?1", (id, url))
                archive.execute("UPDATE polls SET next_poll = ?2, last_poll = NULL, row_hash = 0 "
                                "WHERE feed = (SELECT number FROM feeds WHERE id = ?1)", (id, due))
        return dues

    def close(self):
        if self.process:
            if self.process.poll() is None:
                self.process.kill()
            self.process.wait()
            self.process.stdout.close()
        self.good.shutdown()
        self.good.server_close()
        self.hostile.stop()
        self.folder.remove()

    def run(self):
        with open(self.folder.path / "log", "w", encoding="utf-8") as log:
            self.process = self.folder.start("run", log=log)
        self.process.stdout.readline()
        self.files = [self.descriptors()]
        self.memory, self.under_way = [], []
        ends = time.monotonic() + 5 + self.plan.minutes * 60
        while time.monotonic() < ends and self.process.poll() is None:
            time.sleep(0.5)
            self.look()
        self.judge()

    def look(self):
        """When each is due next, as the archive has it; a poll that is under way is announced for much later."""
        with contextlib.closing(sqlite3.connect(f"file:{self.folder.path}/archive.db?mode=ro", uri=True, timeout=20)) as archive:
            for id, last, due in archive.execute("SELECT id, last_poll, next_poll FROM feeds JOIN polls ON feed = number WHERE id LIKE 'good%'"):
                known = self.dues[int(id[4:])]
                if last and due > known[-1] and due - last < 600:
                    known.append(due)
        lines = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text("utf-8").splitlines()
        self.memory.append(next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")))
        self.files.append(self.descriptors())
        self.under_way.append(self.hostile.open)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def judge(self):
        now, asked = time.time(), list(self.asked)
        self.lateness = sorted(at - max(due for due in self.dues[feed] if due <= at + 1) for feed, at in asked)
        self.missed = [(feed, due) for feed, known in self.dues.items() for due in known
                       if due < now - 20 and not any(other == feed and at >= due - 1 for other, at in asked)]
        time.sleep(self.plan.timeout + 3)  # what hangs ends
        self.files.append(self.descriptors())
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(40) != 0:
            self.wrong.append(f"its end was {self.process.returncode}")
        if self.missed:
            self.wrong.append(f"not polled: {self.missed[:5]}")

    def part(self, share):
        return self.lateness[min(len(self.lateness) - 1, int(len(self.lateness) * share))]

    def print(self):
        print(f"{len(self.lateness)} polls of {self.plan.good} healthy feeds beside {self.hostile.served} requests to "
              f"{self.plan.hostile} hostile servers, {max(self.under_way)} of them hanging at once: late by {self.part(0.5):.1f} s "
              f"in the middle, {self.part(0.99):.1f} s at p99, {self.lateness[-1]:.1f} s at most; missed {len(self.missed)}; "
              f"PSS at most {max(self.memory):.0f} MB; descriptors {self.files[0]} at the start, {max(self.files)} at most, "
              f"{self.files[-1]} at the end")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("minutes", "good", "hostile", "seed"):
        arguments.add_argument(f"--{name}", type=int, default=getattr(Plan, name))
    crowd = Crowd(Plan(**vars(arguments.parse_args())))
    try:
        crowd.run()
        crowd.print()
    finally:
        crowd.close()
    print("\n".join(crowd.wrong) or "all held")
    sys.exit(1 if crowd.wrong else 0)


if __name__ == "__main__":
    main()
