"""The service within the memory that its unit gives it (MemoryMax=), fed by many who send as much as they may.

A memory cgroup of the test's own stands for systemd's; it needs the right to make one, and without it all is skipped.
"""
import contextlib
import gzip
import itertools
import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile
import time
import unittest

import program
from program import Folder, FeedServer, SOURCE, rss, with_validator
from receivers import Mailbox, text_of

DEADLINE = 120
MEBI = 1 << 20
LARGEST = 10 * MEBI  # [net] max_bytes
UNIT = (SOURCE / "systemd/sotevahti.service").read_text("utf-8")
MEMORY_MAX = int(re.search(r"^MemoryMax=(\d+)M$", UNIT, re.M).group(1)) * MEBI
WELL = 6
FOUL = 50
AT_LEAST = int(os.environ.get("AT_LEAST", "8"))  # of the foul, before it ends
NUMBERS = itertools.count()


class Cgroup:
    """Of the first or the second version, whichever has the memory controller."""

    def __init__(self, bytes):
        mine = dict(line.split(":", 2)[1:] for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines())
        if "memory" in mine:
            self.path, most = self.below("/sys/fs/cgroup/memory", mine["memory"]), "memory.limit_in_bytes"
            self.peak_name, self.kills_name = "memory.max_usage_in_bytes", "memory.oom_control"
        else:
            self.path, most = self.below("/sys/fs/cgroup", mine.get("", "/")), "memory.max"
            self.peak_name, self.kills_name = "memory.peak", "memory.events"
        self.path.mkdir()
        try:
            (self.path / most).write_text(str(bytes))
        except OSError:
            self.path.rmdir()
            raise

    @staticmethod
    def below(root, mine):
        return pathlib.Path(root + mine) / f"sotevahti-test-{os.getpid()}-{next(NUMBERS)}"

    def enter(self):
        (self.path / "cgroup.procs").write_text(str(os.getpid()))

    def kills(self):
        return int(re.search(r"oom_kill (\d+)", (self.path / self.kills_name).read_text()).group(1))

    def peak(self):
        return int((self.path / self.peak_name).read_text())

    def remove(self):
        self.path.rmdir()


def why_not():
    with open(program.PROGRAM, "rb") as binary:
        if b"__asan_init" in binary.read():
            return "a sanitizer's memory is not the program's"
    try:
        Cgroup(MEMORY_MAX).remove()
    except OSError as refused:
        return f"no memory cgroup can be made here: {refused}"
    return ""


WHY_NOT = why_not()


def private_memory(process):
    try:
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text("utf-8")
    except OSError:
        return 0
    return sum(int(bytes) << 10 for bytes in re.findall(r"^RssAnon:\s+(\d+)", status, re.M))


def packed(document, content_type="application/rss+xml"):
    assert LARGEST * 0.8 < len(document) <= LARGEST, len(document)
    return 200, {"Content-Type": content_type, "Content-Encoding": "gzip"}, gzip.compress(document, 1)


