#!/usr/bin/python3
"""A site whose archive holds every hostile case by every carrier, for a browser to look at.

Prints one line of JSON: the site's address, its entries (page, carrier, case) and the folder of the mails'
HTML parts; serves until standard input ends.
"""
import email
import email.policy
import json
import signal
import sys
import urllib.request

from carriers import CARRIERS, SITE
from cases import CASES
from program import FeedServer, Folder

KINDS = list(dict.fromkeys(case.kind for case in CASES))


class HostileSite:
    def __init__(self, carriers):
        self.carriers = carriers
        self.server = FeedServer()
        self.folder = Folder()
        toml = self.folder.path / "sotevahti.toml"
        toml.write_text(toml.read_text("utf-8").replace('"1MiB"', '"8MiB"').replace('timeout = "3s"', 'timeout = "60s"'), "utf-8")
        self.folder.feeds([(f"{c}-{k}", self.server.url(f"/{c}/{k}"), "") for c in carriers for k in KINDS])
        self.publish([])
        self.folder.run("poll", "--all")
        for kind in KINDS:
            self.folder.run("subscribers", "add", f"{kind}@yhdistys.example", "--lang", "fi")
            self.folder.run("subscriptions", "add", f"{kind}@yhdistys.example", "source:" + ",".join(f"{c}-{kind}" for c in carriers),
                            "--rhythm", "immediate", "--max-items", "200")
        self.publish(CASES)
        self.folder.run("poll", "--all")
        self.folder.let_time_pass(400)
        self.folder.run("digest", "send")
        self.service = self.folder.start("serve")
        self.address = self.service.stdout.readline().strip().rstrip("/")

    def publish(self, cases):
        for kind in KINDS:
            for carrier in self.carriers:
                content_type, document = CARRIERS[carrier]([(n, c.whole) for n, c in enumerate(cases) if c.kind == kind])
                self.server.pages[f"/{carrier}/{kind}"] = (200, {"Content-Type": content_type}, document.encode())

    def entries(self):
        path, found = "/api/v1/entries?q=story:all&limit=500", []
        while path:
            with urllib.request.urlopen(path if path.startswith("http") else self.address + path, timeout=30) as answer:
                page = json.load(answer)
            for entry in page["entries"]:
                carrier, number = entry["url"].removeprefix(SITE + "/").split("/")
                found.append({"path": f"/entry/{entry['id']}", "id": entry["id"], "carrier": carrier, "html": CASES[int(number)].html[:200]})
            path = page.get("next_url") or page.get("next")
        return found

    def letters(self):
        """The HTML parts of what was mailed, as files."""
        files = []
        for mail in sorted(self.folder.path.rglob("*.eml")):
            message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
            html = mail.with_suffix(".html")
            html.write_text(message.get_body(("html",)).get_content(), "utf-8")
            files.append(str(html))
        return files

    def end(self):
        self.service.send_signal(signal.SIGTERM)
        self.service.communicate(timeout=20)
        self.server.shutdown()
        self.server.server_close()
        self.folder.remove()


if __name__ == "__main__":
    site = HostileSite(sys.argv[1:] or list(CARRIERS))
    try:
        print(json.dumps({"address": site.address, "entries": site.entries(), "letters": site.letters()}), flush=True)
        sys.stdin.read()
    finally:
        site.end()
