-- What was deleted a month ago is swept for good; what hangs on it must be found quickly then.
CREATE INDEX statuses_deleted ON statuses (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX bookmarks_status ON bookmarks (status_id);
CREATE INDEX status_pins_status ON status_pins (status_id);
CREATE INDEX polls_status ON polls (status_id);
CREATE INDEX filter_statuses_status ON filter_statuses (status_id);
