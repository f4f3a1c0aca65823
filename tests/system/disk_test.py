"""A disk that is full for a while, one that can only be read, and too little memory for one document.

The small disks are tmpfs in a mount namespace of the test's own, which needs root; without it they are skipped.
By hand, ALONE=1 waits for the service to recover at its own pace (some six minutes) where the test lets the time pass.
"""
import contextlib
import ctypes
import os
import pathlib
import resource
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import program
from program import Folder, FeedServer, rss, with_validator
from receivers import Mailbox, text_of

ALONE = "ALONE" in os.environ
DEADLINE = 60
NEW_MOUNT_NAMESPACE = 0x00020000


def may_mount():
    """In a namespace of this thread and its children: nothing is seen outside, and all is gone at the end."""
    if os.geteuid() != 0 or ctypes.CDLL(None).unshare(NEW_MOUNT_NAMESPACE) != 0:
        return False
    return subprocess.run(["mount", "--make-rprivate", "/"], capture_output=True).returncode == 0


MAY_MOUNT = may_mount()


def mount_small_disk(megabytes):
    return lambda path: subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(path)], check=True)


def items(*titles):
    return with_validator(rss("F", [(f"https://a.example/{title}", f"Aluevaltuusto: {title}", "<p>Teksti.</p>", None)
                                    for title in titles]))


class OnADisk(unittest.TestCase):
    def make(self, prepare=None, poll="", limits=""):
        self.server, self.mailbox = FeedServer(), Mailbox()
        self.folder = Folder(prepare, poll=poll, mail=f'transport = "smtp"\nurl = "{self.mailbox.url}"\ntls = "none"\n'
                                                      'from = "sote@yhdistys.example"')
        self.addCleanup(self.folder.remove)
        if prepare:
            self.addCleanup(subprocess.run, ["umount", "-l", str(self.folder.path)])
        for stop in (self.mailbox.stop, self.server.server_close, self.server.shutdown):
            self.addCleanup(stop)
        if limits:
            settings = self.folder.path / "sotevahti.toml"
            settings.write_text(settings.read_text("utf-8").replace('max_bytes = "1MiB"', limits), "utf-8")
        self.folder.feeds([("f", self.server.url("/f"), ""), ("g", self.server.url("/g"), "")])
        self.server.pages["/f"], self.server.pages["/g"] = items("vanha"), items("toinen")
        self.folder.run("poll", "--all")
        self.folder.run("subscribers", "add", "anna@x.example")
        self.folder.run("subscriptions", "add", "anna@x.example", "", "--rhythm", "immediate")

    def start(self):
        log = tempfile.NamedTemporaryFile("w+", prefix="sotevahti-log-", encoding="utf-8")
        self.log = pathlib.Path(log.name)  # on another disk
        process = subprocess.Popen([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "run"],
                                   stdout=subprocess.PIPE, stderr=log, text=True)

        def end():
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()
            process.stdout.close()
            log.close()
        self.addCleanup(end)
        self.web = process.stdout.readline().strip()
        return process

    def is_polled_again(self):
        """And all of it is stored: what is written of the time before that would be written over."""
        return all(feed["polls"] >= 2 for feed in self.folder.json_lines("feeds", "list"))

    def logged(self):
        return self.log.read_text("utf-8")

    def get(self, path):
        try:
            with urllib.request.urlopen(self.web.rstrip("/") + path, timeout=10) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def wait_until(self, condition, what, seconds=DEADLINE):
        until = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), until, f"{what}\n{self.logged()}")
            time.sleep(0.1)

    def told(self, word):
        with self.mailbox.lock:
            return sum(word in text_of(content) for _, _, content in self.mailbox.kept)


