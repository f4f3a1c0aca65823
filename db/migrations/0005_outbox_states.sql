-- How many messages there are of each state is told without reading the messages.
CREATE INDEX outbox_by_state ON outbox(state);
