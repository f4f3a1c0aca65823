"""Subscriptions at hubs over real sockets: a fake hub verifies, sends and forges."""
import hashlib
import hmac
import http.client
import json
import subprocess
import time
import unittest
import urllib.parse

import program
from program import Folder, FeedServer, free_port, rss

DEADLINE = 30
HUB = ('<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="%s"/>'
       '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="%s"/></channel>')


class WebSub(unittest.TestCase):
    def setUp(self):
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.folder = Folder()
        self.addCleanup(self.folder.remove)
        self.topic, self.hub = self.server.url("/feed"), self.server.url("/hub")
        self.publish([1])
        self.server.pages["/hub"] = (202, {}, b"")
        self.folder.feeds([("hyvaks", self.topic, "")])

    def document(self, numbers):
        items = [(f"https://a.example/{n}", f"Aluevaltuusto kokoontui {n}. kerran", "Teksti.", None) for n in numbers]
        return rss("Hyvaks", items).replace(b"</channel>", (HUB % (self.hub, self.topic)).encode())

    def publish(self, numbers):
        self.server.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, self.document(numbers))

    def start(self, public=True):
        port = free_port()
        web = f'listen = "127.0.0.1:{port}"'
        if public:
            web += f'\npublic_url = "http://127.0.0.1:{port}"'
        config = self.folder.path / "sotevahti.toml"
        text = config.read_text("utf-8")
        head, tail = text.split("[web]\n")
        rest = "\n".join(line for line in tail.splitlines() if not line.startswith(("listen", "public_url")))
        config.write_text(f"{head}[web]\n{web}\n{rest}", "utf-8")
        self.process = subprocess.Popen([program.PROGRAM, "--config", str(config), "run"], text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(self.process.stdout.close)
        self.addCleanup(self.stop)
        self.web = urllib.parse.urlsplit(self.process.stdout.readline().strip())

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.assertEqual(self.process.wait(DEADLINE), 0)

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.web.hostname, self.web.port, timeout=10)
        connection.request(method, path, body=body, headers=headers or {})
        reply = connection.getresponse()
        text = reply.read().decode()
        connection.close()
        return reply.status, text

    def wait_for(self, condition, what):
        until = time.monotonic() + DEADLINE
        while not condition():
            self.assertLess(time.monotonic(), until, what)
            time.sleep(0.05)

    def asked(self):
        forms = [urllib.parse.parse_qs(r["body"].decode()) for r in self.server.seen if r["path"] == "/hub"]
        return [{name: values[0] for name, values in form.items()} for form in forms]

    def polls(self):
        return sum(r["path"] == "/feed" for r in self.server.seen)

    def entries(self):
        return self.folder.json_lines("stats")[0]["entries"]

    def verify(self, form, **changes):
        query = {"hub.mode": "subscribe", "hub.topic": form["hub.topic"], "hub.challenge": "a challenge <b>",
                 "hub.lease_seconds": "864000", **changes}
        return self.call("GET", urllib.parse.urlsplit(form["hub.callback"]).path + "?" + urllib.parse.urlencode(query))

    def push(self, form, body, secret=None, method="sha256"):
        code = hmac.new((secret or form["hub.secret"]).encode(), body, getattr(hashlib, method)).hexdigest()
        return self.call("POST", urllib.parse.urlsplit(form["hub.callback"]).path, body,
                         {"Content-Type": "application/rss+xml", "X-Hub-Signature": f"{method}={code}"})

    def subscribe(self):
        self.start()
        self.wait_for(self.asked, "no request at the hub")
        return self.asked()[0]

    def test_the_whole_way(self):
        form = self.subscribe()
        self.assertEqual(form["hub.mode"], "subscribe")
        self.assertEqual(form["hub.topic"], self.topic)
        self.assertGreaterEqual(len(form["hub.secret"]), 20)
        self.assertTrue(form["hub.callback"].startswith(f"{self.web.geturl().rstrip('/')}/websub/"))

        # Nothing is believed before it is verified, and nobody verifies for another.
        self.assertEqual(self.verify(form, **{"hub.topic": "https://other.example/"})[0], 404)
        self.assertEqual(self.verify(form, **{"hub.mode": "unsubscribe"})[0], 404)
        self.assertEqual(self.call("GET", "/websub/guess?hub.mode=subscribe")[0], 404)
        self.assertEqual(self.verify(form), (200, "a challenge <b>"))

        self.assertEqual(self.push(form, self.document([66]), secret="guessed")[0], 202)
        self.assertEqual(self.call("POST", urllib.parse.urlsplit(form["hub.callback"]).path, self.document([77]))[0], 202)
        self.assertEqual(self.push(form, self.document([2, 3]))[0], 202)
        self.wait_for(lambda: self.entries() == 3, "the push was not taken in")
        self.assertEqual(self.push(form, self.document([3, 4]), method="sha1")[0], 202)
        self.wait_for(lambda: self.entries() == 4, "the second push was not taken in")
        titles = [r["title"] for r in self.folder.json_lines("search", "aluevaltuusto", "--limit", "20")]
        self.assertEqual(len(titles), 4)

        # A poll a day, not an hour: what comes in between is the hub's to tell.
        state = self.folder.json_lines("feeds", "list")[0]
        self.assertEqual(state["hub"], self.hub)
        self.assertEqual(self.polls(), 1)

    # Polling tells delivery of news: its own look comes once a minute, twice that long after what is waited for here.
    def test_who_is_told_at_once_is_told_of_a_push(self):
        self.server.pages["/hook"] = (200, {}, b"")
        for reader, wish in (("anna", "aluevaltuusto"), ("bertta", "kuntoutus")):
            address = f"{reader}@yhdistys.example"
            self.folder.run("subscribers", "add", address)
            self.folder.run("subscriptions", "add", address, wish, "--rhythm", "immediate", "--webhook",
                            self.server.url("/hook"))
        self.folder.let_time_pass(7200)
        form = self.subscribe()
        self.assertEqual(self.verify(form)[0], 200)
        told = lambda: [json.loads(r["body"]) for r in self.server.seen if r["path"] == "/hook"]
        self.assertEqual(self.push(form, self.document([2]))[0], 202)
        self.wait_for(lambda: len(told()) == 1, "the first push was told to nobody")
        self.assertEqual(self.push(form, self.document([3]).replace(b"Teksti.", b"Kuntoutus alkaa."))[0], 202)
        self.wait_for(lambda: len(told()) == 2, "the second push was told to nobody")
        self.assertIn("3. kerran", json.dumps(told()[1]))

    def test_a_poll_a_day_finds_what_the_hub_missed(self):
        form = self.subscribe()
        self.assertEqual(self.verify(form)[0], 200)
        self.assertEqual(self.push(form, self.document([2]))[0], 202)
        self.wait_for(lambda: self.entries() == 2, "the push was not taken in")
        self.stop()
        self.folder.let_time_pass(27 * 3600)  # a day, and the tenth of it by which polls spread
        self.publish([1, 2, 3, 4])
        self.start()
        self.wait_for(lambda: self.entries() == 4, "the daily poll did not come")
        self.wait_for(lambda: self.folder.json_lines("feeds", "list")[0].get("hub_missed") == 2, "nothing was counted")

    def test_large_pushes_are_taken_and_endless_ones_are_not(self):
        form = self.subscribe()
        self.assertEqual(self.verify(form)[0], 200)
        large = self.document(range(2, 1500))
        self.assertGreater(len(large), 128 << 10)
        self.assertEqual(self.push(form, large)[0], 202)
        self.wait_for(lambda: self.entries() == 1499, "the large push was not taken in")
        try:
            self.assertEqual(self.push(form, b" " * (5 << 20))[0], 413)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused by its length, before all of it was sent
        self.assertEqual(self.call("GET", "/healthz")[0], 200)

    def test_without_a_public_address_there_are_no_hubs(self):
        self.start(public=False)
        self.wait_for(lambda: self.entries() == 1, "first poll")
        self.stop()
        self.start(public=False)
        self.assertEqual(self.call("GET", "/websub/token?hub.mode=subscribe")[0], 404)
        self.assertEqual(self.asked(), [])


if __name__ == "__main__":
    unittest.main()
