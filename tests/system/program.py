"""The program under test, in a folder of its own, and servers for it to meet.

Everything is on 127.0.0.1. The program is the one that $SOTEVAHTI names.
"""
import base64
import contextlib
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time

PROGRAM = os.environ.get("SOTEVAHTI", str(pathlib.Path(__file__).resolve().parents[2] / "build/dev/sotevahti"))
SOURCE = pathlib.Path(__file__).resolve().parents[2]


class Folder:
    """A configuration and an archive that are gone at the end. `prepare` may put a disk under them."""

    def __init__(self, prepare=None, **settings):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="sotevahti-system-"))
        if prepare:
            prepare(self.path)
        (self.path / "feeds.d").mkdir()
        self.configure(**settings)

    def configure(self, mail="", web="", poll="", extra=""):
        (self.path / "sotevahti.toml").write_text(f"""
[archive]
path = "archive.db"
[feeds]
dir = "feeds.d"
[poll]
host_gap_ms = 0
{poll}
[net]
allow_feeds = ["127.0.0.0/8"]
allow_webhooks = ["127.0.0.0/8"]
allow_mail = ["127.0.0.0/8"]
timeout = "3s"
connect_timeout = "2s"
max_bytes = "1MiB"
[mail]
{mail or 'transport = "file"'}
[web]
listen = "127.0.0.1:0"
{web}
{extra}
""", "utf-8")

    def feeds(self, rows):
        text = ""
        for id, url, more in rows:
            text += f'[[feed]]\nid = "{id}"\ntitle = "{id}"\npublisher = "{id}"\nurl = "{url}"\n{more}\n\n'
        (self.path / "feeds.d" / "test.toml").write_text(text, "utf-8")

    def run(self, *arguments, status=0, stdin=None, env=None):
        done = subprocess.run([PROGRAM, "--config", str(self.path / "sotevahti.toml"), *map(str, arguments)],
                              capture_output=True, text=True, timeout=120, input=stdin,
                              env={**os.environ, **(env or {})})
        if status is not None and done.returncode != status:
            raise AssertionError(f"sotevahti {' '.join(map(str, arguments))}: exit {done.returncode}, wanted {status}\n"
                                 f"{done.stdout}\n{done.stderr}")
        return done

    def json_lines(self, *arguments, status=0):
        return [json.loads(line) for line in self.run(*arguments, "--json", status=status).stdout.splitlines()]

    def let_time_pass(self, seconds):
        """All that has happened happened so much longer ago."""
        with contextlib.closing(sqlite3.connect(self.path / "archive.db")) as archive, archive:
            archive.execute("UPDATE entries SET arrived = arrived - ?", (seconds,))
            archive.execute("UPDATE subscriptions SET since = since - ?1, window_start = window_start - ?1", (seconds,))
            archive.execute("UPDATE polls SET next_poll = next_poll - ?1, last_poll = last_poll - ?1", (seconds,))

    def start(self, *arguments, log=subprocess.PIPE):
        """A service in the background; its first line of output is the web's address."""
        return subprocess.Popen([PROGRAM, "--config", str(self.path / "sotevahti.toml"), *arguments],
                                stdout=subprocess.PIPE, stderr=log, text=True)

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class FeedServer(http.server.ThreadingHTTPServer):
    """Serves what `pages` holds: path -> (status, headers, body) or a function of the request."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address="127.0.0.1"):
        self.pages, self.seen = {}, []
        super().__init__((address, 0), _Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path, host="127.0.0.1"):
        return f"http://{host}:{self.server_address[1]}{path}"

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is part of the game


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = {"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body}
        self.server.seen.append(request)
        page = self.server.pages.get(self.path, (404, {}, b"not here"))
        if callable(page):
            page = page(request)
        if page is None:  # hang up
            self.close_connection = True
            return
        status, headers, body = page
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status not in (204, 304):
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def with_validator(body, content_type="application/rss+xml", gzip=False):
    """A page that knows its ETag and answers 304."""
    etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'

    def page(request):
        if request["headers"].get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        headers = {"ETag": etag, "Content-Type": content_type}
        if gzip and "gzip" in request["headers"].get("Accept-Encoding", ""):
            import gzip as packer
            return 200, {**headers, "Content-Encoding": "gzip"}, packer.compress(body)
        return 200, headers, body
    return page


def rss(title, items):
    """items: (guid, title, description, date or None)."""
    from xml.sax.saxutils import escape
    text = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{escape(title)}</title>'
    for guid, headline, description, date in items:
        text += (f"<item><guid>{escape(guid)}</guid><link>{escape(guid)}</link><title>{escape(headline)}</title>"
                 f"<description>{escape(description)}</description>"
                 + (f"<pubDate>{date}</pubDate>" if date else "") + "</item>")
    return (text + "</channel></rss>").encode()


def webhook_is_genuine(request, secret):
    """Standard Webhooks 1.0.0, by its text alone."""
    headers = {k.lower(): v for k, v in request["headers"].items()}
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + request["body"]
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    fresh = abs(time.time() - int(headers["webhook-timestamp"])) < 300
    return fresh and expected in headers["webhook-signature"].split(" ")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def secret_of(output):
    return re.search(r"whsec_[A-Za-z0-9+/=]+", output).group(0)
