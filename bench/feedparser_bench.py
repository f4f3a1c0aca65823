#!/usr/bin/env python3
"""feed_bench beside Python feedparser (Debian's python3-feedparser) on the same files.

  bench/feedparser_bench.py build/bench/bench/feed_bench FOLDER

FOLDER holds feed documents (make_feeds.py writes such). Of its files every n-th is
taken, MOST_FILES in all, since feedparser is slow; JSON Feed is left out, which it
cannot read. Both read exactly these on one core,
one after the other, three rounds; the figures are each one's best round in CPU time.
Ours is from the bytes to the model with sanitised HTML, and plain text of all of it.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import feedparser

ROUNDS = 3
MOST_FILES = 300


def ours(program, folder):
    environment = dict(os.environ, SOTEVAHTI_FEEDS=str(folder))
    done = subprocess.run([program, '--benchmark_filter=parse_with_plain_text', '--benchmark_format=json'],
                          env=environment, capture_output=True, check=True)
    return json.loads(done.stdout)['benchmarks'][0]['bytes_per_second'] / 1e6


def linked(files, folder):
    for number, file in enumerate(files):
        os.symlink(file.resolve(), os.path.join(folder, '%05d%s' % (number, file.suffix)))


def theirs(documents):
    begin = time.process_time()
    for document in documents:
        feedparser.parse(document)
    return sum(map(len, documents)) / 1e6 / (time.process_time() - begin)


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    files = sorted(f for f in folder.rglob('*') if f.is_file() and f.suffix not in ('.gz', '.json', '.toml'))
    files = files[::max(1, -(-len(files) // MOST_FILES))]
    documents = [file.read_bytes() for file in files]
    mine, other = [], []
    with tempfile.TemporaryDirectory() as sample:
        linked(files, sample)
        for _ in range(ROUNDS):
            mine.append(ours(program, sample))
            other.append(theirs(documents))
    print('%d files, %.1f MB' % (len(files), sum(map(len, documents)) / 1e6))
    print('sotevahti   %8.2f MB/s' % max(mine))
    print('feedparser  %8.2f MB/s (%s)' % (max(other), feedparser.__version__))
    print('ratio       %8.1f' % (max(mine) / max(other)))


if __name__ == '__main__':
    main()
