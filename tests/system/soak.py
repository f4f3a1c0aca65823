#!/usr/bin/python3
"""All at once, for long: many sources, readers by mail and by webhook, visitors on the web, news all the time, and
faults at random from a fixed seed. Each minute all that must hold is looked at, and a line is printed.

What memory is kept is told apart from what comes and goes: the whole archive is exported in two minutes of each ten,
and of the others, but for the first after an export, the least of each three is a point. Their slope is the middle of
all slopes between two of them (Theil and Sen), with the interval that holds the true one 19 times of 20.

By hand, for two hours: soak.py [--minutes 120] [--feeds 1000] [--readers 200]. soak_test.py runs it small.
"""
import argparse
import collections
import contextlib
import dataclasses
import gzip
import itertools
import os
import pathlib
import random
import signal
import sqlite3
import statistics
import sys
import threading
import time
import urllib.error
import urllib.request

from program import Folder, FeedServer, rss, secret_of, with_validator
from receivers import HookReceiver, Mailbox, text_of
from stories import TOKEN, story, token_of

SHOWN = 20  # items of a feed at a time
BOMB = gzip.compress(bytes(16 << 20))
EXPORTS = ("/entries.csv", "/entries.jsonl")
PAGES = ("/", "/?q=kaksi", "/?q=a+OR+b", "/feeds", "/coverage", "/areas", "/deadlines", "/feed.atom", "/feed.json", "/metrics", "/healthz", "/api/v1/entries?limit=20", "/api/v1/feeds",
         "/?q=%22%28%29%3A%2A%5E-", "/nowhere", "/subscribe")


