#!/usr/bin/python3
"""A strict receiver of Standard Webhooks on loopback.

  webhook_receiver.py FOLDER SECRET NOW [STATUS...]

Prints its port, then serves until standard input ends. A request whose signature, id or
timestamp (more than five minutes from NOW, unix seconds) is wrong gets 401. The others get
each STATUS in turn, then 204; those answered 2xx are written to FOLDER as ID.json.
"""
import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import sys
import threading


class Receiver(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder, secret, now, statuses):
        super().__init__(('127.0.0.1', 0), Handler)
        self.folder = pathlib.Path(folder)
        self.key = base64.b64decode(secret.removeprefix('whsec_'))
        self.now = int(now)
        self.statuses = [int(status) for status in statuses]
        self.lock = threading.Lock()

    def fault(self, headers, body):
        name = headers.get('webhook-id', '')
        timestamp = headers.get('webhook-timestamp', '')
        if not name or '.' in name or not timestamp.isdigit():
            return 'no id or timestamp'
        if abs(int(timestamp) - self.now) > 300:
            return 'an old or early timestamp'
        signed = f'{name}.{timestamp}.'.encode() + body
        expected = 'v1,' + base64.b64encode(hmac.new(self.key, signed, hashlib.sha256).digest()).decode()
        given = headers.get('webhook-signature', '').split(' ')
        if not any(hmac.compare_digest(expected, one) for one in given):
            return 'no signature that fits'
        event = json.loads(body)
        return None if {'type', 'timestamp', 'data'} <= event.keys() else 'no event'


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('content-length', 0)))
        fault = self.server.fault(self.headers, body)
        with self.server.lock:
            status = 401 if fault else self.server.statuses.pop(0) if self.server.statuses else 204
        if 200 <= status < 300:
            (self.server.folder / (self.headers['webhook-id'] + '.json')).write_bytes(body)
        answer = (fault or '').encode()
        self.send_response(status)
        self.send_header('content-length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


def main(folder, secret, now, *statuses):
    receiver = Receiver(folder, secret, now, statuses)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    print(receiver.server_port, flush=True)
    sys.stdin.read()
    receiver.shutdown()


if __name__ == '__main__':
    main(*sys.argv[1:])
