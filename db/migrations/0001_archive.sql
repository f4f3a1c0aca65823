-- The archive's first schema. Times are seconds since 1970 in UTC, days are ISO texts.
--
-- An entry's id is the day it is shown under, times 131,072, plus its number in that
-- day (src/archive/entry_id.h). So every index that ends in an entry's id, and the
-- full-text index too, reads newest first without sorting.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- Names that the dictionary does not know, with their genitives (of tags.d): every connection
-- must analyse words as the index was made.
CREATE TABLE names (
  nominative TEXT PRIMARY KEY,
  genitive TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the catalogue says of a feed, and its state between polls.
CREATE TABLE feeds (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL DEFAULT '',
  publisher TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'news',
  role TEXT NOT NULL DEFAULT '',
  lang TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  catalogue_url TEXT NOT NULL DEFAULT '',
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  body_hash INTEGER NOT NULL DEFAULT 0,
  next_poll INTEGER NOT NULL DEFAULT 0,
  last_poll INTEGER,
  last_success INTEGER,
  last_new_entry INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  failing_since INTEGER,
  failure_cause TEXT,
  failure_detail TEXT,
  interval INTEGER NOT NULL DEFAULT 0,
  redirect_to TEXT NOT NULL DEFAULT '',
  redirect_since INTEGER,
  discovered_at INTEGER,
  permanent_from TEXT NOT NULL DEFAULT '',
  polls INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  entries INTEGER NOT NULL DEFAULT 0,
  first_poll_done INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What a list shows of an entry. `areas` and `topics` are ids with a space between.
CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  feed INTEGER NOT NULL REFERENCES feeds(number),
  story INTEGER NOT NULL,          -- the id of the story's first entry
  arrived INTEGER NOT NULL,
  published INTEGER,               -- as declared when it first came
  event_at INTEGER,
  official INTEGER NOT NULL,       -- told by who it is about, not passed on
  quiet INTEGER NOT NULL,          -- came with its feed's first poll: nobody is told of it
  revised INTEGER NOT NULL DEFAULT 0,
  content_hash INTEGER NOT NULL,
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  publisher TEXT NOT NULL,         -- empty: the feed's
  board TEXT NOT NULL,
  areas TEXT NOT NULL,
  topics TEXT NOT NULL
) STRICT;
CREATE INDEX entries_by_arrival ON entries(arrived);

-- All else that is kept of an entry, compressed (src/archive/body.h).
CREATE TABLE bodies (
  entry INTEGER PRIMARY KEY REFERENCES entries(id),
  packed BLOB NOT NULL
) STRICT;

-- The identities under which a feed may bring an entry again, hashed.
CREATE TABLE entry_keys (
  feed INTEGER NOT NULL,
  key INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES entries(id),
  PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;

-- What an entry said before it was edited.
CREATE TABLE revisions (
  entry INTEGER NOT NULL REFERENCES entries(id),
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,             -- when it was replaced
  significant INTEGER NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY (entry, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX revisions_by_time ON revisions(at) WHERE significant;

-- Stories of two and more entries; an entry alone is its own story and has no row.
CREATE TABLE stories (
  id INTEGER PRIMARY KEY REFERENCES entries(id),
  leading INTEGER NOT NULL REFERENCES entries(id),
  tellings INTEGER NOT NULL
) STRICT;
CREATE TABLE tellings (
  story INTEGER NOT NULL REFERENCES stories(id),
  entry INTEGER NOT NULL UNIQUE REFERENCES entries(id),
  why TEXT NOT NULL,
  PRIMARY KEY (story, entry)
) STRICT, WITHOUT ROWID;

-- By what a like entry is found and judged; kept while one can still come.
CREATE TABLE signatures (
  entry INTEGER PRIMARY KEY REFERENCES entries(id),
  arrived INTEGER NOT NULL,
  signature BLOB NOT NULL
) STRICT;
CREATE INDEX signatures_by_arrival ON signatures(arrived);
CREATE TABLE story_keys (
  key INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (key, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE deadlines (
  id INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL REFERENCES entries(id),
  kind TEXT NOT NULL,
  opens TEXT,
  closes TEXT NOT NULL,
  minute INTEGER,                  -- of the day, Helsinki
  confidence REAL NOT NULL,
  extended INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0,
  moved_from TEXT,
  quote TEXT NOT NULL,
  field INTEGER NOT NULL,
  at INTEGER NOT NULL,             -- where the words stand
  until INTEGER NOT NULL,
  rule TEXT NOT NULL
) STRICT;
CREATE INDEX deadlines_by_entry ON deadlines(entry);
CREATE INDEX deadlines_by_day ON deadlines(closes);
-- Dates that were told before.
CREATE TABLE deadline_moves (
  deadline INTEGER NOT NULL REFERENCES deadlines(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  moved_from TEXT NOT NULL,
  moved_to TEXT,                   -- none: withdrawn
  PRIMARY KEY (deadline, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE subscribers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  address TEXT NOT NULL COLLATE NOCASE,
  language TEXT NOT NULL,
  since INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  hard_bounces INTEGER NOT NULL DEFAULT 0,
  suspended TEXT NOT NULL DEFAULT '',
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX subscribers_by_address ON subscribers(address) WHERE NOT removed;

CREATE TABLE subscriptions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subscriber INTEGER NOT NULL REFERENCES subscribers(id),
  name TEXT NOT NULL,
  filter TEXT NOT NULL,
  rhythm TEXT NOT NULL,
  zone TEXT NOT NULL,
  channel TEXT NOT NULL,
  webhook_url TEXT NOT NULL,
  webhook_secret TEXT NOT NULL,
  webhook_style TEXT NOT NULL,
  language TEXT NOT NULL,
  max_items INTEGER NOT NULL,
  since INTEGER NOT NULL,
  window_start INTEGER NOT NULL,
  paused TEXT NOT NULL DEFAULT '',
  ended TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX subscriptions_by_subscriber ON subscriptions(subscriber);

-- Of a mailed link's token only the hash is kept.
CREATE TABLE tokens (
  hash TEXT PRIMARY KEY,
  subscriber INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
  subscription INTEGER REFERENCES subscriptions(id) ON DELETE CASCADE,
  use TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_by_subscriber ON tokens(subscriber);

CREATE TABLE digests (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_token TEXT NOT NULL UNIQUE,
  subscriber INTEGER NOT NULL REFERENCES subscribers(id),
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  built INTEGER NOT NULL,
  packed BLOB NOT NULL             -- subject, html, text
) STRICT;
CREATE INDEX digests_by_subscriber ON digests(subscriber);
CREATE TABLE digest_items (
  digest INTEGER NOT NULL REFERENCES digests(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES entries(id),
  PRIMARY KEY (digest, position)
) STRICT, WITHOUT ROWID;
-- A window is closed once; without a digest when there was nothing to tell.
CREATE TABLE windows (
  subscription INTEGER NOT NULL REFERENCES subscriptions(id),
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  digest INTEGER REFERENCES digests(id) ON DELETE SET NULL,
  PRIMARY KEY (subscription, starts)
) STRICT, WITHOUT ROWID;
CREATE INDEX windows_by_digest ON windows(digest);
-- A story reaches a subscriber once, and each of his webhooks once; later only its significant edits.
CREATE TABLE told (
  subscriber INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
  webhook INTEGER NOT NULL,        -- the subscription whose webhook it is; 0: the person, by mail
  story INTEGER NOT NULL,
  at INTEGER NOT NULL,             -- the end of the last window that told of it
  PRIMARY KEY (subscriber, webhook, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_by_story ON told(story);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  digest INTEGER REFERENCES digests(id) ON DELETE CASCADE,
  subscriber INTEGER REFERENCES subscribers(id),  -- none: a message to the admin
  channel TEXT NOT NULL,
  webhook_url TEXT NOT NULL,
  webhook_secret TEXT NOT NULL,
  webhook_style TEXT NOT NULL,
  recipient TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  payload BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'leased', 'sent', 'failed', 'dead', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL,
  last_error TEXT NOT NULL DEFAULT '',
  created INTEGER NOT NULL,
  sent_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox(next_attempt, id) WHERE state IN ('pending', 'leased', 'failed');
CREATE INDEX outbox_by_subscriber ON outbox(subscriber);

CREATE TABLE bounces (
  id INTEGER PRIMARY KEY,
  subscriber INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  hard INTEGER NOT NULL,
  status TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX bounces_by_subscriber ON bounces(subscriber, at);

-- The full-text index over words in their dictionary forms (src/archive/tokenizer.h). The
-- view gives it the texts back for snippets, for deleting and for checking.
CREATE VIEW indexed_texts AS
  SELECT e.id AS id,
         index_title(e.lang, e.title) AS title,
         index_text(e.lang, b.packed) AS text,
         index_marks(e.feed, e.lang, e.areas, e.topics,
                     EXISTS (SELECT 1 FROM deadlines d WHERE d.entry = e.id AND NOT d.withdrawn)) AS marks
  FROM entries e JOIN bodies b ON b.entry = e.id;
CREATE VIRTUAL TABLE entry_index USING fts5(
  title, text, marks,
  content = 'indexed_texts', content_rowid = 'id', tokenize = 'sote'
);
-- Its terms, one row for each place where one stands.
CREATE VIRTUAL TABLE index_terms USING fts5vocab(entry_index, instance);
