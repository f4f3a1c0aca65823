#!/usr/bin/env python3
"""The service with a large archive: large_archive.py BUILD FOLDER

FOLDER has the archive and its questions, as growth.py and search_peers.py leave them. How long a start takes, what the
service costs at rest with 1,000 and 20,000 feeds, and pages under load while polling goes on (this one adds entries to
the archive, so it comes last). Writes FOLDER/service.json.
"""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def lines_of(script, *arguments):
    done = subprocess.run([sys.executable, HERE / script, *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    build, folder = (pathlib.Path(each).resolve() for each in sys.argv[1:3])
    program, archive = build / "sotevahti", folder / "archive.db"
    *rest, start = lines_of("rest_bench.py", program, 1000, 20000, "--archive", archive)
    alone, load = lines_of("web_bench.py", program, archive, folder / "questions.tsv")
    (folder / "service.json").write_text(json.dumps({"rest": rest, "start": start, "alone": alone["alone"], "load": load}, indent=1))


if __name__ == "__main__":
    main()
