"""The service under measurement: its configuration, its feeds on loopback, what the kernel says of it."""
import asyncio
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import threading
import time

import catalogue
from catalogue import PORT


class Feeds:
    """Feeds of one loopback server: an ETag each, 304 when nothing is new; `news` of them (0..1) bring a new
    entry at each look."""

    def __init__(self, entries=20, news=0.0):
        self.entries, self.news, self.asked = entries, news, 0
        self.rounds, self.bodies, self.choose = {}, {}, random.Random(5)
        self.loop = asyncio.new_event_loop()
        listening = socket.create_server(("127.0.0.1", PORT), backlog=1024)
        self.thread = threading.Thread(target=self.run, args=(listening,), daemon=True)
        self.thread.start()

    def run(self, listening):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self.answer, sock=listening))
        self.loop.run_forever()
        server.close()

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    def body(self, feed, round):
        item = ("<item><guid>{0}</guid><link>http://127.0.0.1:%d/{0}</link><title>Palvelu alkaa hyvinvointialueella {1}</title>"
                "<description>Aluehallitus päättää kuntoutuksesta ja järjestöavustuksista kokouksessa {1}. {2}</description>"
                "<pubDate>{3}</pubDate></item>" % PORT)
        words = "Potilaat ja asiakkaat saavat tietoa palveluista, maksuista ja jonoista. " * 12
        now = time.time()
        items = "".join(item.format(f"{feed}-{n}", f"{feed} {n * 7919 % 10007}", words,
                                    time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(now - (self.entries + round - n) * 3600)))
                        for n in range(round, round + self.entries))
        return f'<rss version="2.0"><channel><title>Lähde {feed}</title>{items}</channel></rss>'.encode()

    async def answer(self, reader, writer):
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.asked += 1
                feed = head.split(b" ", 2)[1].decode().strip("/")
                round = self.rounds.setdefault(feed, 0)
                if feed in self.bodies and self.choose.random() < self.news:
                    round = self.rounds[feed] = round + 1
                    del self.bodies[feed]
                tag = f'"{feed}-{round}"'.encode()
                if b"if-none-match: " + tag.lower() in head.lower():
                    writer.write(b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n")
                else:
                    body = self.bodies.setdefault(feed, None) or self.body(feed, round)
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: " + tag +
                                 b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


class Service:
    """`sotevahti run` in a folder; `ready` is what READY=1 took in seconds."""

    def __init__(self, program, folder, archive, cores=None, poll="", feeds=1000, web=True):
        self.folder, self.seen = pathlib.Path(folder), {}
        self.folder.mkdir(parents=True, exist_ok=True)
        catalogue.write(self.folder / "feeds.d", feeds, f"http://127.0.0.1:{PORT}")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (self.folder / "sotevahti.toml").write_text(
            f'[archive]\npath = "{archive}"\n[feeds]\ndir = "feeds.d"\n[net]\nallow_feeds = ["127.0.0.0/8"]\n'
            f'[poll]\nper_host = 4\nhost_gap_ms = 0\n{poll}\n[web]\nlisten = "127.0.0.1:{self.port}"\n', "utf-8")
        self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        address = str(self.folder / "notify")
        pathlib.Path(address).unlink(missing_ok=True)
        self.notices.bind(address)
        self.notices.settimeout(120)
        command = [program, "--config", str(self.folder / "sotevahti.toml"), "run"]
        if cores is not None:
            command = ["taskset", "-c", str(cores), *command]
        self.log = open(self.folder / "log", "w")
        started = time.monotonic()
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log,
                                        env={**os.environ, "NOTIFY_SOCKET": address})
        while b"READY=1" not in self.notices.recv(4096):
            pass
        self.ready = time.monotonic() - started
        threading.Thread(target=self.read_notices, daemon=True).start()  # a full socket would hold the service up
        self.ready_cpu = self.cpu()

    def read_notices(self):
        self.notices.settimeout(None)
        while self.notices.recv(4096) != b"":
            pass

    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def file(self, name):
        return pathlib.Path(f"/proc/{self.process.pid}/{name}").read_text()

    def cpu(self):
        fields = self.file("stat").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def of_threads(self, what, read):
        """The sum over all threads there ever were; what one did between the last look and its end is not seen."""
        seen = self.seen.setdefault(what, {})
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                seen[task.name] = read(task)
            except (FileNotFoundError, ProcessLookupError):
                pass  # it ended meanwhile
        return sum(seen.values())

    def cpu_exact(self):
        """In seconds, as the scheduler counted them."""
        return self.of_threads("cpu", lambda task: int((task / "schedstat").read_text().split()[0])) / 1e9

    def pss(self):
        lines = dict(line.split(":", 1) for line in self.file("smaps_rollup").splitlines()[1:])
        return {name: int(lines[name].split()[0]) / 1024 for name in ("Pss", "Pss_Anon", "Pss_File")}

    def wakeups(self):
        return self.of_threads("wakeups", lambda task: int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", (task / "status").read_text(),
                                                                     re.M).group(1)))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.log.close()
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"", str(self.folder / "notify"))  # ends its reader
