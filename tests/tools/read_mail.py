#!/usr/bin/env python3
"""Reads messages with email.policy.default and says what it sees; fails on any defect.

  read_mail.py FILE.eml...
"""
import sys
from email import policy
from email.parser import BytesParser


def report(name):
    with open(name, 'rb') as file:
        message = BytesParser(policy=policy.default).parse(file)
    parts = [message] + list(message.walk())
    defects = sum(len(part.defects) for part in parts)
    defects += sum(len(getattr(value, 'defects', ())) for part in parts for value in part.values())
    leaves = [part for part in message.walk() if not part.is_multipart()]
    print('defects: %d' % defects)
    print('subject: %s' % message['subject'])
    print('from: %s' % message['from'])
    print('to: %s' % message['to'])
    print('parts: %s' % ' '.join(part.get_content_type() for part in leaves))
    print('text: %s' % leaves[0].get_content().replace('\r\n', '\n').replace('\n', '|'))
    return defects


if __name__ == '__main__':
    sys.stdout.reconfigure(encoding='utf-8')
    sys.exit(1 if sum([report(name) for name in sys.argv[1:]]) else 0)