@dataclasses.dataclass
class Plan:
    minutes: int = 120
    minute: float = 60  # in seconds; a shorter one is passed by setting the archive's times back
    feeds: int = 1000
    readers: int = 200
    seed: int = 9
    old_items: int = 20  # in each feed at the beginning, of which nobody is told
    warm_up: int = 45    # minutes that do not count for the slope: until what is kept of the archive is full
    exports_every: int = 10
    least_of: int = 3    # minutes: a point of the slope

    def is_exporting(self, minute):
        return minute % self.exports_every >= self.exports_every - max(1, self.exports_every // 5)

    def is_quiet(self, minute):
        return minute % self.exports_every > 0 and not self.is_exporting(minute)

    @property
    def patience(self):
        """From an answer that held a story to that story's delivery, where no receiver is at fault."""
        return 240


class Press(FeedServer):
    """The sources, each twentieth of them never of any use. Remembers when it first gave away each item."""

    request_queue_size = 1024

    def __init__(self, plan):
        self.plan, self.lock, self.closing = plan, threading.Lock(), threading.Event()
        self.count = [plan.old_items] * plan.feeds
        self.asked, self.faults, self.is_moody = collections.Counter(), collections.Counter(), False
        self.given, self.old = {}, {(feed, n) for feed in range(plan.feeds) for n in range(plan.old_items)}
        super().__init__("0.0.0.0")
        self.seen = collections.deque(maxlen=1)
        for feed in range(plan.feeds):
            self.pages[f"/{feed}"] = lambda request, feed=feed: self.page(feed, request)

    @staticmethod
    def is_useless(feed):
        return feed % 20 == 19

    def rows(self):
        return [(f"f{feed}", self.url(f"/{feed}", f"127.7.{feed % 100}.1"), 'lang = "fi"\ninterval = "5min"')
                for feed in range(self.plan.feeds)]

    def page(self, feed, request):
        with self.lock:
            self.asked[feed] += 1
            chance = random.Random(f"{self.plan.seed}/{feed}/{self.asked[feed]}")
            count = self.count[feed]
        if self.is_useless(feed) or (self.is_moody and chance.random() < 0.04):
            return self.fault(chance)
        numbers = range(max(0, count - SHOWN), count)
        answer = with_validator(rss(f"F{feed}", [story(feed, number) for number in reversed(numbers)]))(request)
        with self.lock:
            for number in numbers:
                self.given.setdefault((feed, number), time.time())
        return answer

    def fault(self, chance):
        kind = chance.choice(("500", "404", "garbage", "bomb", "loop", "hangs up", "hangs"))
        self.faults[kind] += 1
        if kind == "hangs":
            self.closing.wait(20)
        return {"500": (500, {}, b"broken"), "404": (404, {}, b"gone"), "garbage": (200, {}, chance.randbytes(4000)),
                "bomb": (200, {"Content-Encoding": "gzip", "Content-Type": "application/rss+xml"}, BOMB),
                "loop": (302, {"Location": "/0/../" * 3}, b"")}.get(kind)

    def print_news(self, chance, pieces):
        with self.lock:
            for feed in chance.choices(range(self.plan.feeds), k=pieces):
                self.count[feed] += 1

    def stop(self):
        self.closing.set()
        self.shutdown()
        self.server_close()


class Readers:
    """Who wants what, and what each was told: a story to a reader once, whatever was sent again under its id."""

    def __init__(self, plan):
        chance = random.Random(plan.seed)
        useful = [feed for feed in range(plan.feeds) if not Press.is_useless(feed)]
        self.wanted = {}  # by the receiver: an address, or the path of a webhook
        for number in range(plan.readers):
            name = f"/hook{number}" if number % 4 == 1 else f"reader{number}@x.example"
            self.wanted[name] = sorted(chance.sample(useful, 5))
        self.of_feed = collections.defaultdict(list)
        for name, feeds in self.wanted.items():
            for feed in feeds:
                self.of_feed[feed].append(name)
        self.told, self.waiting, self.messages = collections.defaultdict(set), {}, set()
        self.story_of = {}

    def expect(self, feed, number, at):
        self.story_of[token_of(feed, number)] = feed
        for name in self.of_feed[feed]:
            self.waiting[name, token_of(feed, number)] = at

    def hear(self, name, id, text):
        """What is wrong with it."""
        self.messages.add(id)
        for token in set(TOKEN.findall(text)):
            ids = self.told[name, token]
            ids.add(id)
            self.waiting.pop((name, token), None)
            if len(ids) > 1:
                yield f"{name} was told {token} by {len(ids)} messages"
            if self.story_of.get(token) not in self.wanted[name]:
                yield f"{name} was told {token}, which is old or not theirs"


class Visitors(threading.Thread):
    """Some pages a second, one after the other."""

    def __init__(self, web, seed):
        super().__init__(daemon=True)
        self.web, self.chance, self.ended = web.rstrip("/"), random.Random(seed), threading.Event()
        self.exporting, self.statuses, self.slowest, self.failed = False, collections.Counter(), 0.0, []

    def run(self):
        while not self.ended.wait(0.3):
            path = self.chance.choice(PAGES + EXPORTS if self.exporting else PAGES)
            began = time.monotonic()
            try:
                with urllib.request.urlopen(self.web + path, timeout=20) as reply:
                    reply.read()
                    status = reply.status
            except urllib.error.HTTPError as refused:
                status = refused.code
                refused.close()
            except OSError as broken:
                status = 599
                self.failed.append(f"{path}: {broken}")
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.statuses[status] += 1
            if status >= 500:
                self.failed.append(f"{path}: {status}")


@dataclasses.dataclass
class Sample:
    hours: float
    private: float  # MB, of no file; the least of the minute: what is kept
    peak: float     # and the most
    whole: float    # MB, with its share of what is shared (PSS)
    files: int
    wal: float      # MB
    waiting: int


class Soak:
    def __init__(self, plan):
        self.plan, self.chance, self.wrong, self.samples = plan, random.Random(plan.seed), [], []
        self.press, self.hooks, self.mailbox, self.readers = Press(plan), HookReceiver(), Mailbox(), Readers(plan)
        self.folder = Folder(mail=f'transport = "smtp"\nurl = "{self.mailbox.url}"\ntls = "none"\n'
                                  'from = "sote@yhdistys.example"\nper_second = 1000',
                             extra='[language]\ncache_bytes = "4MiB"')
        self.folder.feeds(self.press.rows())
        self.subscribe()
        self.log = open(self.folder.path / "log", "w", encoding="utf-8")
        self.process = self.folder.start("run", log=self.log)
        self.began = time.monotonic()
        self.visitors = Visitors(self.process.stdout.readline().strip(), plan.seed)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()
        self.press.stop()
        self.hooks.stop()
        self.mailbox.stop()
        self.folder.remove()

    def subscribe(self):
        """The first two by command, the others as rows like theirs."""
        self.folder.run("subscribers", "add", "template@x.example")
        self.folder.run("subscriptions", "add", "template@x.example", "source:f0", "--rhythm", "immediate", "--max-items", 500)
        added = self.folder.run("subscriptions", "add", "template@x.example", "source:f0", "--rhythm", "immediate",
                                "--max-items", 500, "--webhook", self.hooks.url("/hook"))
        secret = secret_of(added.stdout)
        with self.archive() as archive, archive:
            columns = [row[1] for row in archive.execute("PRAGMA table_info(subscriptions)")]
            templates = {row["channel"]: row for row in (dict(zip(columns, each)) for each in
                                                         archive.execute("SELECT * FROM subscriptions"))}
            for number, (name, feeds) in enumerate(self.readers.wanted.items()):
                subscriber = archive.execute("INSERT INTO subscribers(name, address, language, since, confirmed) "
                                             "VALUES ('', ?, 'fi', 0, 1)", (f"reader{number}@x.example",)).lastrowid
                own = {"id": None, "subscriber": subscriber, "filter": "source:" + ",".join(f"f{feed}" for feed in feeds)}
                if name.startswith("/"):
                    own["webhook_url"] = self.hooks.url(name)
                    self.hooks.secrets[name] = secret
                row = templates["webhook" if name.startswith("/") else "mail"] | own
                archive.execute(f"INSERT INTO subscriptions({','.join(row)}) VALUES ({','.join('?' * len(row))})",
                                tuple(row.values()))
            archive.execute("UPDATE subscriptions SET ended = 'a template' WHERE filter = 'source:f0'")

    def archive(self, mode="rw"):
        return contextlib.closing(sqlite3.connect(f"file:{self.folder.path}/archive.db?mode={mode}", uri=True, timeout=30))

    def ask(self, sql, *values):
        with self.archive("ro") as archive:
            return archive.execute(sql, values).fetchall()

    def wait_for(self, condition, seconds, what):
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until or self.process.poll() is not None:
                self.wrong.append(what)
                return
            time.sleep(0.2)

    # A minute

    def trouble_the_receivers(self):
        """Some of them are busy, or gone for a moment."""
        for name in self.chance.sample(list(self.readers.wanted), max(1, self.plan.readers // 50)):
            if name.startswith("/"):
                with self.hooks.lock:
                    self.hooks.answers[name].append(self.chance.choice((500, 503, 429)))
            else:
                answer = self.chance.choice(("450 4.2.1 busy", "data 452 4.3.1 no room", "slow"))
                self.mailbox.script.setdefault(name, []).append(answer)

    def pass_a_minute(self, minute):
        """News and faults; the relay is away for two minutes in the middle."""
        if minute == self.plan.minutes // 3:
            self.mailbox.stop()
        if minute == self.plan.minutes // 3 + 2:
            self.mailbox.start_again()
        self.visitors.exporting = self.plan.is_exporting(minute)
        self.trouble_the_receivers()
        ends = self.began + (minute + 1) * self.plan.minute
        self.memory = []
        for part in range(30):
            if part % 6 == 0:
                self.press.print_news(self.chance, max(1, self.plan.feeds // 50))
            time.sleep(max(0, (ends - time.monotonic()) / (30 - part)))
            self.memory.append(self.megabytes())
        if self.plan.minute < 60:
            self.hasten()

    def hasten(self):
        """All happened longer ago, and the service reads its archive anew."""
        self.folder.let_time_pass(70)
        with self.archive() as archive, archive:
            archive.execute("UPDATE polls SET next_poll = 0 "
                            "WHERE feed IN (SELECT number FROM feeds WHERE failure_cause IS NULL)")
            archive.execute("UPDATE outbox SET next_attempt = unixepoch() WHERE state = 'failed'")
        self.process.send_signal(signal.SIGHUP)

    # What must hold

    def listen(self):
        """What was given away and what was told since the last time."""
        with self.press.lock:
            given, self.press.given = self.press.given, {}
        for (feed, number), at in given.items():
            if (feed, number) not in self.press.old:
                self.press.old.add((feed, number))
                self.readers.expect(feed, number, at)
        with self.mailbox.lock:
            mails, self.mailbox.kept = self.mailbox.kept, []
        with self.hooks.lock:
            events, self.hooks.kept = self.hooks.kept, []
        for recipient, id, content in mails:
            self.wrong += self.readers.hear(recipient, id, text_of(content))
        for path, id, event in events:
            self.wrong += self.readers.hear(path, id, event["data"]["title"])

    def look(self, minute):
        self.listen()
        if self.process.poll() is not None:
            self.wrong.append(f"the service ended with {self.process.returncode}")
        if (found := self.ask("PRAGMA quick_check")) != [("ok",)]:
            self.wrong.append(f"the archive is not whole: {found[:3]}")
        rows = self.ask("SELECT recipient, state, next_attempt FROM outbox WHERE state IN ('pending', 'leased', 'failed')")
        now = time.time()
        overdue = [row for row in rows if row[2] < now - self.plan.patience]
        busy = {row[0].rpartition(":")[2].lstrip("0123456789") if "/" in row[0] else row[0] for row in rows}
        late = [key for key, at in self.readers.waiting.items() if at < now - self.plan.patience and key[0] not in busy]
        dead = self.ask("SELECT count(*) FROM outbox WHERE state IN ('dead', 'cancelled')")[0][0]
        for what, found in (("rows are overdue", overdue), ("stories are late", late), ("messages were given up", dead),
                            ("webhooks were wrong", self.hooks.faults), ("pages failed", self.visitors.failed)):
            if found:
                self.wrong.append(f"minute {minute}: {what}: {found if isinstance(found, int) else found[:3]}")
        self.measure(len(rows))
        self.print(minute)

    def megabytes(self):
        """Private, and with its share of what is shared."""
        lines = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text("utf-8").splitlines()[1:]
        memory = {name: int(value.split()[0]) / 1024 for name, value in (line.split(":") for line in lines)}
        return memory["Pss_Anon"], memory["Pss"]

    def measure(self, waiting):
        private, whole = zip(*self.memory)
        wal = self.folder.path / "archive.db-wal"
        self.samples.append(Sample((time.monotonic() - self.began) / 3600, min(private), max(private), max(whole),
                                   len(os.listdir(f"/proc/{self.process.pid}/fd")), wal.stat().st_size / 2**20, waiting))

    def print(self, minute):
        now, web = self.samples[-1], self.visitors
        print(f"minute {minute}: {now.private:.1f} to {now.peak:.1f} MB private, {now.whole:.1f} MB PSS, {now.files} descriptors, "
              f"WAL {now.wal:.1f} MB, {now.waiting} messages waiting; {sum(self.press.asked.values())} polls with "
              f"{sum(self.press.faults.values())} faults, {len(self.press.old) - self.plan.feeds * self.plan.old_items} "
              f"news, {len(self.readers.told)} tellings in {len(self.readers.messages)} messages, "
              f"{sum(web.statuses.values())} pages, slowest {web.slowest:.2f} s; "
              f"{'all holds' if not self.wrong else f'{len(self.wrong)} WRONG: {self.wrong[-1]}'}", flush=True)
        web.slowest = 0.0

    # From the beginning to the end

    def run(self):
        useful = sum(not Press.is_useless(feed) for feed in range(self.plan.feeds))
        self.wait_for(lambda: self.ask("SELECT count(*) FROM polls WHERE last_success IS NOT NULL")[0][0] == useful,
                      600, "the first polls did not end")
        print(f"{self.plan.feeds} feeds read for the first time in {time.monotonic() - self.began:.0f} s", flush=True)
        self.press.is_moody, self.began = True, time.monotonic()
        self.visitors.start()
        for minute in range(self.plan.minutes):
            self.pass_a_minute(minute)
            self.look(minute + 1)
        self.end()

    def end(self):
        """Without further faults all that stands in any feed comes to its readers; then an orderly end."""
        self.press.is_moody, self.press.print_news = False, lambda *_: None
        self.visitors.ended.set()
        self.visitors.join()
        self.mailbox.script.clear()
        self.hooks.answers.clear()
        with self.archive() as archive, archive:
            archive.execute("UPDATE feeds SET failure_cause = NULL, failures = 0")  # hasten() asks those that are well
        until = time.monotonic() + 400
        asked = sum(self.press.asked.values())
        while time.monotonic() < until and (self.readers.waiting or
                                            sum(self.press.asked.values()) < asked + self.plan.feeds):
            self.hasten()
            time.sleep(min(70, self.plan.minute))  # polls, and the next look of the delivery
            self.listen()
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(40) != 0:
            self.wrong.append(f"its end was {self.process.returncode}")
        self.listen()
        if self.readers.waiting:
            self.wrong.append(f"{len(self.readers.waiting)} stories were lost: {list(self.readers.waiting)[:3]}")
        self.folder.run("check")

    def steady(self):
        return self.samples[self.plan.warm_up:]

    def points(self):
        """(hours, MB) that were the least of some quiet minutes after the warm-up."""
        quiet = [each for minute, each in enumerate(self.samples)
                 if minute >= self.plan.warm_up and self.plan.is_quiet(minute)]
        whole = range(0, len(quiet) - self.plan.least_of + 1, self.plan.least_of)
        least = [min(quiet[at:at + self.plan.least_of], key=lambda each: each.private) for at in whole]
        return [(each.hours, each.private) for each in least]

    def slope(self):
        """MB an hour of private memory, and the interval that holds the true slope at 95 %."""
        points = self.points()
        slopes = sorted((b[1] - a[1]) / (b[0] - a[0]) for a, b in itertools.combinations(points, 2))
        if not slopes:
            return None
        count = len(points)
        reach = 1.96 * (count * (count - 1) * (2 * count + 5) / 18) ** 0.5
        least = max(0, round((len(slopes) - reach) / 2) - 1)
        return statistics.median(slopes), slopes[least], slopes[-1 - least]

    def print_steady(self):
        steady, (slope, least, most) = self.steady(), self.slope()
        print(f"after minute {self.plan.warm_up}: private memory {slope:+.2f} MB an hour ({least:+.2f} to {most:+.2f}), points "
              f"{', '.join(f'{each:.1f}' for _, each in self.points())} MB, the most {max(each.peak for each in steady):.0f} MB; "
              f"descriptors {min(each.files for each in steady)} to {max(each.files for each in steady)}, WAL at most "
              f"{max(each.wal for each in steady):.1f} MB, at most {max(each.waiting for each in steady)} messages waiting")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("minutes", "feeds", "readers", "seed"):
        arguments.add_argument(f"--{name}", type=int, default=getattr(Plan, name))
    soak = Soak(Plan(**vars(arguments.parse_args())))
    try:
        soak.run()
        if soak.slope():
            soak.print_steady()
    finally:
        soak.close()
    print("all held" if not soak.wrong else "\n".join(soak.wrong))
    sys.exit(1 if soak.wrong else 0)


if __name__ == "__main__":
    main()
