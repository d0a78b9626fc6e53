"""Words of the desk's pages of cases."""

STATES = {
    "filed": "New",
    "triaged": "Rated",
    "assigned": "Taken",
    "needs_info": "Waits for an answer",
    "analysis": "Analysed",
    "discussion": "In discussion",
    "decided": "Decided",
    "closed": "Closed",
    "merged": "Part of another case",
}
NEXT = {
    "filed": "Somebody takes a first look",
    "triaged": "Somebody takes it",
    "assigned": "An analysis, or a decision",
    "needs_info": "The reporter answers",
    "analysis": "A decision, or a second opinion",
    "discussion": "Another moderator agrees or does not",
    "decided": "What was decided is done; then it is closed",
    "closed": "Nobody has to do anything",
    "merged": "Look at the case it is part of",
}
KINDS = {
    "report": "Report",
    "research": "Our own research",
    "pattern": "A pattern",
    "practice": "Practice",
}
CATEGORIES = {
    "spam": "Spam",
    "violation": "Breaks rules",
    "legal": "Illegal",
    "other": "Something else",
}
OUTCOMES = {
    "empty": "Empty report",
    "none": "No action",
    "forward": "Told another server",
    "warning": "Warning",
    "mark_statuses_sensitive": "Posts covered",
    "sensitize": "Media always covered",
    "remove_statuses": "Posts removed",
    "limit": "Limit",
    "freeze": "Freeze",
    "server_review": "Review of the server",
    "suspend": "Suspension",
}
DECISIONS = {
    "none": "No action. Nobody is made safer by acting",
    "forward": "Leave it to the other server’s team",
    "server_review": "Have the server reviewed",
    "warning": "Warn. A message, and never counted",
    "freeze": "Freeze, until the person put things right",
    "mark_statuses_sensitive": "Cover the media of posts",
    "remove_statuses": "Remove posts. They can be restored for 90 days",
    "sensitize": "Cover all media of the account",
    "limit": "Limit. Only followers notice nothing",
    "suspend": "Suspend. All of it can be restored for 30 days",
}
THREADS = {
    "team": "The team among itself",
    "reported": "With the person reported",
    "reporter": "With a reporter",
    "remote_staff": "With staff elsewhere",
}
VISIBILITIES = ("Public", "Public, not in timelines", "Followers only", "Direct message")
EVIDENCE = {
    "status": "Post",
    "profile": "Profile",
    "thread": "The thread around it",
    "media": "File",
    "note": "Note",
    "document": "Document",
    "action": "Action",
}
CONFIDENCES = {1: "possible", 2: "likely", 3: "certain"}
