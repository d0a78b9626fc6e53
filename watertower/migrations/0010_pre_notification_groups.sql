-- Notifications shown as one are counted and listed by their key.
CREATE INDEX notifications_group ON notifications (account_id, group_key, id DESC);
