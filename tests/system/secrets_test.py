"""Secrets are in the file that holds them, and in nothing that the program says: not when they are refused either."""
import base64
import re
import select
import unittest
import urllib.error
import urllib.request

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from program import Folder, FeedServer, free_port, rss, secret_of, with_validator

PASSWORD = "kuusi-Palaa-7391"
PAGES = ("/", "/feeds", "/metrics", "/healthz", "/readyz", "/api/v1/entries", "/deadlines", "/coverage")
SENDING = (("digest", "build"), ("subscriptions", "test", "2"), ("digest", "send"))
ASKING = (("config", "show"), ("check",), ("stats",), ("outbox", "list"), ("outbox", "list", "--json"), ("subscribers", "list", "--json"),
          ("subscriptions", "list"), ("subscriptions", "list", "--json"), ("subscribers", "export", "anna@yhdistys.example"))


class Relay:
    """Asks for a password, and takes none."""

    def __init__(self):
        self.seen = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port(), authenticator=self.refuse, auth_require_tls=False,
                                     auth_required=True)
        self.controller.start()

    def refuse(self, server, session, envelope, mechanism, data):
        self.seen.append(data.password.decode())
        return AuthResult(success=False, handled=False)


class Secrets(unittest.TestCase):
    def setUp(self):
        self.relay = Relay()
        self.addCleanup(self.relay.controller.stop)
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.server.pages["/hook"] = (500, {}, b"not today")
        self.folder = Folder(mail=f'transport = "smtp"\nurl = "smtp://127.0.0.1:{self.relay.controller.port}"\ntls = "none"\n'
                                  'from = "sote@yhdistys.example"\nusername = "sote"\npassword_file = "password"')
        self.addCleanup(self.folder.remove)
        (self.folder.path / "password").write_text(PASSWORD)
        (self.folder.path / "password").chmod(0o600)

    def page(self, address):
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.read().decode("utf-8", "replace")

    def served(self, log):
        service = self.folder.start("run", log=log)
        try:
            self.assertTrue(select.select([service.stdout], [], [], 30)[0])
            web = re.search(r"http://\S+", service.stdout.readline())[0].rstrip("/")
            return "".join(self.page(web + path) for path in PAGES)
        finally:
            service.terminate()
            service.wait(30)
            service.stdout.close()

    def test_are_in_nothing_that_is_said(self):
        self.server.pages["/a"] = with_validator(rss("A", [("https://a.example/1", "Vanha", "<p>Teksti.</p>", None)]))
        self.folder.feeds([("a", self.server.url("/a"), 'area = "pirkanmaa"\nlang = "fi"')])
        self.folder.run("poll", "--all")
        self.folder.run("subscribers", "add", "anna@yhdistys.example", "--lang", "fi")
        self.folder.run("subscriptions", "add", "anna@yhdistys.example", "aluevaltuusto", "--rhythm", "immediate")
        secret = secret_of(self.folder.run("subscriptions", "add", "anna@yhdistys.example", "aluevaltuusto", "--rhythm", "immediate",
                                           "--webhook", self.server.url("/hook")).stdout)
        self.server.pages["/a"] = with_validator(rss("A", [("https://a.example/2", "Aluevaltuusto kokoontui", "<p>Teksti.</p>", None)]))
        self.folder.run("poll", "--all")
        self.folder.let_time_pass(120)
        log = self.folder.path / "log"
        done = [self.folder.run(*command, status=None) for command in SENDING]
        self.assertTrue(any(each["path"] == "/hook" for each in self.server.seen), done)
        self.assertEqual(set(self.relay.seen), {PASSWORD}, done)
        with log.open("w") as out:
            said = self.served(out)
        done += [self.folder.run(*command, status=None) for command in ASKING]
        said += log.read_text() + "".join(each.stdout + each.stderr for each in done)
        self.assertIn("anna@yhdistys.example", said)
        in_auth = base64.b64encode(f"\0sote\0{PASSWORD}".encode()).decode()
        for hidden in (PASSWORD, in_auth, secret, secret.removeprefix("whsec_")):
            self.assertNotIn(hidden, said)
        for file in self.folder.path.glob("archive.db*"):
            self.assertNotIn(PASSWORD.encode(), file.read_bytes())


if __name__ == "__main__":
    unittest.main()
