"""Killed at any moment between the decision and the end of delivery, nothing is lost, and only what was
on its way then is repeated, with the id that it had.

By hand: KILLS=200 kill_delivery_test.py prints the figures of docs/delivery.md.
"""
import collections
import contextlib
import os
import random
import sqlite3
import subprocess
import time
import unittest

import program
from program import Folder, FeedServer, rss, with_validator
from receivers import HookReceiver, Mailbox, subscribe_everybody, text_of
from stories import TOKEN, story, token_of

KILLS = int(os.environ.get("KILLS", "20"))
READERS = 40
HOOKS = 5


class KillDelivery(unittest.TestCase):
    def setUp(self):
        self.server, self.hooks, self.mailbox = FeedServer(), HookReceiver(), Mailbox()
        self.folder = Folder(mail=f'transport = "smtp"\nurl = "{self.mailbox.url}"\ntls = "none"\n'
                                  'from = "sote@yhdistys.example"\nper_second = 10000')
        for stop in (self.folder.remove, self.mailbox.stop, self.hooks.stop, self.server.server_close, self.server.shutdown):
            self.addCleanup(stop)
        self.folder.feeds([("f0", self.server.url("/0"), 'lang = "fi"')])
        self.publish(10**6)
        subscribe_everybody(self.folder, self.hooks, READERS, HOOKS)

    def publish(self, number):
        self.server.pages["/0"] = with_validator(rss("F", [story(0, number)]))
        self.folder.run("poll", "--all")

    def ask(self, sql):
        with contextlib.closing(sqlite3.connect(self.folder.path / "archive.db", timeout=20)) as archive:
            return archive.execute(sql).fetchall()

    def send(self, kill_after):
        """Whether it was killed so long after the first decision; and how long it went on after that."""
        known = self.ask("SELECT count(*) FROM outbox")
        sending = subprocess.Popen([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "digest", "send"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while sending.poll() is None and self.ask("SELECT count(*) FROM outbox") == known:
            time.sleep(0.002)
        decided = time.monotonic()
        try:
            sending.wait(kill_after)
            return False, time.monotonic() - decided
        except subprocess.TimeoutExpired:
            sending.kill()
            sending.wait()
            return True, kill_after

    def test_nothing_is_lost(self):
        chance = random.Random(KILLS)
        self.publish(0)
        self.folder.let_time_pass(120)
        _, whole = self.send(60)

        moments, on_their_way, kills = collections.Counter(), set(), 0
        number = 0
        while kills < KILLS:
            number += 1
            self.assertLess(number, 4 * KILLS + 20, "it ends before it can be killed")
            self.publish(number)
            self.folder.let_time_pass(120)
            killed, lasted = self.send(chance.uniform(0, whole))
            if killed:
                kills += 1
                ids = {row[0] for row in self.ask("SELECT message_id FROM outbox WHERE state = 'leased'")}
                undecided = len(self.ask("SELECT id FROM outbox")) < (number + 1) * (READERS + HOOKS)
                on_their_way |= ids
                moments["with messages on their way" if ids else "while deciding" if undecided else "between"] += 1
            else:
                whole = (whole + lasted) / 2
            self.folder.run("digest", "send")

        copies, told = collections.Counter(), collections.Counter()
        for recipient, id, content in self.mailbox.kept:
            copies[id.strip("<>")] += 1
            for token in set(TOKEN.findall(text_of(content))):
                told[recipient, token] += 1
        for path, id, event in self.hooks.kept:
            copies[id] += 1
            told[path, TOKEN.search(event["data"]["title"])[0]] += 1

        receivers = [f"reader{r}@x.example" for r in range(READERS)] + [f"/hook{h}" for h in range(HOOKS)]
        lost = [(r, n) for r in receivers for n in range(number + 1) if not told[r, token_of(0, n)]]
        repeated = {id for id, count in copies.items() if count > 1}
        print(f"{kills} kills ({dict(moments)}), {len(copies)} messages: lost {len(lost)}, "
              f"sent again {sum(copies.values()) - len(copies)}, each with its id")
        self.assertEqual(lost, [])
        self.assertLessEqual(repeated, on_their_way)
        # A story comes again only within a message that comes again.
        self.assertEqual(sum(told.values()) - len(told), sum(copies.values()) - len(copies))
        self.assertEqual(self.hooks.faults, [])


if __name__ == "__main__":
    unittest.main()
