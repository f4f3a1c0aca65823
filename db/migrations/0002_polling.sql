-- What a feed asks of its readers (also when it answers 304), its usual pace, and hosts
-- that asked for quiet.
ALTER TABLE feeds ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;      -- seconds between polls: ttl, sy:updatePeriod
ALTER TABLE feeds ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0;      -- bit n: not in hour n, UTC
ALTER TABLE feeds ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0;       -- bit 0: not on Sundays
ALTER TABLE feeds ADD COLUMN usual_gap INTEGER NOT NULL DEFAULT 0;       -- seconds between news; 0: not known
ALTER TABLE feeds ADD COLUMN redirect_refused TEXT NOT NULL DEFAULT '';  -- a move that was taken back
ALTER TABLE feeds ADD COLUMN flooded_at INTEGER;                         -- when it last brought too much to tell
ALTER TABLE feeds ADD COLUMN flooded_entries INTEGER NOT NULL DEFAULT 0; -- and how many were kept quiet
ALTER TABLE feeds ADD COLUMN hub TEXT NOT NULL DEFAULT '';               -- WebSub, as the feed names it
ALTER TABLE feeds ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN told_state TEXT NOT NULL DEFAULT '';        -- as the admin was last told

CREATE TABLE quiet_hosts (
  host TEXT PRIMARY KEY,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Subscriptions at hubs (WebSub); the token is the callback's last step.
CREATE TABLE hub_subscriptions (
  feed TEXT PRIMARY KEY REFERENCES feeds(id),
  hub TEXT NOT NULL,
  topic TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  secret TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'active', 'denied')),
  next_request INTEGER NOT NULL,   -- when it is asked for again, or renewed
  failures INTEGER NOT NULL DEFAULT 0,
  expires INTEGER,                 -- of the lease that was verified
  pushes INTEGER NOT NULL DEFAULT 0,
  last_push INTEGER,
  missed INTEGER NOT NULL DEFAULT 0  -- entries that a poll brought though the hub should have
) STRICT, WITHOUT ROWID;