@unittest.skipUnless(MAY_MOUNT, "mounting in a namespace of its own is not allowed here")
class FullDisk(OnADisk):
    def fill(self):
        with open(self.folder.path / "filler", "wb", buffering=0) as filler, contextlib.suppress(OSError):
            while True:
                filler.write(bytes(65536)) or filler.write(b"x")
        with open(self.folder.path / "filler", "ab", buffering=0) as filler, contextlib.suppress(OSError):
            while filler.write(b"x"):
                pass

    def let_time_pass(self, service):
        """What the service would see itself some minutes later."""
        if not ALONE:
            self.folder.let_time_pass(1200)
            service.send_signal(signal.SIGHUP)

    def test_full_and_freed_again(self):
        self.make(mount_small_disk(24))
        self.folder.let_time_pass(86400)
        service = self.start()
        self.wait_until(self.is_polled_again, "nothing was polled")
        self.folder.let_time_pass(86400)
        self.fill()
        self.server.pages["/f"] = items("vanha", "lisätalousarvio")
        service.send_signal(signal.SIGHUP)
        self.wait_until(lambda: "disk is full" in self.logged(), "a full disk is not named")
        # All that reads goes on.
        self.assertEqual(self.get("/healthz")[0], 200)
        self.wait_until(lambda: self.get("/readyz")[0] == 503, "it calls itself ready")
        self.assertIn("vanha", self.get("/")[1])
        self.assertEqual(self.get("/api/v1/entries")[0], 200)
        self.assertEqual(len(self.folder.json_lines("search", "vanha")), 1)
        self.assertIsNone(service.poll(), "it gave up")

        (self.folder.path / "filler").unlink()
        self.let_time_pass(service)
        self.wait_until(lambda: "lisätalousarvio" in self.get("/")[1], "the news did not come", 600 if ALONE else DEADLINE)
        if not ALONE:
            self.let_time_pass(service)
        self.wait_until(lambda: self.told("lisätalousarvio"), "nobody was told", 200)
        self.wait_until(lambda: self.get("/readyz")[0] == 200, "it is not ready again")
        service.send_signal(signal.SIGTERM)
        self.assertEqual(service.wait(30), 0)
        self.folder.run("check")
        self.assertEqual(self.told("lisätalousarvio"), 1)

    def test_a_disk_that_can_only_be_read(self):
        self.make(mount_small_disk(40))
        for state in ("closed", "killed"):
            with self.subTest(state):
                if state == "killed":  # what is in the log alone is read as well
                    subprocess.run(["mount", "-o", "remount,rw", str(self.folder.path)], check=True)
                    service = self.start()
                    self.folder.run("subscribers", "add", "berit@x.example")
                    service.kill()
                    service.wait()
                subprocess.run(["mount", "-o", "remount,ro", str(self.folder.path)], check=True)
                self.assertEqual(len(self.folder.json_lines("search", "vanha")), 1)
                self.assertEqual(self.folder.json_lines("stats")[0]["entries"], 2)
                people = [person["address"] for person in self.folder.json_lines("subscribers", "list")]
                self.assertEqual(people, ["anna@x.example"] + ["berit@x.example"] * (state == "killed"))
                for command in (["poll", "--all"], ["subscribers", "add", "c@x.example"], ["run"]):
                    refused = self.folder.run(*command, status=3).stderr
                    self.assertRegex(refused, "[Rr]ead-?only|cannot be opened")
        subprocess.run(["mount", "-o", "remount,rw", str(self.folder.path)], check=True)
        self.folder.run("poll", "--all")
        self.folder.run("check")


class Memory(OnADisk):
    def test_too_little_for_one_document(self):
        """It costs its own feed, not the service and not the others."""
        self.make(limits='max_bytes = "512MiB"')
        item = b"<item><guid>x</guid><title>Haku</title><description>" + b"sana " * 400 + b"</description></item>"
        huge = b'<rss version="2.0"><channel><title>F</title>' + item * 60_000 + b"</channel></rss>"
        self.server.pages["/f"], self.server.pages["/g"] = items("ensimmäinen"), items("toinen", "lisätalousarvio")
        self.server.pages["/huge"] = (200, {"Content-Type": "application/rss+xml"}, huge)
        self.folder.feeds([(id, self.server.url("/" + id), "") for id in ("f", "g", "huge")])
        self.folder.run("poll", "huge", status=None)
        self.be_due(f=0, huge=4, g=6)
        service = self.start()
        self.wait_until(lambda: "ensimmäinen" in self.get("/")[1], "the first did not come")
        room = self.room_of(service) + (48 << 20)
        if room > 64 << 30:
            self.skipTest("the address space of such a build cannot be bounded")
        resource.prlimit(service.pid, resource.RLIMIT_AS, (room, room))
        self.wait_until(lambda: service.poll() is not None or "warning feed huge: " in self.logged(), "it is not named")
        self.wait_until(lambda: service.poll() is not None or "lisätalousarvio" in self.get("/")[1], "the others wait")
        self.assertIsNone(service.poll(), self.logged())
        self.assertIn("more than there is memory for", self.logged())
        self.folder.run("check")

    def be_due(self, **seconds):
        with contextlib.closing(sqlite3.connect(self.folder.path / "archive.db")) as archive, archive:
            for feed, later in seconds.items():
                archive.execute("UPDATE feeds SET etag = '', failures = 0, failure_cause = NULL, failure_detail = NULL, "
                                "failing_since = NULL WHERE id = ?", (feed,))
                archive.execute("UPDATE polls SET next_poll = unixepoch() + ?, row_hash = 0 "
                                "WHERE feed = (SELECT number FROM feeds WHERE id = ?)", (later, feed))

    @staticmethod
    def room_of(process):
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text("utf-8")
        return next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmSize:"))


if __name__ == "__main__":
    unittest.main()
