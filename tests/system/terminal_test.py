"""What a person sees: the command line on a terminal of its own (a pseudo-terminal), through a pager, in a pipe."""
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata
import unittest

import program
from program import FeedServer, Folder, rss

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)|\x1b[=>]")
HOSTILE = "Hyökkäys \x9b31m \x1b[2J\x1b]0;nimi\x07 kello\x07 \u202etaaksepäin"


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Terminal:
    """A command on a pseudo-terminal of so many columns and lines."""

    def __init__(self, arguments, width=80, height=24, **variables):
        env = {"PATH": os.environ["PATH"], "HOME": "/nowhere", "LANG": "C.UTF-8", "TERM": "xterm-256color",
               "SOTEVAHTI_PAGER": "cat", **variables}
        self.process, self.master = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
            os.execvpe(arguments[0], arguments, {k: v for k, v in env.items() if v is not None})
        self.seen = b""

    def read(self, until=None, seconds=30):
        """What is shown up to a text, or to the end."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and (until is None or until not in self.seen):
            if not select.select([self.master], [], [], 0.2)[0]:
                continue
            try:
                some = os.read(self.master, 65536)
            except OSError:  # the other end is closed
                break
            if not some:
                break
            self.seen += some
        return self.seen.decode("utf-8", "replace").replace("\r\n", "\n")

    def type(self, keys):
        os.write(self.master, keys)

    def status(self, seconds=20):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                os.close(self.master)
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        raise AssertionError("it does not end")


class Search(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Folder()
        cls.addClassCleanup(cls.folder.remove)
        cls.feeds = FeedServer()
        cls.addClassCleanup(cls.feeds.shutdown)
        long_text = "Hyvinvointialueen järjestöavustuksista päätetään Pirkanmaalla öylätön äänin. " * 6
        items = [(f"http://127.0.0.1/uutiset/{n}?ä=ö", f"Järjestöavustukset haettavana Pirkanmaalla {n} å ä ö",
                  long_text, None) for n in range(40)]
        items.append(("http://127.0.0.1/paha", HOSTILE.replace("\x1b", "&#x1b;").replace("\x07", ""), "Avustus. " + HOSTILE, None))
        body = rss("t", items).replace(b"\x1b", b"").replace(b"\x07", b"")
        cls.feeds.pages["/f"] = (200, {"Content-Type": "application/rss+xml"}, body)
        cls.folder.feeds([("pirha", cls.feeds.url("/f"), 'area = "pirkanmaa"')])
        cls.folder.run("poll", "--all", status=None)

    def terminal(self, *arguments, **options):
        return Terminal([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), *arguments], **options)

    def shown(self, *arguments, status=0, **options):
        terminal = self.terminal(*arguments, **options)
        text = terminal.read()
        self.assertEqual(terminal.status(), status, text)
        return text

    def assert_fits(self, arguments, width):
        text = ESCAPE.sub("", self.shown(*arguments, width=width))
        # An address stays whole, to be copied.
        lines = [line for line in text.splitlines() if not line.strip().startswith(("at ", "http://"))]
        widest = max(lines, key=columns)
        self.assertLessEqual(columns(widest), width, (arguments, widest))

    def test_lines_fit_whatever_the_width(self):
        number = str(self.folder.json_lines("search", "järjestöavustus", "--limit", "1")[0]["id"])
        self.folder.run("subscribers", "add", "anna.aleksandra@pirkanmaanjarjestot.example")
        self.folder.run("subscriptions", "add", "anna.aleksandra@pirkanmaanjarjestot.example", "area:pirkanmaa avustus -vaalit",
                        "--webhook", "http://127.0.0.1:9/", "--rhythm", "weekly mon 08:00")
        self.folder.run("subscriptions", "test", "1")
        self.folder.run("digest", "send", status=1)  # nobody answers
        for width in (40, 60, 80, 200):
            for arguments in (["search", "avustus", "--limit", "50"], ["stats"], ["stats", "--table"], ["feeds", "list"],
                              ["show", number], ["subscribers", "list"], ["subscriptions", "list"], ["outbox", "list"],
                              ["config", "show"], ["show", number, "--why", "topic:jarjestoavustukset"],
                              ["show", number, "--why", "area:pirkanmaa"], ["digest", "explain", "1", number]):
                self.assert_fits(arguments, width)
        # Where nobody looks, a row and a tag are each a line.
        self.assertRegex(self.folder.run("feeds", "list", env={"COLUMNS": "40"}).stdout, "(?m)^pirha +fresh +4[01] +2")
        self.assertRegex(self.folder.run("show", number, env={"COLUMNS": "40"}).stdout, "(?m)^  areas +pirkanmaa +“.*\\)$")
        why = self.folder.run("show", number, "--why", "topic:jarjestoavustukset", env={"COLUMNS": "40"}).stdout
        self.assertTrue(all(line.startswith(("score", "for", "against")) for line in why.splitlines()), why)

    def test_hits_are_bold_and_links_are_links_where_the_terminal_can(self):
        with_links = self.shown("search", "järjestöavustus", VTE_VERSION="7200")
        self.assertRegex(with_links, "\x1b\\[1m[Jj]ärjestöavustuks\\w+\x1b\\[0m")
        self.assertRegex(with_links, "\x1b]8;;http://127.0.0.1/uutiset/\\d+\\?%C3%A4=%C3%B6\x1b\\\\")
        self.assertEqual(with_links.count("\x1b]8;;\x1b\\"), 20)
        for name, value in (("TERM", "xterm-256color"), ("FORCE_HYPERLINK", "0")):
            self.assertNotIn("\x1b]8", self.shown("search", "järjestöavustus", **{name: value}))
        self.assertIn("\x1b]8", self.shown("search", "järjestöavustus", FORCE_HYPERLINK="1"))
        self.assertNotIn("\x1b", self.shown("search", "järjestöavustus", NO_COLOR="1"))
        self.assertNotIn("\x1b", self.shown("search", "järjestöavustus", TERM="dumb", VTE_VERSION="7200"))

    def test_no_control_byte_of_a_feed_reaches_the_terminal(self):
        number = self.folder.json_lines("search", "hyökkäys")[0]["id"]
        for arguments in (["search", "hyökkäys"], ["show", str(number)]):
            text = ESCAPE.sub("", self.shown(*arguments, VTE_VERSION="7200"))
            self.assertIn("Hyökkäys", text)
            strange = [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]
            self.assertEqual(strange, [], arguments)

    def test_show_marks_its_evidence(self):
        number = self.folder.json_lines("search", "järjestöavustus", "--limit", "1")[0]["id"]
        text = self.shown("show", str(number))
        self.assertRegex(ESCAPE.sub("", text), "topics +jarjestoavustukset +“")
        self.assertRegex(text, "\x1b\\[1m(järjestöavustuksista|Pirkanmaalla)\x1b\\[0m")

    def test_data_on_one_stream_and_talk_on_the_other(self):
        found = self.folder.run("search", "järjestöavustus", "--limit", "3")
        self.assertNotIn("\x1b", found.stdout)
        self.assertIn("There is more", found.stderr)
        self.assertEqual(len(self.folder.run("search", "järjestöavustus", "--csv", "--limit", "3").stdout.splitlines()), 4)
        nothing = self.folder.run("search", "olematonsana", status=1)
        self.assertEqual((nothing.stdout, nothing.stderr), ("", "Nothing found.\n"))

    def test_stats(self):
        text = ESCAPE.sub("", self.shown("stats"))
        self.assertRegex(text, r"(?m)^pirkanmaa +4[01]  █+")
        data = self.folder.json_lines("stats")[0]
        self.assertGreaterEqual({each["id"]: each["entries"] for each in data["areas"]}["pirkanmaa"], 40)
        self.assertRegex(self.folder.run("stats", "--csv").stdout, "(?m)^pirkanmaa,jarjestoavustukset,4[01],20")

    def test_pager_is_left_with_q(self):
        # So much does not fit: less stays, shows the first screen, and q ends both in peace.
        terminal = self.terminal("search", "avustus", "--limit", "40", SOTEVAHTI_PAGER=None)
        terminal.read(until=b"\x1b[K", seconds=20)
        self.assertLess(terminal.read(seconds=0.3).count("haettavana"), 15)
        self.assertEqual(os.waitpid(terminal.process, os.WNOHANG), (0, 0))
        terminal.type(b"q")
        terminal.read()
        self.assertEqual(terminal.status(), 0)

    def test_pager_leaves_by_itself_where_all_fits(self):
        terminal = self.terminal("search", "avustus", "--limit", "1", SOTEVAHTI_PAGER=None, VTE_VERSION="7200", height=50)
        text = terminal.read()
        self.assertEqual(terminal.status(), 0)
        self.assertIn("\x1b]8;;http://127.0.0.1/", text)
        self.assertIn("There is more", text)

    def test_a_pager_of_ones_own(self):
        written = self.folder.path / "paged"
        text = self.shown("search", "avustus", "--limit", "2", PAGER=f"cat > {written}", SOTEVAHTI_PAGER=None,
                          VTE_VERSION="7200")
        self.assertNotIn("Pirkanmaalla", text)  # all of it went to the pager
        paged = written.read_text("utf-8")
        self.assertIn("Pirkanmaalla", paged)
        self.assertNotIn("\x1b]8", paged)  # who knows whether it can
        # One that does not read is no failure of ours.
        self.shown("search", "avustus", "--limit", "40", SOTEVAHTI_PAGER="exec true")

    def test_a_pipe_that_is_closed(self):
        reader = subprocess.Popen(["head", "-c", "1"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        search = subprocess.run([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "search", "avustus",
                                 "--limit", "1000", "--json"], stdout=reader.stdin, stderr=subprocess.PIPE, timeout=60)
        reader.stdin.close()
        reader.wait(timeout=20)
        self.assertEqual((search.returncode, search.stderr), (0, b""))


if __name__ == "__main__":
    unittest.main()
