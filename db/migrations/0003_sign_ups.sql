-- What was asked for on the web, until whoever reads the address's mail confirms it. Kept for a week.
CREATE TABLE sign_ups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  address TEXT NOT NULL COLLATE NOCASE,
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  filter TEXT NOT NULL,
  rhythm TEXT NOT NULL,
  zone TEXT NOT NULL,
  asked INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'answered', 'confirmed')),
  letter INTEGER REFERENCES outbox(id) ON DELETE SET NULL  -- none: the address had enough letters
) STRICT;
CREATE INDEX sign_ups_by_time ON sign_ups(asked);
CREATE INDEX sign_ups_by_address ON sign_ups(address);
CREATE INDEX sign_ups_waiting ON sign_ups(id) WHERE state = 'asked';
-- For when a letter goes from the outbox.
CREATE INDEX sign_ups_by_letter ON sign_ups(letter);

-- Of a letter's token only the hash is kept; each attempt to send it draws another.
CREATE TABLE sign_up_tokens (
  hash TEXT PRIMARY KEY,
  sign_up INTEGER NOT NULL REFERENCES sign_ups(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_up_tokens_by_sign_up ON sign_up_tokens(sign_up);
