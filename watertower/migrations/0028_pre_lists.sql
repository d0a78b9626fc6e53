-- Who may have powers at all: what the desk asks for each case, without reading every login.
CREATE INDEX logins_staff ON logins (account_id) WHERE role_id <> -99 OR lent_until IS NOT NULL;

-- The directory by who posted last, and suggestions by who is followed most.
CREATE INDEX account_stats_posted ON account_stats (last_status_at DESC NULLS LAST, account_id DESC);
CREATE INDEX account_stats_followed ON account_stats (followers_count DESC, account_id);

-- Files that wait in drafts and scheduled posts.
CREATE INDEX media_attachments_scheduled ON media_attachments (scheduled_status_id)
    WHERE scheduled_status_id IS NOT NULL;
