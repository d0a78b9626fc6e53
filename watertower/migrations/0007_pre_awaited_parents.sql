-- A reply may come before what it answers: until then we know only the address.
ALTER TABLE statuses ADD COLUMN in_reply_to_uri text;
CREATE INDEX statuses_awaited ON statuses (in_reply_to_uri)
    WHERE in_reply_to_uri IS NOT NULL AND in_reply_to_id IS NULL;
