-- What each poll writes, in narrow rows of its own: of a feed without news nothing else changes,
-- and its own row costs five times as much to write. There is one for each feed.
CREATE TABLE polls (
  feed INTEGER PRIMARY KEY REFERENCES feeds(number),
  next_poll INTEGER NOT NULL DEFAULT 0,
  last_poll INTEGER,
  last_success INTEGER,
  interval INTEGER NOT NULL DEFAULT 0,
  polled INTEGER NOT NULL DEFAULT 0,     -- how many times the feed was polled
  unchanged INTEGER NOT NULL DEFAULT 0,  -- how many of these polls brought nothing
  -- Of those columns of the feed's own row that a poll without news writes (validators, address, redirect), as they
  -- stand there: with the same hash the row need not be written again. 0: what stands there is not known.
  row_hash INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO polls(feed, next_poll, last_poll, last_success, interval, polled, unchanged)
  SELECT number, next_poll, last_poll, last_success, interval, polls, unchanged FROM feeds;

CREATE TRIGGER polls_of_feeds AFTER INSERT ON feeds BEGIN
  INSERT INTO polls(feed) VALUES (new.number);
END;

ALTER TABLE feeds DROP COLUMN next_poll;
ALTER TABLE feeds DROP COLUMN last_poll;
ALTER TABLE feeds DROP COLUMN last_success;
ALTER TABLE feeds DROP COLUMN interval;
ALTER TABLE feeds DROP COLUMN polls;
ALTER TABLE feeds DROP COLUMN unchanged;
