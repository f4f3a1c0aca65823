"""Other engines that are asked the same as sotevahti: SQLite's FTS5 with unicode61, PostgreSQL's finnish tsvector.

Each makes its index in a folder from that folder's texts.tsv (as grow_archive writes it), once, and gives the newest
entries with snippets; areas, topics and days are ordinary indexed columns where the engine's text index has no place
for them. PostgreSQL (Debian's postgresql-15) is started on a Unix socket in the folder and stopped by close(); as
root it runs as the user postgres.
"""
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import time

POSTGRES = pathlib.Path("/usr/lib/postgresql/15/bin")
WORDS = re.compile(r'(?:near:)?"[^"]*"|\(|\)|\S+')


def parts_of(filter):
    """A filter of questions.py as (kind, value) pairs; the alternatives of an OR are one part."""
    tokens, parts = WORDS.findall(filter), []
    for token in tokens:
        if token in ("(", ")", "OR"):
            continue
        if token[0] == "-":
            parts.append(("not", token[1:]))
        elif token[0] == "=":
            parts.append(("word", token[1:]))
        elif token.startswith("near:"):
            parts.append(("near", token[5:].strip('"')))
        elif token[0] == '"':
            parts.append(("phrase", token.strip('"')))
        elif ":" in token:
            parts.append(tuple(token.split(":", 1)))
        elif token[-1] == "*":
            parts.append(("prefix", token[:-1]))
        else:
            parts.append(("word", token))
    if "OR" in tokens:
        return [("either", [value for _, value in parts])]
    return parts


