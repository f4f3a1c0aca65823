"""The whole way of the data: feeds over HTTP, archive, tags, digest, mail and webhook."""
import datetime
import email
import email.policy
import email.utils
import unittest
import urllib.parse
import urllib.request

from program import Folder, FeedServer, rss, secret_of, webhook_is_genuine, with_validator
from receivers import Mailbox


def bounce_of(message_id, address):
    return ("From: MAILER-DAEMON@relay.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n"
            "MIME-Version: 1.0\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            "Reporting-MTA: dns; relay.example\r\n\r\n"
            f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
            f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--b--\r\n")


def hours_ago(hours):
    return email.utils.format_datetime(datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=hours))


def grant(guid, title="Pirkanmaan hyvinvointialueen järjestöavustusten haku avautuu"):
    closes = datetime.date.today() + datetime.timedelta(days=20)
    return (guid, title, "<p>Pirkanmaan hyvinvointialue myöntää avustuksia sosiaali- ja terveysalan järjestöille. "
            f"Hakemukset on jätettävä viimeistään {closes.day}.{closes.month}.{closes.year} kello 16.</p>", hours_ago(2))


def old_news(site, count):
    return [(f"https://{site}.example/{i}", f"Aluehallitus päätti asiasta numero {i}",
             f"<p>Aluehallitus käsitteli asian {i} kokouksessaan.</p>", hours_ago(100 + i)) for i in range(count)]


