#!/usr/bin/python3
"""A site whose archive holds every hostile case by some carriers, for a browser to look at.

Prints one line of JSON: the site's address, its entries (page, carrier, case) and the HTML parts of
the mails, as files; serves until standard input ends.
"""
import email
import email.policy
import json
import sys

from carriers import CARRIERS
from hostile_feeds import HostileFeeds, carrier_of, case_of


def letters_of(folder):
    files = []
    for mail in sorted(folder.path.rglob("*.eml")):
        message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
        html = mail.with_suffix(".html")
        html.write_text(message.get_body(("html",)).get_content(), "utf-8")
        files.append(str(html))
    return files


if __name__ == "__main__":
    feeds = HostileFeeds(sys.argv[1:] or list(CARRIERS))
    try:
        feeds.tell_subscribers(())
        feeds.serve()
        entries = [{"path": f"/entry/{entry['id']}", "carrier": carrier_of(entry["url"]), "html": case_of(entry["url"]).html[:200]}
                   for entry in feeds.all_of("/api/v1/entries?q=story:all&limit=500", "entries")]
        print(json.dumps({"address": feeds.address, "entries": entries, "letters": letters_of(feeds.folder)}), flush=True)
        sys.stdin.read()
    finally:
        feeds.end()
