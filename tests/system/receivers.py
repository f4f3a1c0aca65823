"""Receivers that others wrote or that read the standards strictly, for what the program sends."""
import asyncio
import collections
import email.policy
import http.server
import json
import re
import threading
import time
from email.parser import BytesParser

from aiosmtpd.controller import Controller

from program import free_port, secret_of, webhook_is_genuine


class Mailbox:
    """A real SMTP server (aiosmtpd). `script` maps a recipient to the answers that he gets in turn,
    then "250": "450 busy" or "550 unknown" to RCPT, "data 451 later" to the data, "drop" hangs up
    after the data, "slow" takes its time. What was answered 250, or was dropped after it came whole,
    stands in `kept` as (recipient, message id, bytes)."""

    def __init__(self, script=None, starttls_at_all=True):
        self.script, self.kept, self.lock = script or {}, [], threading.Lock()
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self.controller.start()
        self.url = f"smtp://127.0.0.1:{self.controller.port}"

    def stop(self):
        self.controller.stop()

    def start_again(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.controller.port)
        self.controller.start()

    def next_answer(self, recipient, to_rcpt):
        answers = self.script.get(recipient)
        if answers and answers[0][0].isdigit() == to_rcpt:
            return answers.pop(0)
        return None

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.next_answer(address, True)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        recipient = envelope.rcpt_tos[0]
        answer = self.next_answer(recipient, False)
        if answer and answer.startswith("data "):
            return answer.removeprefix("data ")
        if answer == "slow":
            await asyncio.sleep(2)
        self.keep(recipient, envelope.original_content)
        if answer == "drop":
            server.transport.abort()
            return "421 gone"
        return "250 kept"

    def keep(self, recipient, content):
        with self.lock:
            self.kept.append((recipient, re.search(rb"^Message-ID: (<[^>]+>)", content, re.M)[1].decode(), content))


def faults_of(content):
    """What a strict reader finds wrong with a mail as it came over the wire."""
    faults = []
    if re.search(rb"\r(?!\n)|(?<!\r)\n", content):
        faults.append("a bare CR or LF")
    if max(len(line) for line in content.split(b"\r\n")) > 998:
        faults.append("a line over 998 octets")
    if any(byte > 127 for byte in content):
        faults.append("an octet beyond ASCII")
    message = BytesParser(policy=email.policy.default).parsebytes(content)
    for part in message.walk():
        faults += [repr(defect) for defect in part.defects]
        faults += [f"{name}: {defect!r}" for name, value in part.items() for defect in getattr(value, "defects", ())]
    unsubscribe = re.findall(rb"^List-Unsubscribe: <https?://[^\r\n ]+>\r\n", content, re.M)
    if "List-Id" in message and len(unsubscribe) != 1:
        faults.append("List-Unsubscribe is not one line")
    if len(message.get_body(("html",)).get_content().encode()) > 90_000:
        faults.append("HTML over 90 kB")
    return faults


def text_of(content):
    message = BytesParser(policy=email.policy.default).parsebytes(content)
    return message.get_body(("plain",)).get_content()


class HookReceiver(http.server.ThreadingHTTPServer):
    """Standard Webhooks 1.0.0 by its text. `secrets` by path; each path answers `answers[path]` in turn, then
    204. What is wrong stands in `faults`, what was taken in `kept` as (path, id, event)."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self):
        self.secrets, self.answers, self.kept, self.faults = {}, collections.defaultdict(list), [], []
        self.pause = 0  # in seconds, before each answer
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Hook)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def stop(self):
        self.shutdown()
        self.server_close()

    def fault(self, path, headers, body):
        if "." in headers.get("webhook-id", "."):
            return "id"
        if headers.get("content-type") != "application/json":
            return "content type"
        if not webhook_is_genuine({"headers": headers, "body": body}, self.secrets[path]):
            return "timestamp or signature"
        event = json.loads(body)
        whole = {"type", "timestamp", "data"} == event.keys() and isinstance(event["data"], dict)
        return None if whole and re.fullmatch(r"[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*", event["type"]) else "event"


class _Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        server = self.server
        fault = server.fault(self.path, self.headers, body)
        time.sleep(server.pause)
        with server.lock:
            status = server.answers[self.path].pop(0) if server.answers[self.path] else 204
            if fault:
                server.faults.append((self.path, fault))
                status = 401
            elif 200 <= status < 300:
                server.kept.append((self.path, self.headers["webhook-id"], json.loads(body)))
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


def subscribe_everybody(folder, receiver, readers, hooks):
    """So many readers who take everything at once by mail, the first `hooks` of them by webhook too."""
    for reader in range(readers):
        folder.run("subscribers", "add", f"reader{reader}@x.example")
        folder.run("subscriptions", "add", f"reader{reader}@x.example", "", "--rhythm", "immediate")
    for hook in range(hooks):
        added = folder.run("subscriptions", "add", f"reader{hook}@x.example", "", "--rhythm", "immediate",
                           "--webhook", receiver.url(f"/hook{hook}"))
        receiver.secrets[f"/hook{hook}"] = secret_of(added.stdout)
