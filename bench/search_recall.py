#!/usr/bin/env python3
"""How much of what was asked for is found: search_recall.py BUILD FOLDER

The questions and entries of tests/data/search_questions.tsv, asked of sotevahti (the entries polled from a feed on
loopback, the questions by `sotevahti search`), of FTS5 with unicode61 and of PostgreSQL. Writes
FOLDER/recall.json.
"""
import html
import json
import pathlib
import shutil
import subprocess
import sys
from email.utils import format_datetime
from datetime import datetime, timezone

from catalogue import SOURCE
from search_engines import Plain, Postgres
from service import PORT, Feeds


def rows(file):
    for line in (SOURCE / "tests/data" / file).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


class OneFeed(Feeds):
    def body(self, feed, round):
        items = "".join(f"<item><guid>http://127.0.0.1/{id}</guid><link>http://127.0.0.1/{id}</link><title>{html.escape(title)}</title>"
                        f"<description>{html.escape(text)}</description><pubDate>"
                        f"{format_datetime(datetime.fromisoformat(day).replace(tzinfo=timezone.utc))}</pubDate></item>"
                        for id, _, day, title, text in rows("search_entries.tsv"))
        return f'<rss version="2.0"><channel><title>Kysymyksiä varten</title>{items}</channel></rss>'.encode()


class Sotevahti:
    name = "sotevahti"

    def __init__(self, program, folder):
        OneFeed()
        (folder / "feeds.d").mkdir()
        (folder / "feeds.d/feeds.toml").write_text(f'[[feed]]\nid = "sample"\ntitle = "Sample"\npublisher = "Sample"\n'
                                                   f'url = "http://127.0.0.1:{PORT}/sample"\nkind = "news"\n')
        (folder / "sotevahti.toml").write_text('[archive]\npath = "archive.db"\n[feeds]\ndir = "feeds.d"\n[net]\n'
                                               'allow_feeds = ["127.0.0.0/8"]\n')
        self.command = [program, "--config", folder / "sotevahti.toml"]
        subprocess.run([*self.command, "poll", "--all"], check=True, stdout=subprocess.DEVNULL)

    def ask(self, question):
        done = subprocess.run([*self.command, "search", "--json", "--limit", "1000", "story:all", question], stdout=subprocess.PIPE, text=True)
        return {json.loads(line)["url"].rsplit("/", 1)[1] for line in done.stdout.splitlines()}


class Other:
    """An engine that knows entries by their numbers."""

    def __init__(self, engine, ids):
        self.engine, self.ids, self.name = engine, ids, engine.name

    def ask(self, question):
        return {self.ids[number] for number in self.engine.ask(question, 1000)[0]}


def main():
    build, folder = map(pathlib.Path, sys.argv[1:3])
    place = folder / "recall"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    entries = list(rows("search_entries.tsv"))
    (place / "texts.tsv").write_text("".join(f"{number}\t{day}\t{lang}\t\t\t{title}\t{text}\n"
                                             for number, (_, lang, day, title, text) in enumerate(entries)), "utf-8")
    ids = [row[0] for row in entries]
    questions = [(question, set(answers.split())) for question, answers in rows("search_questions.tsv")]
    others = [Plain(place), Postgres(place)]
    results = {"questions": len(questions)}
    for engine in (Sotevahti(build.resolve() / "sotevahti", place), *(Other(each, ids) for each in others)):
        wanted = found = right = 0
        for question, answers in questions:
            given = engine.ask(question)
            wanted, found, right = wanted + len(answers), found + len(given), right + len(given & answers)
        results[engine.name] = {"recall": right / wanted, "precision": right / max(1, found)}
    for engine in others:
        engine.close()
    (folder / "recall.json").write_text(json.dumps(results, indent=1))
    print(json.dumps(results))


if __name__ == "__main__":
    main()
