"""A name whose DNS answers turn to this machine between two questions, by a DNS server of the test's own.

It answers on port 53 of a network namespace, named in a resolv.conf of a mount namespace, which needs root; without it
this is skipped, and net.Rebinding shows the same below the resolver.
"""
import collections
import ctypes
import fcntl
import http.server
import os
import pathlib
import socket
import struct
import subprocess
import threading
import unittest

from program import Folder, FeedServer, rss

NEW_NAMESPACES = 0x00020000 | 0x40000000  # mounts, network
SET_FLAGS, UP = 0x8914, 0x1
STRANGER, CANARY = "127.0.0.9", "127.0.0.1"


def may_isolate():
    """For this thread and its children; nothing is seen outside, and all is gone at the end."""
    if os.geteuid() != 0 or ctypes.CDLL(None).unshare(NEW_NAMESPACES) != 0:
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh22x", b"lo", UP))
    return subprocess.run(["mount", "--make-rprivate", "/"], capture_output=True).returncode == 0


MAY_ISOLATE = may_isolate()


class Names(threading.Thread):
    """A DNS server (RFC 1035) that gives each name's addresses in turn, the last one for ever, to be kept by nobody."""

    def __init__(self, addresses):
        super().__init__(daemon=True)
        self.addresses, self.asked = addresses, collections.Counter()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))

    def run(self):
        while True:
            try:
                query, client = self.socket.recvfrom(512)
            except OSError:
                return
            self.socket.sendto(self.answer(query), client)

    def answer(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode())
            at += 1 + query[at]
        question, (kind,) = query[12:at + 5], struct.unpack("!H", query[at + 1:at + 3])
        name, record = ".".join(labels), b""
        if kind == 1 and name in self.addresses:
            turns = self.addresses[name]
            address = turns[min(self.asked[name], len(turns) - 1)]
            self.asked[name] += 1
            record = b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 0, 4) + socket.inet_aton(address)
        return query[:2] + struct.pack("!HHHHH", 0x8580, 1, len(record) > 0, 0, 0) + question + record


class Canary(http.server.ThreadingHTTPServer):
    """At the strangers' port, on this machine: counts who connects."""

    daemon_threads = True

    def __init__(self, port):
        self.connections = 0
        super().__init__((CANARY, port), http.server.BaseHTTPRequestHandler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def verify_request(self, request, client_address):
        self.connections += 1
        return False


@unittest.skipUnless(MAY_ISOLATE, "namespaces of its own are not allowed here")
class Rebinding(unittest.TestCase):
    def setUp(self):
        self.server = FeedServer(STRANGER)
        self.canary = Canary(self.server.server_address[1])
        self.names = Names({"honest.example": [STRANGER], "turns.example": [STRANGER, CANARY], "ours.example": [CANARY]})
        self.folder = Folder()
        for stop in (self.folder.remove, self.names.socket.close, self.canary.server_close, self.canary.shutdown,
                     self.server.server_close, self.server.shutdown):
            self.addCleanup(stop)
        settings = self.folder.path / "sotevahti.toml"
        settings.write_text(settings.read_text("utf-8").replace('allow_feeds = ["127.0.0.0/8"]',
                                                                f'allow_feeds = ["{STRANGER}/32"]'), "utf-8")
        resolver = self.folder.path / "resolv.conf"
        resolver.write_text("nameserver 127.0.0.1\noptions timeout:2 attempts:2\n", "utf-8")
        subprocess.run(["mount", "--bind", str(resolver), str(pathlib.Path("/etc/resolv.conf").resolve())], check=True)
        self.addCleanup(subprocess.run, ["umount", str(pathlib.Path("/etc/resolv.conf").resolve())])
        self.names.start()

    def test_no_connection_to_this_machine(self):
        news = (200, {"Content-Type": "application/rss+xml"}, rss("F", [("https://a.example/1", "Uutinen", "x", None)]))
        self.server.pages["/f"] = news
        self.server.pages["/moved"] = (302, {"Location": self.server.url("/f", "ours.example")}, b"")
        self.folder.feeds([("honest", self.server.url("/f", "honest.example"), ""),
                           ("turns", self.server.url("/f", "turns.example"), ""),
                           ("redirected", self.server.url("/moved", "honest.example"), "")])
        self.folder.run("poll", "--all", status=None)
        self.assertEqual(self.states(), {"honest": "fresh", "turns": "fresh", "redirected": "blocked-address"})
        self.folder.run("poll", "--all", status=None)
        self.assertEqual(self.states(), {"honest": "fresh", "turns": "blocked-address", "redirected": "blocked-address"})
        self.assertEqual(self.names.asked["turns.example"], 2)
        self.assertGreaterEqual(self.names.asked["ours.example"], 2)
        self.assertEqual(self.canary.connections, 0)

    def states(self):
        return {feed["id"]: feed.get("cause", feed["state"]) for feed in self.folder.json_lines("feeds", "list")}


if __name__ == "__main__":
    unittest.main()