def entries(folder):
    with open(folder / "texts.tsv", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


class Plain:
    """SQLite's FTS5 as it comes, entries and their tags in tables beside it."""
    name = "FTS5 unicode61"

    def __init__(self, folder):
        file = folder / "plain.db"
        made = file.exists()
        self.db = sqlite3.connect(file)
        self.db.execute("PRAGMA mmap_size = 268435456")
        if not made:
            self.fill(folder)
        self.newest = self.db.execute("SELECT max(day) FROM entries").fetchone()[0]

    def fill(self, folder):
        self.db.executescript("""CREATE TABLE entries(id INTEGER PRIMARY KEY, day TEXT, title TEXT, text TEXT);
            CREATE TABLE tags(tag TEXT, entry INTEGER, PRIMARY KEY(tag, entry)) WITHOUT ROWID;
            CREATE VIRTUAL TABLE words USING fts5(title, text, content='entries', content_rowid='id',
                                                  tokenize='unicode61 remove_diacritics 0');""")
        for number, day, _, areas, topics, title, text in entries(folder):
            self.db.execute("INSERT INTO entries VALUES(?, ?, ?, ?)", (int(number) + 1, day, title, text))
            self.db.execute("INSERT INTO words(rowid, title, text) VALUES(?, ?, ?)", (int(number) + 1, title, text))
            self.db.executemany("INSERT OR IGNORE INTO tags VALUES(?, ?)",
                                [(tag, int(number) + 1) for tag in (areas + " " + topics).split()])
        self.db.execute("CREATE INDEX by_day ON entries(day)")
        self.db.commit()
        self.db.execute("INSERT INTO words(words) VALUES('optimize')")
        self.db.commit()

    def ask(self, filter, most=20):
        """The numbers of what was found, and the CPU milliseconds of it."""
        match, where, values = [], [], []
        for kind, value in parts_of(filter):
            if kind == "either":
                match.append("(" + " OR ".join(f'"{each}"' for each in value) + ")")
            elif kind in ("word", "phrase"):
                match.append(f'"{value}"')
            elif kind == "near":
                match.append("NEAR(" + " ".join(f'"{each}"' for each in value.split()) + ", 10)")
            elif kind == "prefix":
                match.append(f'"{value}"*')
            elif kind in ("area", "topic"):
                where.append("EXISTS (SELECT 1 FROM tags WHERE tag = ? AND entry = e.id)")
                values.append(value)
            elif kind == "since":
                where.append("e.id >= (SELECT id FROM entries WHERE day >= "
                             + ("?" if "-" in value else f"date('{self.newest}', ?)") + " ORDER BY day, id LIMIT 1)")
                values.append(value if "-" in value else f"-{value[:-1]} days")
            elif kind == "until":
                where.append("e.id <= (SELECT id FROM entries WHERE day <= ? ORDER BY day DESC, id DESC LIMIT 1)")
                values.append(value)
        expression = " AND ".join(match)
        for kind, value in parts_of(filter):
            if kind == "not":
                expression = f'({expression}) NOT "{value}"'
        if expression:
            sql = "SELECT e.id, e.title, snippet(words, 1, '[', ']', '…', 28) FROM words CROSS JOIN entries e ON e.id = words.rowid WHERE words MATCH ?"
            values.insert(0, expression)
            order = "words.rowid"
        else:
            sql, order = "SELECT e.id, e.title, substr(e.text, 1, 200) FROM entries e WHERE 1", "e.id"
        sql += "".join(" AND " + each.replace("e.id", order, 1) if expression else " AND " + each for each in where)
        begin = time.thread_time()
        found = self.db.execute(f"{sql} ORDER BY {order} DESC LIMIT {most}", values).fetchall()
        return [row[0] - 1 for row in found], (time.thread_time() - begin) * 1e3

    def close(self):
        self.db.close()


class Postgres:
    """A GIN index over tsvectors, arrays for the tags."""
    name = "PostgreSQL 15 finnish"

    def __init__(self, folder):
        self.home = folder.resolve() / "postgres"
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        made = self.home.exists()
        if not made:
            self.home.mkdir()
            if self.user:
                shutil.chown(self.home, "postgres")
            self.run(POSTGRES / "initdb", "-D", self.home, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "-U", "bench")
        options = (f"-c listen_addresses= -c unix_socket_directories={self.home} -c shared_buffers=256MB -c work_mem=32MB "
                   "-c maintenance_work_mem=256MB -c max_parallel_workers_per_gather=0 -c jit=off -c fsync=off")
        self.run(POSTGRES / "pg_ctl", "-D", self.home, "-w", "-l", self.home / "log", "-o", options, "start")
        self.psql = subprocess.Popen([*self.user, POSTGRES / "psql", "-h", self.home, "-U", "bench", "-d", "postgres", "-AtqX"],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        if not made:
            self.fill(folder)
        self.say("SET default_text_search_config = 'finnish'; SET client_min_messages = warning")
        self.backend = int(self.say("SELECT pg_backend_pid()")[0])
        self.newest = self.say("SELECT max(day) FROM entries")[0]

    def run(self, *command):
        subprocess.run([*self.user, *map(str, command)], check=True, stdout=subprocess.DEVNULL)

    def say(self, sql):
        self.psql.stdin.write(sql + ";\n\\echo -end-\n")
        self.psql.stdin.flush()
        lines = []
        while (line := self.psql.stdout.readline().rstrip("\n")) != "-end-":
            lines.append(line)
        return lines

    def fill(self, folder):
        self.say("CREATE UNLOGGED TABLE entries(id bigint PRIMARY KEY, day date, areas text[], topics text[], title text, text text, "
                 "words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('finnish'::regconfig, title), 'A') || "
                 "to_tsvector('finnish'::regconfig, text)) STORED)")
        self.psql.stdin.write("COPY entries(id, day, areas, topics, title, text) FROM stdin;\n")
        for number, day, _, areas, topics, title, text in entries(folder):
            arrays = ["{" + ",".join(each.split()) + "}" for each in (areas, topics)]
            self.psql.stdin.write("\t".join([number, day, *arrays, title, text]) + "\n")
        self.psql.stdin.write("\\.\n")
        for index in ("gin(words)", "gin(areas)", "gin(topics)", "btree(day)"):
            self.say(f"CREATE INDEX ON entries USING {index}")
        self.say("ALTER TABLE entries ALTER words SET STATISTICS 10000")  # else its planner takes rare words for common ones
        self.say("VACUUM ANALYZE entries")

    def ask(self, filter, most=20):
        """The numbers of what was found, and the CPU milliseconds of it."""
        match, where = [], []
        quote = lambda text: "'" + text.replace("'", "''") + "'"
        for kind, value in parts_of(filter):
            if kind == "either":
                match.append("(" + " || ".join(f"plainto_tsquery({quote(each)})" for each in value) + ")")
            elif kind in ("word", "near"):
                match.append(f"plainto_tsquery({quote(value)})")
            elif kind == "not":
                match.append(f"!!plainto_tsquery({quote(value)})")
            elif kind == "phrase":
                match.append(f"phraseto_tsquery({quote(value)})")
            elif kind == "prefix":
                match.append(f"to_tsquery('simple', {quote(value + ':*')})")
            elif kind in ("area", "topic"):
                where.append(f"{kind}s @> ARRAY[{quote(value)}]")
            elif kind == "since":
                where.append(f"day >= {quote(value)}" if "-" in value else f"day >= date {quote(self.newest)} - {value[:-1]}")
            elif kind == "until":
                where.append(f"day <= {quote(value)}")
        if match:
            where.insert(0, f"words @@ ({' && '.join(match)})")
        shown = f"ts_headline(text, {' && '.join(match)})" if match else "left(text, 200)"
        sql = (f"SELECT id, {shown} FROM (SELECT id, text FROM entries WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT {most}) newest")
        before = self.cpu()
        found = self.say(sql)
        return [int(line.split("|", 1)[0]) for line in found], (self.cpu() - before) / 1e6

    def cpu(self):
        return int(pathlib.Path(f"/proc/{self.backend}/schedstat").read_text().split()[0])

    def close(self):
        self.psql.stdin.close()
        self.psql.wait()
        self.run(POSTGRES / "pg_ctl", "-D", self.home, "-m", "fast", "stop")
