#!/usr/bin/python3
"""A real SMTP server (aiosmtpd) on loopback that answers by a script and keeps what it takes.

  smtp_sink.py FOLDER [SCRIPT.json]

Prints its port, then serves until standard input ends. Each message taken is written to
FOLDER as NNNNNN.eml, its envelope as NNNNNN.json. SCRIPT maps a recipient, or "*", to the
answers that it gets one after the other, then "250": "450 4.2.0 busy" or "550 5.1.1 unknown"
to RCPT, "data 451 4.3.0 later" to the data, "drop" closes without an answer to the data.
"""
import asyncio
import json
import pathlib
import sys

from aiosmtpd.smtp import SMTP


class Sink:
    def __init__(self, folder, script):
        self.folder = pathlib.Path(folder)
        self.script = script
        self.taken = 0

    def next_answer(self, recipient, wanted):
        for name in (recipient, '*'):
            answers = self.script.get(name)
            if answers and wanted(answers[0]):
                return answers.pop(0)
        return None

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.next_answer(address, lambda text: text[0].isdigit())
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        answer = self.next_answer(envelope.rcpt_tos[0], lambda text: not text[0].isdigit())
        if answer == 'drop':
            server.transport.abort()
            return '421 gone'
        if answer:
            return answer.removeprefix('data ')
        self.taken += 1
        (self.folder / f'{self.taken:06}.eml').write_bytes(envelope.original_content)
        (self.folder / f'{self.taken:06}.json').write_text(
            json.dumps({'from': envelope.mail_from, 'to': envelope.rcpt_tos}))
        return '250 OK'


async def serve(sink):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(sink), '127.0.0.1', 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main(folder, script=None):
    answers = json.loads(pathlib.Path(script).read_text()) if script else {}
    asyncio.run(serve(Sink(folder, answers)))


if __name__ == '__main__':
    main(*sys.argv[1:])