def many_items():
    item = b"<item><guid>%06d</guid><title>x</title></item>"
    return packed(HEAD + b"".join(item % i for i in range(LARGEST // (len(item) + 3))) + TAIL)


def many_attributes():
    return packed(HEAD + b"<item>" + b"<a b='' c='' d=''/>" * (LARGEST // 20) + b"</item>" + TAIL)


def deep():
    return packed(HEAD + b"<item><guid>1</guid><title>x</title>" + b"<a>" * (LARGEST // 8) + b"</a>" * (LARGEST // 8))


def dense_html():
    item = b"<item><guid>%06d</guid><title>x</title><description><![CDATA[" + b"<b>a</b> " * 400 + b"]]></description></item>"
    return packed(HEAD + b"".join(item % i for i in range(LARGEST // (len(item) + 3))) + TAIL)


def many_json():
    items = b",".join(b'{"id":"%06d","title":"x"}' % i for i in range(LARGEST // 30))
    return packed(b'{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[' + items + b"]}", "application/json")


HEAD, TAIL = b'<rss version="2.0"><channel><title>F</title>', b"</channel></rss>"


@unittest.skipIf(WHY_NOT, WHY_NOT)
class Memory(unittest.TestCase):
    def setUp(self):
        self.server, self.mailbox = FeedServer("0.0.0.0"), Mailbox()
        self.folder = Folder(mail=f'transport = "smtp"\nurl = "{self.mailbox.url}"\ntls = "none"\n'
                                  'from = "sote@yhdistys.example"')
        settings = self.folder.path / "sotevahti.toml"
        settings.write_text(settings.read_text("utf-8").replace('"1MiB"', '"10MiB"').replace('"3s"', '"30s"'), "utf-8")
        for undo in (self.folder.remove, self.mailbox.stop, self.server.server_close, self.server.shutdown):
            self.addCleanup(undo)

    def follow_the_well(self):
        """Each on a host of its own, polled once, so that what comes next is told."""
        self.rows = [(f"well{i}", self.server.url(f"/well{i}", f"127.0.2.{i + 1}"), "") for i in range(WELL)]
        self.news = []
        self.publish("vanha")
        self.folder.feeds(self.rows)
        self.folder.run("poll", "--all")
        self.folder.run("subscribers", "add", "anna@x.example")
        self.folder.run("subscriptions", "add", "anna@x.example", "", "--rhythm", "immediate")

    def publish(self, word):
        self.news.append(word)
        for i in range(WELL):
            items = [(f"https://a.example/{i}/{n}", f"Aluevaltuusto {n}{i}", "<p>Teksti.</p>", None) for n in self.news]
            self.server.pages[f"/well{i}"] = with_validator(rss("F", items))
        if len(self.news) > 1:
            self.folder.let_time_pass(86400)

    def follow_the_foul(self, pages):
        for i, page in enumerate(pages):
            self.server.pages[f"/foul{i}"] = page
            self.rows.insert(i, (f"foul{i}", self.server.url(f"/foul{i}", f"127.0.1.{i + 1}"), ""))
        self.folder.feeds(self.rows)

    def has_news(self, i):
        count = f"SELECT count(*) FROM entries JOIN feeds ON feeds.number = feed WHERE feeds.id = 'well{i}'"
        return self.ask(count)[0][0] == len(self.news)

    def have_news(self):
        return all(self.has_news(i) for i in range(WELL))

    def cgroup(self, bytes):
        cgroup = Cgroup(bytes)
        self.addCleanup(cgroup.remove)
        return cgroup

    def start(self, cgroup):
        log = tempfile.NamedTemporaryFile("w+", prefix="sotevahti-log-", encoding="utf-8")
        self.log = pathlib.Path(log.name)
        service = subprocess.Popen([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "run"],
                                   stdout=subprocess.PIPE, stderr=log, text=True, preexec_fn=cgroup.enter)

        def end():
            with contextlib.suppress(ProcessLookupError):
                service.kill()
            service.wait()
            service.stdout.close()
            log.close()
        self.addCleanup(end)
        service.stdout.readline()
        return service

    def ask(self, question):
        with contextlib.closing(sqlite3.connect(self.folder.path / "archive.db", timeout=30)) as archive:
            return archive.execute(question).fetchall()

    def check_all_told_once(self):
        self.folder.run("check")
        self.folder.let_time_pass(600)
        self.folder.run("digest", "send")
        with self.mailbox.lock:
            letters = " ".join(text_of(content) for _, _, content in self.mailbox.kept)
        for word in self.news[1:]:
            self.assertEqual([letters.count(f"Aluevaltuusto {word}{i}") for i in range(WELL)], [1] * WELL, letters)

    def wait_until(self, condition, what, seconds=DEADLINE):
        until = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), until, f"{what}\n{self.log.read_text('utf-8')[-3000:]}")
            time.sleep(0.1)

    def stop(self, service):
        service.terminate()
        self.assertEqual(service.wait(60), 0)

    def test_many_large_answers_at_once(self):
        """All that they may send at once would be the limit, and what is made of it many times that."""
        cgroup = self.cgroup(MEMORY_MAX)
        self.follow_the_well()
        pages = [make() for make in (many_attributes, deep, dense_html, many_json, many_items)]
        self.follow_the_foul([pages[i % len(pages)] for i in range(FOUL)])
        self.publish("lisätalousarvio")
        service, most, began, all_well = self.start(cgroup), 0, time.monotonic(), None
        while service.poll() is None and (not all_well or self.taken_in() < AT_LEAST):
            self.assertLess(time.monotonic(), began + DEADLINE, self.log.read_text("utf-8")[-3000:])
            most = max(most, private_memory(service))
            all_well = all_well or (self.have_news() and time.monotonic() - began)
            time.sleep(0.05)
        self.assertIsNone(service.poll(), f"killed {cgroup.kills()} times\n{self.log.read_text('utf-8')[-3000:]}")
        self.stop(service)
        self.check_all_told_once()
        print(f"{AT_LEAST} of {FOUL} answers of 10 MiB taken in within {time.monotonic() - began:.0f} s, the well within "
              f"{all_well:.1f} s; private memory at most {most / MEBI:.0f} MiB, limit {MEMORY_MAX // MEBI}; killed 0 times")

    def taken_in(self):
        return self.ask("SELECT count(*) FROM feeds JOIN polls ON feed = number WHERE id LIKE 'foul%' AND polled > 0")[0][0]

    def test_one_that_ends_it_each_time(self):
        """With room for the well alone the kernel ends the service by one document, whenever that is polled. Started
        again, as systemd does, it polls the others at their turns."""
        self.follow_the_well()
        cgroup = self.cgroup(self.need_of_the_well() + 24 * MEBI)
        self.follow_the_foul([many_json()])
        self.publish("kokous")
        service, starts = self.start(cgroup), 1
        self.wait_until(lambda: service.poll() is not None, "it was not ended")
        self.assertGreater(len(set(self.turns().values())), WELL // 2, f"all come again together: {self.turns()}")
        while not self.have_news() or cgroup.kills() < 2:
            self.assertLess(starts, 4 * WELL, f"{cgroup.kills()} kills, {self.turns()}")
            if service.poll() is None:
                self.stop(service)
            self.folder.let_time_pass(min(self.turns().values()) - int(time.time()))
            turns = self.turns()
            due = min(turns, key=turns.get)
            service, starts = self.start(cgroup), starts + 1
            self.wait_until(lambda: service.poll() is not None or self.is_done(due), f"{due} is not polled")
        if service.poll() is None:
            self.stop(service)
        self.check_all_told_once()
        print(f"killed {cgroup.kills()} times in {starts} starts; the well told once")

    def need_of_the_well(self):
        cgroup = self.cgroup(MEMORY_MAX)
        self.publish("lisätalousarvio")
        service = self.start(cgroup)
        self.wait_until(self.have_news, "the well are not polled")
        self.stop(service)
        return cgroup.peak()

    def turns(self):
        return dict(self.ask("SELECT id, next_poll FROM feeds JOIN polls ON feed = number"))

    def is_done(self, feed):
        return feed.startswith("well") and self.has_news(feed.removeprefix("well"))


if __name__ == "__main__":
    unittest.main()
