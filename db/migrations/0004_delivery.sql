-- How each subscription wants deadlines, which endpoint a webhook's message is for, and
-- secrets that are being changed.
ALTER TABLE subscriptions ADD COLUMN reminders TEXT NOT NULL DEFAULT '';           -- '' in the digest, as the settings say
ALTER TABLE subscriptions ADD COLUMN calendar INTEGER NOT NULL DEFAULT 0;          -- the deadlines attached to its mails
ALTER TABLE subscriptions ADD COLUMN alerted INTEGER NOT NULL DEFAULT 0;           -- up to when alerts of their own are decided
ALTER TABLE subscriptions ADD COLUMN old_secret TEXT NOT NULL DEFAULT '';          -- signs beside the new one
ALTER TABLE subscriptions ADD COLUMN old_secret_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN subscription INTEGER REFERENCES subscriptions(id);   -- of a webhook, or of an alert
CREATE INDEX outbox_by_subscription ON outbox(subscription) WHERE subscription IS NOT NULL;
CREATE INDEX deadline_moves_by_time ON deadline_moves(at);
