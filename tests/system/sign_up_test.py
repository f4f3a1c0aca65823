"""A stranger on the web becomes a subscriber by a letter, reads a digest, changes it, and leaves."""
import contextlib
import email
import email.policy
import json
import re
import signal
import sqlite3
import subprocess
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

import program
from program import Folder, FeedServer, rss, with_validator
from receivers import Mailbox

DEADLINE = 40
WISH = {"area": "kainuu", "rhythm": "immediate", "quiet_from": "", "quiet_until": "", "language": "fi"}


class KeepRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def links(message, place):
    """Paths below `place` in the plain text of a message."""
    text = message.get_body(("plain",)).get_content()
    return re.findall(rf"https?://[^/\s]+(/{place}/[\w-]+)", text)


class SignUp(unittest.TestCase):
    def setUp(self):
        self.mailbox = Mailbox()
        self.addCleanup(self.mailbox.stop)
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.folder = Folder(mail=f'transport = "smtp"\nurl = "{self.mailbox.url}"\ntls = "none"\n'
                                  'from = "sote@yhdistys.example"')
        self.addCleanup(self.folder.remove)
        self.folder.feeds([("f", self.server.url("/f"), 'area = "kainuu"')])
        self.publish("talousarvio")
        self.folder.run("poll", "--all")
        self.process = None
        self.log = open(self.folder.path / "log", "a", encoding="utf-8")
        self.addCleanup(self.log.close)
        self.addCleanup(self.end, signal.SIGKILL)

    def publish(self, *titles):
        self.server.pages["/f"] = with_validator(rss("F", [
            (f"https://a.example/{title}", f"Kainuun aluevaltuusto: {title}", "<p>Teksti Kajaanista.</p>", None)
            for title in titles]))

    def start(self):
        self.process = subprocess.Popen([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "run"],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.web = self.process.stdout.readline().strip().rstrip("/")
        self.assertTrue(self.web.startswith("http://127.0.0.1:"), self.logged())

    def end(self, how):
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(how)
        self.process.wait(timeout=30)
        self.process.stdout.close()
        self.process = None

    def logged(self):
        return (self.folder.path / "log").read_text("utf-8")

    def ask(self, path, form=None):
        body = None if form is None else urllib.parse.urlencode(form).encode()
        opener = urllib.request.build_opener(KeepRedirect)
        try:
            with opener.open(self.web + path, body, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()

    def wait_for_mails(self, count):
        until = time.monotonic() + DEADLINE
        while len(self.mailbox.kept) < count:
            self.assertLess(time.monotonic(), until, self.logged())
            time.sleep(0.05)
        recipient, _, content = self.mailbox.kept[-1]
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.assertEqual(message.defects, [])
        self.assertEqual(recipient, "anna@yhdistys.example")
        return message

    def people(self):
        return [line for line in self.folder.run("subscribers", "list", "--json", status=None).stdout.splitlines() if line]

    def test_from_a_form_to_a_digest_and_away(self):
        self.start()
        status, page = self.ask("/subscribe", {**WISH, "action": "preview"})
        self.assertEqual(status, 200)
        self.assertIn('id="preview"', page)
        self.assertEqual(self.ask("/subscribe", {**WISH, "address": "anna@yhdistys.example"})[0], 303)
        letter = self.wait_for_mails(1)
        self.assertNotIn("List-Unsubscribe", letter)
        self.assertEqual(self.people(), [])

        confirm, = set(links(letter, "confirm"))
        self.assertEqual(self.ask(confirm)[0], 200)
        self.assertEqual(self.people(), [], "mail scanners follow links")
        status, page = self.ask(confirm, {})
        self.assertEqual(status, 200)
        self.assertEqual(len(self.people()), 1)
        manage = re.search(r"/manage/[\w-]+", page).group(0)
        # Known by now: told so, and asked nothing.
        self.assertEqual(self.ask("/subscribe", {**WISH, "address": "anna@yhdistys.example"})[0], 303)
        self.assertEqual(links(self.wait_for_mails(2), "confirm"), [])

        self.end(signal.SIGTERM)
        self.folder.let_time_pass(7200)
        self.publish("talousarvio", "lausunto")
        self.folder.run("poll", "--all")
        self.start()
        digest = self.wait_for_mails(3)
        self.assertIn("lausunto", digest.get_body(("plain",)).get_content())
        self.assertEqual(self.ask(links(digest, "manage")[0])[0], 200)

        subscription = self.folder.json_lines("subscriptions", "list")[0]["id"]
        weekly = {"action": "save", "area": "kainuu", "rhythm": "weekly", "day": "fri", "at": "7.30", "language": "sv"}
        self.assertEqual(self.ask(f"{manage}/{subscription}", weekly)[0], 303)
        changed = self.folder.json_lines("subscriptions", "list")[0]
        self.assertEqual(changed["rhythm"], "weekly fri 07:30")
        self.assertEqual(self.ask(manage, {"action": "pause", "subscription": subscription})[0], 303)

        status, data = self.ask(f"{manage}/data.json")
        self.assertEqual((status, json.loads(data)["address"]), (200, "anna@yhdistys.example"))
        self.assertIn("lausunto", json.loads(data)["digests"][0]["text"])
        self.assertEqual(self.ask(f"{manage}/erase", {"sure": "yes"})[0], 200)
        self.assertEqual(self.people(), [])
        self.assertEqual(self.ask(manage)[0], 404)
        self.end(signal.SIGTERM)
        archive = b"".join(path.read_bytes() for path in self.folder.path.glob("archive.db*"))
        self.assertNotIn(b"anna@yhdistys", archive)
        for key in (confirm, manage):
            self.assertNotIn(key.rsplit("/", 1)[1], self.logged())

    def test_a_killed_service_loses_no_letter(self):
        for moment in (0, 0.02, 0.1, 0.5):
            before = len(self.mailbox.kept)
            self.start()
            wish = {**WISH, "address": "anna@yhdistys.example"}
            self.assertEqual(self.ask("/subscribe", wish)[0], 303)
            time.sleep(moment)
            self.end(signal.SIGKILL)
            # Whatever the moment was, it is in the archive; a lease that was broken off runs out.
            with contextlib.closing(sqlite3.connect(self.folder.path / "archive.db")) as archive, archive:
                archive.execute("UPDATE outbox SET next_attempt = 0 WHERE state = 'leased'")
                archive.execute("UPDATE sign_ups SET asked = asked - 86400 WHERE letter IS NOT NULL")
            self.start()
            message = self.wait_for_mails(before + 1)
            ids = {message_id for _, message_id, _ in self.mailbox.kept[before:]}
            self.assertEqual(len(ids), 1, "sent again it is the same message")
            self.assertEqual(self.ask(links(message, "confirm")[0])[0], 200)
            self.end(signal.SIGTERM)
        self.assertEqual(self.people(), [])


if __name__ == "__main__":
    unittest.main()
