"""The daemon: readiness, signals, reload, watchdog, the web beside polling."""
import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import threading
import time
import unittest
import urllib.request

import program
from program import Folder, FeedServer, rss, with_validator

DEADLINE = 30


class NotifySocket:
    """What systemd would hear."""

    def __init__(self, folder):
        self.path = str(folder / "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.heard, self.changed = [], threading.Condition()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                message = self.socket.recv(65536).decode()
            except OSError:
                return
            with self.changed:
                self.heard += message.splitlines()
                self.changed.notify_all()

    def wait_for(self, wanted, times=1):
        with self.changed:
            return self.changed.wait_for(lambda: sum(wanted in line for line in self.heard) >= times, DEADLINE)


class Service(unittest.TestCase):
    def setUp(self):
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.folder = Folder()
        self.addCleanup(self.folder.remove)
        self.notify = NotifySocket(self.folder.path)
        self.addCleanup(self.notify.socket.close)

    def start(self, watchdog_ms=None):
        env = {**os.environ, "NOTIFY_SOCKET": self.notify.path}
        if watchdog_ms:
            env["WATCHDOG_USEC"] = str(watchdog_ms * 1000)
        self.log = open(self.folder.path / "log", "w+", encoding="utf-8")
        self.addCleanup(self.log.close)
        self.process = subprocess.Popen([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "run"],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True, env=env)
        self.addCleanup(self.end)
        self.web = self.process.stdout.readline().strip()
        self.assertTrue(self.web.startswith("http://127.0.0.1:"), self.logged())

    def end(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def logged(self):
        return pathlib.Path(self.log.name).read_text("utf-8")

    def get(self, path):
        with urllib.request.urlopen(self.web.rstrip("/") + path, timeout=10) as reply:
            return reply.read().decode()

    def wait_until(self, condition, what):
        until = time.monotonic() + DEADLINE
        while not condition():
            self.assertLess(time.monotonic(), until, f"{what}\n{self.logged()}")
            time.sleep(0.05)

    def feed(self, *titles):
        return with_validator(rss("F", [(f"https://a.example/{t}", f"Aluevaltuusto: {t}", "<p>Teksti.</p>", None) for t in titles]))

    def test_polls_and_shows_what_came(self):
        self.server.pages["/f"] = self.feed("talousarvio")
        self.folder.feeds([("f", self.server.url("/f"), 'area = "kainuu"')])
        self.start()
        self.assertTrue(self.notify.wait_for("READY=1"))
        self.assertEqual(self.get("/healthz"), "ok\n")
        self.wait_until(lambda: "talousarvio" in self.get("/"), "the entry never came to the page")
        # The command line reads beside the running service.
        self.assertEqual(len(self.folder.json_lines("search", "talousarvio")), 1)

    def test_sigterm_is_an_orderly_end(self):
        self.start()
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(timeout=20), 0)
        self.assertTrue(self.notify.wait_for("STOPPING=1"))

    def test_sigterm_does_not_wait_for_a_server_that_hangs(self):
        asked = threading.Event()

        def hang(request):
            asked.set()
            time.sleep(60)
            return None
        self.server.pages["/slow"] = hang
        toml = self.folder.path / "sotevahti.toml"
        toml.write_text(toml.read_text("utf-8").replace('timeout = "3s"', 'timeout = "60s"', 1), "utf-8")
        self.folder.feeds([("slow", self.server.url("/slow"), "")])
        self.start()
        self.assertTrue(asked.wait(DEADLINE))
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(timeout=20), 0)
        self.assertLess(time.monotonic() - began, 15)

    def test_sighup_takes_a_new_catalogue(self):
        self.start()
        self.server.pages["/f"] = self.feed("uusi")
        self.folder.feeds([("f", self.server.url("/f"), "")])
        self.process.send_signal(signal.SIGHUP)
        self.assertTrue(self.notify.wait_for("RELOADING=1"))
        self.wait_until(lambda: "uusi" in self.get("/"), "the new feed was never polled")

    def test_sighup_while_many_wait_for_their_host(self):
        toml = self.folder.path / "sotevahti.toml"
        toml.write_text(toml.read_text("utf-8").replace("host_gap_ms = 0", "host_gap_ms = 2000"), "utf-8")
        waiting = [(f"f{i}", self.server.url(f"/f{i}"), "discover = true" if i % 2 else "") for i in range(40)]
        for i in range(40):
            self.server.pages[f"/f{i}"] = self.feed(f"uutinen {i}")
        self.folder.feeds(waiting)
        self.start()
        self.wait_until(lambda: self.server.seen, "nothing was ever polled")
        self.server.pages["/own"] = self.feed("omanlainen")
        toml.write_text(toml.read_text("utf-8").replace("host_gap_ms = 2000", "host_gap_ms = 0"), "utf-8")
        self.folder.feeds([*waiting, ("own", self.server.url("/own"), "")])
        began = time.monotonic()
        self.process.send_signal(signal.SIGHUP)
        self.wait_until(lambda: "configuration read again" in self.logged(), "it was never read again")
        self.assertLess(time.monotonic() - began, 8)
        self.wait_until(lambda: "omanlainen" in self.get("/"), "the new feed was never polled")
        self.assertNotIn("cancelled", self.logged(), "not to have asked is no failure of the source")
        self.assertIsNone(self.process.poll())

    def test_reloads_without_end_do_not_keep_it_from_its_work(self):
        self.start()
        self.server.pages["/f"] = self.feed("uusi")
        self.folder.feeds([("f", self.server.url("/f"), "")])
        ended = threading.Event()

        def reload():
            while not ended.wait(0.02):
                self.process.send_signal(signal.SIGHUP)
        reloading, began = threading.Thread(target=reload), time.monotonic()
        reloading.start()
        self.addCleanup(reloading.join)
        self.addCleanup(ended.set)
        self.wait_until(lambda: "uusi" in self.get("/"), "the feed was never polled")
        self.wait_until(lambda: self.logged().count("configuration read again") > 2, "no reload was heard any more")
        self.assertGreater(time.monotonic() - began, 4, "between the three reloads there was no time for work")
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(timeout=20), 0)

    def test_sighup_with_an_error_keeps_the_old_one(self):
        self.server.pages["/f"] = self.feed("vanha")
        self.folder.feeds([("f", self.server.url("/f"), "")])
        self.start()
        self.wait_until(lambda: "vanha" in self.get("/"), "the feed was never polled")
        self.folder.feeds([("f", "not an address", "")])
        self.process.send_signal(signal.SIGHUP)
        self.assertTrue(self.notify.wait_for("test.toml:"), self.notify.heard)
        self.assertIn("vanha", self.get("/"))
        self.assertIsNone(self.process.poll())

    def test_sighup_without_the_folder_of_feeds_keeps_the_old_ones(self):
        self.server.pages["/f"] = self.feed("vanha")
        self.folder.feeds([("f", self.server.url("/f"), "")])
        self.start()
        self.wait_until(lambda: "vanha" in self.get("/"), "the feed was never polled")
        (self.folder.path / "feeds.d").rename(self.folder.path / "feeds.gone")
        self.process.send_signal(signal.SIGHUP)
        self.assertTrue(self.notify.wait_for("there is no folder"), self.notify.heard)
        self.assertEqual([feed["id"] for feed in json.loads(self.get("/api/v1/feeds"))["feeds"]], ["f"])
        self.assertIsNone(self.process.poll())

    def test_sighup_with_an_error_that_shows_when_work_begins_keeps_the_old_one(self):
        self.start()
        toml, texts = self.folder.path / "sotevahti.toml", self.folder.path / "texts"
        was = toml.read_text("utf-8")
        texts.mkdir()
        (texts / "unheard-of").write_text("x", "utf-8")
        toml.write_text(was + f'\n[digest]\ntemplates = "{texts}"\n', "utf-8")
        self.process.send_signal(signal.SIGHUP)
        self.assertTrue(self.notify.wait_for("a digest has no such file"), self.notify.heard)
        self.assertEqual(self.get("/readyz"), "ready\n")
        self.server.pages["/f"] = self.feed("uusi")
        self.folder.feeds([("f", self.server.url("/f"), "")])
        toml.write_text(was, "utf-8")
        self.process.send_signal(signal.SIGHUP)
        self.wait_until(lambda: "uusi" in self.get("/"), "the next reload was not heard")

    def test_an_end_by_a_failure_says_why_and_is_no_success(self):
        """An archive that becomes something else in a disk's trouble. systemd starts us again, not at a status that it
        takes for a success or for a faulty configuration."""
        self.start()
        self.assertTrue(self.notify.wait_for("READY=1"))
        archive = self.folder.path / "archive.db"
        for name in ("archive.db-wal", "archive.db-shm"):
            (self.folder.path / name).unlink(missing_ok=True)
        archive.unlink()
        archive.write_bytes(b"no archive at all" * 1000)
        self.process.send_signal(signal.SIGHUP)
        status = self.process.wait(timeout=DEADLINE)
        self.assertNotIn(status, (0, 2, 78), self.logged())
        self.assertGreater(status, 0, "it was killed, and by what?")
        last = self.logged().strip().splitlines()[-1]
        self.assertRegex(last, r"^sotevahti: after a reload: .*archive\.db")
        self.assertNotIn("stopped", self.logged())
        self.assertEqual(archive.read_bytes(), b"no archive at all" * 1000, "what stands there is not ours to change")

    def test_a_watchman_is_told_while_all_is_well(self):
        self.server.pages["/ping/of-ours-alone"] = (200, {}, b"ok")
        self.folder.configure(extra=f'[alarm]\nping_url = "{self.server.url("/ping/of-ours-alone")}"\nping_interval = "10s"')
        self.start()
        self.wait_until(lambda: any(each["path"] == "/ping/of-ours-alone" for each in self.server.seen), "no ping came")
        self.assertEqual(self.get("/readyz"), "ready\n")
        self.server.pages["/ping/of-ours-alone"] = (500, {}, b"no")
        self.wait_until(lambda: "[alarm] ping_url: the answer was 500" in self.logged(), "a failing ping is not told")
        self.assertNotIn("of-ours-alone", self.logged())

    def test_figures(self):
        self.server.pages["/f"] = self.feed("yksi")
        self.server.pages["/bad"] = (404, {}, b"no")
        self.folder.feeds([("f", self.server.url("/f"), ""), ("bad", self.server.url("/bad"), "")])
        self.start()
        self.wait_until(lambda: "sotevahti_fetch_seconds_count 2\n" in self.get("/metrics"), "the polls are not counted")
        self.wait_until(lambda: 'sotevahti_poll_results_total{result="failed"} 1\n' in self.get("/metrics"), "nor the failure")
        figures = self.get("/metrics")
        self.assertIn('sotevahti_poll_results_total{result="updated"} 1\n', figures)
        for _ in range(5):  # each worker has answers of its own
            self.get("/feeds")
        self.assertRegex(self.get("/metrics"), r'sotevahti_pages_total\{from="cache"\} [1-9]')
        names = set()
        for line in figures.splitlines():
            if line.startswith("# TYPE "):
                name = line.split()[2]
                self.assertNotIn(name, names)
                names.add(name)
            elif not line.startswith("#"):
                self.assertRegex(line, r'^sotevahti_[a-z_]+(\{[a-z]+="[^"]*"\})? [0-9.e+-]+$')
                plain = line.split("{")[0].split(" ")[0]
                self.assertTrue({plain, plain.rsplit("_", 1)[0]} & names, line)
        self.assertTrue(figures.endswith("# EOF\n"))

    def test_watchdog_hears_of_it(self):
        self.start(watchdog_ms=400)
        self.assertTrue(self.notify.wait_for("WATCHDOG=1", times=3))

    def test_a_killed_service_asks_nobody_twice_and_loses_nothing(self):
        self.server.pages["/f"] = self.feed("yksi", "kaksi")
        self.folder.feeds([("f", self.server.url("/f"), "")])
        self.start()
        self.wait_until(lambda: "yksi" in self.get("/"), "the feed was never polled")
        self.process.kill()
        self.process.wait()
        asked = len(self.server.seen)
        self.process.stdout.close()
        self.start()
        self.assertIn("kaksi", self.get("/"))
        self.assertEqual(len(self.server.seen), asked)
        self.assertEqual(self.folder.run("check").returncode, 0)


if __name__ == "__main__":
    unittest.main()
