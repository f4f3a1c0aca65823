"""A folder and a server with a feed for each carrier and class of hostile cases, and what the program makes of them."""
import json
import signal
import urllib.request

from carriers import CARRIERS, SITE
from cases import CASES
from program import FeedServer, Folder, free_port

KINDS = list(dict.fromkeys(case.kind for case in CASES))


def number_of(address):
    return int(address.rsplit("/", 1)[1])


def carrier_of(address):
    return address.removeprefix(SITE + "/").split("/")[0]


def case_of(address):
    return CASES[number_of(address)]


class HostileFeeds:
    def __init__(self, carriers, mail=""):
        self.carriers, self.service, self.address = carriers, None, None
        self.server = FeedServer()
        self.folder = Folder(mail=mail)
        toml = self.folder.path / "sotevahti.toml"
        text = toml.read_text("utf-8").replace('"1MiB"', '"8MiB"').replace('timeout = "3s"', 'timeout = "60s"')  # for some megabytes
        toml.write_text(text.replace('"127.0.0.1:0"', f'"127.0.0.1:{free_port()}"'), "utf-8")  # answers name their own address
        self.folder.feeds([(f"{c}-{k}", self.server.url(f"/{c}/{k}"), "") for c in carriers for k in KINDS])

    def publish(self, cases=tuple(CASES)):
        for kind in KINDS:
            for carrier in self.carriers:
                content_type, document = CARRIERS[carrier]([(n, c.whole) for n, c in enumerate(cases) if c.kind == kind])
                self.server.pages[f"/{carrier}/{kind}"] = (200, {"Content-Type": content_type}, document.encode("utf-8", "surrogatepass"))

    def tell_subscribers(self, *channels):
        """Archives nothing, then all of it, and tells a subscriber of each class by each channel."""
        self.publish([])
        self.folder.run("poll", "--all")
        for kind in KINDS:
            sources = "source:" + ",".join(f"{carrier}-{kind}" for carrier in self.carriers)
            self.folder.run("subscribers", "add", f"{kind}@yhdistys.example", "--lang", "fi")
            for channel in channels:
                self.folder.run("subscriptions", "add", f"{kind}@yhdistys.example", sources, "--rhythm", "immediate",
                                "--max-items", "200", *channel)
        self.publish()
        self.folder.run("poll", "--all")
        self.folder.let_time_pass(400)
        self.folder.run("digest", "send")

    def serve(self):
        self.service = self.folder.start("serve")
        self.address = self.service.stdout.readline().strip().rstrip("/")

    def get(self, path):
        with urllib.request.urlopen(path if path.startswith("http") else self.address + path, timeout=30) as answer:
            return answer.read().decode("utf-8")

    def all_of(self, path, member):
        """Of every page of an answer in JSON."""
        found = []
        while path:
            page = json.loads(self.get(path))
            found += page[member]
            path = page.get("next_url") or page.get("next")
        return found

    def end(self):
        if self.service:
            self.service.send_signal(signal.SIGTERM)
            self.service.communicate(timeout=20)
        self.server.shutdown()
        self.server.server_close()
        self.folder.remove()