class Pipeline(unittest.TestCase):
    def setUp(self):
        self.mailbox = Mailbox()
        self.addCleanup(self.mailbox.stop)
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.folder = Folder(mail=f'transport = "smtp"\nurl = "{self.mailbox.url}"\ntls = "none"\n'
                                  'from = "sote@yhdistys.example"')
        self.addCleanup(self.folder.remove)

    def publish(self, county, wire):
        self.server.pages["/county"] = with_validator(rss("Pirha", county), gzip=True)
        self.server.pages["/wire"] = with_validator(rss("STT", wire))

    def test_twice_polled_once_told(self):
        self.publish(old_news("pirha", 5), old_news("stt", 5))
        moved = (301, {"Location": self.server.url("/county")}, b"")
        self.server.pages["/moved"] = moved
        self.folder.feeds([("pirha", self.server.url("/moved"), 'area = "pirkanmaa"\nlang = "fi"'),
                           ("stt", self.server.url("/wire"), 'lang = "fi"\nrole = "wire"')])
        self.folder.run("poll", "--all")
        before = self.folder.json_lines("stats")[0]["entries"]
        self.assertEqual(before, 10)

        self.folder.run("subscribers", "add", "anna@yhdistys.example", "--lang", "fi")
        self.folder.run("subscriptions", "add", "anna@yhdistys.example", "area:pirkanmaa topic:jarjestoavustukset",
                        "--name", "Avustukset", "--rhythm", "immediate")
        hook = self.folder.run("subscriptions", "add", "anna@yhdistys.example", "topic:jarjestoavustukset",
                               "--rhythm", "immediate", "--webhook", self.server.url("/hook"))
        secret = secret_of(hook.stdout)
        self.server.pages["/hook"] = (204, {}, b"")

        self.publish([grant("https://pirha.example/avustus")] + old_news("pirha", 5),
                     [grant("https://stt.example/tiedote/1", "Pirha: järjestöavustusten haku avautuu")] + old_news("stt", 5))
        self.folder.run("poll", "--all")
        self.assertEqual(self.folder.json_lines("stats")[0]["entries"], before + 2)
        self.folder.let_time_pass(120)
        self.folder.run("digest", "send")
        self.folder.run("digest", "send")

        self.assertEqual(len(self.mailbox.kept), 1)
        message = email.message_from_bytes(self.mailbox.kept[0][2], policy=email.policy.default)
        self.assertEqual(message.defects, [])
        self.assertEqual(self.mailbox.kept[0][0], "anna@yhdistys.example")
        self.assertEqual(message.get_content_type(), "multipart/alternative")
        text = message.get_body(("plain",)).get_content()
        self.assertIn("järjestöavustusten haku avautuu", text)
        self.assertIn("List-Unsubscribe", message)

        hooks = [r for r in self.server.seen if r["path"] == "/hook"]
        self.assertEqual(len(hooks), 1, hooks)
        self.assertTrue(webhook_is_genuine(hooks[0], secret))
        self.assertFalse(webhook_is_genuine({**hooks[0], "body": hooks[0]["body"] + b" "}, secret))

        # A third poll brings nothing, and costs the publishers 304s alone.
        self.server.seen.clear()
        self.folder.run("poll", "--all")
        self.assertEqual(self.folder.json_lines("stats")[0]["entries"], before + 2)
        asked = [r for r in self.server.seen if r["path"] in ("/county", "/wire")]
        self.assertEqual(len(asked), 2)
        self.assertTrue(all("If-None-Match" in r["headers"] for r in asked))
        self.folder.let_time_pass(120)
        self.folder.run("digest", "send")
        self.assertEqual(len(self.mailbox.kept), 1)

    def test_the_mailed_link_ends_the_subscription(self):
        self.publish(old_news("pirha", 2), [])
        self.folder.feeds([("pirha", self.server.url("/county"), 'area = "pirkanmaa"\nlang = "fi"')])
        self.folder.run("poll", "--all")
        self.folder.run("subscribers", "add", "anna@yhdistys.example", "--lang", "fi")
        for name, filter in (("Avustukset", "topic:jarjestoavustukset"), ("Muut", "area:lappi")):
            self.folder.run("subscriptions", "add", "anna@yhdistys.example", filter, "--name", name, "--rhythm", "immediate")
        self.publish([grant("https://pirha.example/avustus")] + old_news("pirha", 2), [])
        self.folder.run("poll", "--all")
        self.folder.let_time_pass(120)
        self.folder.run("digest", "send")
        message = email.message_from_bytes(self.mailbox.kept[0][2], policy=email.policy.default)
        self.assertEqual(message["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        link = urllib.parse.urlsplit(message["List-Unsubscribe"].strip("<>"))

        service = self.folder.start("run")
        self.addCleanup(service.stdout.close)
        self.addCleanup(service.stderr.close)
        try:
            web = service.stdout.readline().strip().rstrip("/")
            with urllib.request.urlopen(f"{web}{link.path}", timeout=10) as page:
                self.assertIn("Avustukset", page.read().decode())
            self.assertEqual(self.states(), {"Avustukset": "active", "Muut": "active"})
            with urllib.request.urlopen(f"{web}{link.path}", b"List-Unsubscribe=One-Click", timeout=10) as reply:
                self.assertEqual(reply.status, 200)
            self.assertEqual(self.states(), {"Avustukset": "ended: unsubscribed by the reader", "Muut": "active"})
        finally:
            service.terminate()
            self.assertEqual(service.wait(30), 0)

    def test_reports_of_mail_that_came_back_suspend_after_the_third(self):
        self.folder.feeds([("pirha", self.server.url("/county"), 'area = "pirkanmaa"\nlang = "fi"')])
        self.publish(old_news("pirha", 2), [])
        self.folder.run("poll", "--all")
        self.folder.run("subscribers", "add", "anna@yhdistys.example", "--lang", "fi")
        self.folder.run("subscriptions", "add", "anna@yhdistys.example", "", "--rhythm", "immediate")
        self.publish([grant("https://pirha.example/avustus")] + old_news("pirha", 2), [])
        self.folder.run("poll", "--all")
        self.folder.let_time_pass(120)
        self.folder.run("digest", "send")
        sent = email.message_from_bytes(self.mailbox.kept[0][2], policy=email.policy.default)

        maildir = self.folder.path / "bounces"
        for part in ("new", "cur", "tmp"):
            (maildir / part).mkdir(parents=True)
        for number in range(3):
            (maildir / "new" / str(number)).write_text(bounce_of(sent["Message-ID"], "anna@yhdistys.example"), newline="")
        done = self.folder.run("bounces", str(maildir))
        self.assertIn("3 hard, 0 soft", done.stdout)
        self.assertIn("Suspended: anna@yhdistys.example", done.stdout)
        self.assertEqual(sorted(file.name for file in (maildir / "cur").iterdir()), ["0:2,S", "1:2,S", "2:2,S"])
        self.assertIn("0 hard, 0 soft", self.folder.run("bounces", str(maildir)).stdout)
        self.assertIn("suspended", self.folder.run("subscribers", "list").stdout)
        self.assertIn("Not counted", self.folder.run("bounces", status=1, stdin="").stderr)
        self.folder.run("bounces", str(self.folder.path), status=2)

    def states(self):
        return {row["name"]: row["state"] for row in self.folder.json_lines("subscriptions", "list")}

    def test_tags_have_evidence_and_words_are_found_in_any_form(self):
        self.publish([grant("https://pirha.example/avustus")], old_news("stt", 2))
        self.folder.feeds([("pirha", self.server.url("/county"), 'area = "pirkanmaa"\nlang = "fi"')])
        self.folder.run("poll", "--all")
        found = self.folder.json_lines("search", "avustus")
        self.assertEqual(len(found), 1)
        self.assertEqual(found[0]["publisher"], "pirha")
        self.assertIn("pirkanmaa", found[0]["areas"])
        self.assertIn("jarjestoavustukset", found[0]["topics"])
        self.assertEqual(found[0]["deadlines"][0]["kind"], "grant")
        shown = self.folder.run("show", found[0]["id"]).stdout
        self.assertIn("pirkanmaa", shown)
        self.assertIn("järjestöavustusten", shown.lower())

    def test_why_and_why_not(self):
        self.publish(old_news("pirha", 2), [])
        self.folder.feeds([("pirha", self.server.url("/county"), 'area = "pirkanmaa"\nlang = "fi"')])
        self.folder.run("poll", "--all")
        self.folder.run("subscribers", "add", "anna@yhdistys.example", "--lang", "fi")
        for filter in ("topic:jarjestoavustukset", "area:lappi"):
            self.folder.run("subscriptions", "add", "anna@yhdistys.example", filter, "--rhythm", "daily 07:00")
        self.publish([grant("https://pirha.example/avustus")] + old_news("pirha", 2), [])
        self.folder.run("poll", "--all")
        entry = self.folder.json_lines("search", "avustus")[0]["id"]

        why = self.folder.run("show", entry, "--why", "topic:jarjestoavustukset").stdout
        self.assertRegex(why, r"score \d\.\d\d, 1 tells the topic")
        self.assertRegex(why, r'for, \d\.\d\d: "järjestöavustusten')
        self.assertIn("none of the topic's rules is met", self.folder.run("show", entry, "--why", "topic:pelastustoimi").stdout)
        self.assertIn("no place of the area is named", self.folder.run("show", entry, "--why", "area:lappi").stdout)
        self.assertIn('did you mean "hyte"', self.folder.run("show", entry, "--why", "topic:hyvte", status=2).stderr)
        self.assertIn("topic:ID or area:ID", self.folder.run("show", entry, "--why", "hyte", status=2).stderr)

        self.assertIn("It waits for the digest of", self.folder.run("digest", "explain", "1", entry).stdout)
        explained = self.folder.json_lines("digest", "explain", "2")
        self.assertEqual([(e["entry"], e["verdict"]) for e in explained], [(entry, "out")])
        self.assertIn("The filter does not meet it.", explained[0]["reasons"])
        self.folder.run("digest", "explain", "9", status=1)


if __name__ == "__main__":
    unittest.main()
