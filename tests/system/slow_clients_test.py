"""Clients that begin a request and never end it: meanwhile pages come, sources are read,
and at the end no descriptor is left behind.

A short round by default. The whole one, by hand:
  SLOW_CLIENTS=1000 SLOW_SECONDS=60 SOTEVAHTI=build/release/sotevahti tests/system/slow_clients_test.py
"""
import contextlib
import os
import resource
import selectors
import signal
import socket
import statistics
import time
import unittest
import urllib.request

import program
from program import FeedServer, Folder, rss, with_validator

CLIENTS = int(os.environ.get("SLOW_CLIENTS", "150"))
SECONDS = float(os.environ.get("SLOW_SECONDS", "4"))
LONGEST_PAGE = 2.0  # seconds, of a debug build on a busy machine
LONGEST_POLL = 15.0


class HalfOpen:
    """That many connections, each a part of a request; who is sent away comes again."""

    def __init__(self, port, count):
        self.port, self.selector, self.opened = port, selectors.DefaultSelector(), 0
        self.sockets = set()
        while len(self.sockets) < count:
            self.open()

    def open(self):
        client = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        if self.opened % 3:
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"a" * (self.opened % 7))
        client.setblocking(False)
        self.selector.register(client, selectors.EVENT_READ)
        self.sockets.add(client)
        self.opened += 1

    def come_again(self):
        for key, _ in self.selector.select(0):
            client = key.fileobj
            try:
                is_gone = client.recv(4096) == b""
            except OSError:
                is_gone = True
            if is_gone:
                self.forget(client)
                self.open()

    def forget(self, client):
        self.selector.unregister(client)
        self.sockets.discard(client)
        client.close()

    def end(self):
        for client in list(self.sockets):
            self.forget(client)
        self.selector.close()


class SlowClients(unittest.TestCase):
    def setUp(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < CLIENTS + 200:
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, CLIENTS + 200), hard))
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.folder = Folder(web="max_connections = 100" if CLIENTS <= 500 else "")
        self.addCleanup(self.folder.remove)
        for n in range(4):
            self.server.pages[f"/{n}"] = with_validator(rss(f"Lähde {n}", [(f"https://a.example/{n}", f"Uutinen {n}", "", None)]))
        self.add_source(0)
        self.service = self.folder.start("run")
        self.addCleanup(self.end)
        self.address = self.service.stdout.readline().strip().rstrip("/")
        self.port = int(self.address.rsplit(":", 1)[1])

    def end(self):
        self.service.send_signal(signal.SIGTERM)
        self.service.communicate(timeout=30)

    def add_source(self, n):
        self.folder.feeds([(f"lahde-{i}", self.server.url(f"/{i}"), 'area = "lappi"') for i in range(n + 1)])

    def seconds_of_a_page(self, path):
        begun = time.monotonic()
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            self.assertEqual(answer.status, 200)
            answer.read()
        return time.monotonic() - begun

    def seconds_until_polled(self, n, meanwhile):
        self.add_source(n)
        begun = time.monotonic()
        self.service.send_signal(signal.SIGHUP)
        while not any(request["path"] == f"/{n}" for request in self.server.seen):
            self.assertLess(time.monotonic() - begun, LONGEST_POLL, f"source {n} was not read")
            meanwhile()
            time.sleep(0.05)
        return time.monotonic() - begun

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.service.pid}/fd"))

    def connections(self):
        """Of clients, that the service holds."""
        held = set()
        for entry in os.scandir(f"/proc/{self.service.pid}/fd"):
            with contextlib.suppress(FileNotFoundError):  # closed just now
                held.add(os.readlink(entry.path))
        with open("/proc/net/tcp", encoding="ascii") as table:
            rows = [line.split() for line in table][1:]
        at_our_port = (row for row in rows if row[1].endswith(f":{self.port:04X}") and row[3] != "0A")  # 0A: listens
        return sum(f"socket:[{row[9]}]" in held for row in at_our_port)

    def test_pages_and_polls_come_meanwhile_and_nothing_is_left(self):
        for path in ("/", "/feeds", "/deadlines"):
            self.seconds_of_a_page(path)
        before = self.descriptors()
        slow = HalfOpen(self.port, CLIENTS)
        pages, polls, most = [], [self.seconds_until_polled(1, slow.come_again)], 0
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            slow.come_again()
            pages.append(self.seconds_of_a_page(("/", "/feeds", "/deadlines", "/areas/lappi")[len(pages) % 4]))
            most = max(most, self.descriptors())
            time.sleep(0.05)
        polls.append(self.seconds_until_polled(2, slow.come_again))
        opened = slow.opened
        slow.end()
        until = time.monotonic() + 15
        while self.connections() > 0 and time.monotonic() < until:
            time.sleep(0.1)
        print(f"{CLIENTS} half-open connections ({opened} in all) for {SECONDS:.0f} s: {len(pages)} pages, "
              f"median {statistics.median(pages) * 1000:.0f} ms, slowest {max(pages) * 1000:.0f} ms; new sources read in "
              f"{', '.join(f'{poll:.1f}' for poll in polls)} s; descriptors {before} before, at most {most}, "
              f"{self.descriptors()} after")
        self.assertLess(max(pages), LONGEST_PAGE)
        self.assertEqual(self.connections(), 0)
        self.assertLessEqual(self.descriptors(), before + 8)  # sources' connections are kept open for a while


if __name__ == "__main__":
    unittest.main()
