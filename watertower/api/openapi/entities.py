"""Every attribute of every JSON entity of the Mastodon API 4.6, with its type. Facts, no code.

One attribute a line: its name, its type, and `sometimes` where an answer may leave it out.
Types: id (digits in a text), text, html, url, uri, time (ISO 8601 with milliseconds, UTC), date,
int, float, bool, object, any; `[x]` is a list, `x|y` one of several, `x?` may be null, a quoted
word is that word; any other name is an entity. Names that begin with `_` are parts of entities:
they are checked and not counted.
"""

_ACCOUNT = """
    id id
    username text
    acct text
    display_name text
    locked bool
    bot bool
    discoverable bool?
    indexable bool
    group bool
    created_at time
    note html
    url url
    uri uri
    avatar url
    avatar_static url
    avatar_description text
    header url
    header_static url
    header_description text
    followers_count int
    following_count int
    statuses_count int
    last_status_at date?
    hide_collections bool?
    show_media bool
    show_media_replies bool
    show_featured bool
    moved account sometimes
    emojis [custom_emoji]
    suspended bool sometimes
    limited bool sometimes
    noindex bool sometimes
    memorial bool sometimes
    feature_approval _feature_approval
    email_subscriptions bool sometimes
    roles [_account_role] sometimes
    fields [_field]
"""
_APPLICATION = """
    id id
    name text
    website url?
    scopes [text]
    redirect_uris [uri]
    vapid_key text
    redirect_uri text
"""
_CARD = """
    url url
    title text
    description text
    language text?
    type 'link'|'photo'|'video'|'rich'
    author_name text
    author_url text
    provider_name text
    provider_url text
    html html
    width int
    height int
    image url?
    image_description text
    embed_url text
    blurhash text?
    published_at time?
    authors [_card_author]
    missing_attribution bool? sometimes
"""
_STATUS = """
    id id
    created_at time
    in_reply_to_id id?
    in_reply_to_account_id id?
    sensitive bool
    spoiler_text text
    visibility 'public'|'unlisted'|'private'|'direct'
    language text?
    uri uri
    url url?
    replies_count int
    reblogs_count int
    favourites_count int
    quotes_count int
    edited_at time?
    favourited bool sometimes
    reblogged bool sometimes
    muted bool sometimes
    bookmarked bool sometimes
    pinned bool sometimes
    filtered [filter_result] sometimes
    content html sometimes
    text text sometimes
    reblog status?
    application _status_application? sometimes
    account account
    media_attachments [media_attachment]
    mentions [_mention]
    tags [shallow_tag]
    emojis [custom_emoji]
    tagged_collections [any]
    card preview_card?
    poll poll?
    quote_approval _quote_approval
"""
_FULL_STATUS = _STATUS + "    quote quote|shallow_quote?\n"
_TAG = """
    id id
    name text
    url url
    history [_history]
    following bool sometimes
    featuring bool sometimes
"""

TABLE = {
    "account": _ACCOUNT,
    "account_relationship_severance_event": """
        id id
        type 'domain_block'|'user_domain_block'|'account_suspension'
        purged bool
        target_name text
        followers_count int
        following_count int
        created_at time
    """,
    "account_warning": """
        id id
        action text
        text text
        status_ids [id]?
        created_at time
        target_account account
        appeal appeal?
    """,
    "admin/account": """
        id id
        username text
        domain text?
        created_at time
        email text?
        ip text?
        confirmed bool?
        suspended bool
        silenced bool
        sensitized bool
        disabled bool?
        approved bool?
        locale text?
        invite_request text?
        created_by_application_id id? sometimes
        invited_by_account_id id? sometimes
        ips [admin/ip]
        account account
        role role?
    """,
    "admin/canonical_email_block": "id id\n canonical_email_hash text",
    "admin/cohort": "period time\n frequency 'day'|'month'\n data [_cohort_data]",
    "admin/dimension": "key text\n data [_dimension_data]",
    "admin/domain_allow": "id id\n domain text\n created_at time",
    "admin/domain_block": """
        id id
        domain text
        digest text
        created_at time
        severity 'silence'|'suspend'|'noop'
        reject_media bool
        reject_reports bool
        private_comment text?
        public_comment text?
        obfuscate bool
    """,
    "admin/email_domain_block": """
        id id
        domain text
        created_at time
        history [_history]
        allow_with_approval bool
    """,
    "admin/existing_domain_block_error": "error text\n existing_domain_block admin/domain_block",
    "admin/ip_block": """
        id id
        ip text
        severity 'sign_up_requires_approval'|'sign_up_block'|'no_access'
        comment text
        created_at time
        expires_at time?
    """,
    "admin/ip": "ip text\n used_at time",
    "admin/measure": """
        key text
        unit text?
        total text
        human_value text sometimes
        previous_total text sometimes
        data [_measure_data]
    """,
    "admin/report": """
        id id
        action_taken bool
        action_taken_at time?
        category 'spam'|'legal'|'violation'|'other'
        comment text
        forwarded bool?
        created_at time
        updated_at time
        account admin/account
        target_account admin/account
        assigned_account admin/account?
        action_taken_by_account admin/account?
        statuses [status]
        rules [rule]
    """,
    "admin/tag": _TAG
    + """
        trendable bool
        usable bool
        requires_review bool
        listable bool
    """,
    "admin/trends/link": _CARD + "history [_history]\n id id\n requires_review bool",
    "admin/trends/links/preview_card_provider": """
        id id
        domain text
        trendable bool?
        reviewed_at time?
        requested_review_at time?
        requires_review bool
    """,
    "admin/trends/status": _FULL_STATUS + "\n requires_review bool",
    "admin/webhook_event": "event text\n created_at time\n object object",
    "announcement": """
        id id
        content html
        starts_at time?
        ends_at time?
        all_day bool
        published_at time
        updated_at time
        read bool sometimes
        mentions [_mention]
        statuses [_announcement_status]
        tags [shallow_tag]
        emojis [custom_emoji]
        reactions [reaction]
    """,
    "annual_report_event": "year text",
    "annual_report": """
        year int
        data object
        schema_version int
        share_url url?
        account_id id
    """,
    "annual_reports": "annual_reports [annual_report]\n accounts [account]\n statuses [status]",
    "appeal": "text text\n state 'pending'|'approved'|'rejected'",
    "application": _APPLICATION,
    "base_quote": "state text",
    "collection_item": """
        id id
        state 'pending'|'accepted'|'rejected'|'revoked'
        created_at time
        account_id id? sometimes
    """,
    "collection": """
        id id
        uri uri
        name text
        description html
        language text?
        account_id id
        local bool
        sensitive bool
        discoverable bool
        url url?
        item_count int
        created_at time
        updated_at time
        tag shallow_tag?
        items [collection_item]
    """,
    "collection_with_accounts": "collection collection\n accounts [account]",
    "context": "ancestors [status]\n descendants [status]",
    "conversation": """
        id id
        unread bool
        accounts [account]
        last_status status?
    """,
    "credential_account": _ACCOUNT + "source _source\n role role",
    "credential_application": _APPLICATION
    + """
        client_id text
        client_secret text
        client_secret_expires_at int
    """,
    "custom_emoji": """
        shortcode text
        url url
        static_url url
        visible_in_picker bool
        category text sometimes
        featured bool sometimes
    """,
    "dedup_notification_group": """
        accounts [account]
        partial_accounts [partial_account] sometimes
        statuses [status]
        notification_groups [notification_group]
    """,
    "domain_block_preview": "following_count int\n followers_count int",
    "domain_block": """
        domain text
        digest text
        severity 'silence'|'suspend'
        comment text? sometimes
    """,
    "extended_description": "updated_at time?\n content html",
    "familiar_followers": "id id\n accounts [account]",
    "featured_tag": """
        id id
        name text
        url url
        statuses_count text
        last_status_at date?
    """,
    "filter_keyword": "id id\n keyword text\n whole_word bool",
    "filter_result": """
        filter filter
        keyword_matches [text]?
        status_matches [id]?
    """,
    "filter": """
        id id
        title text
        context [text]
        expires_at time?
        filter_action 'warn'|'hide'|'blur'
        keywords [filter_keyword] sometimes
        statuses [filter_status] sometimes
    """,
    "filter_status": "id id\n status_id id",
    "instance": """
        domain text
        title text
        version text
        source_url url
        description text
        usage _usage
        thumbnail _thumbnail
        icon [_icon]
        languages [text]
        configuration _configuration
        registrations _registrations
        api_versions _api_versions
        wrapstodon text?
        contact _contact
        rules [rule]
    """,
    "language": "code text\n name text",
    "list": "id id\n title text\n replies_policy 'list'|'followed'|'none'\n exclusive bool",
    "marker": "last_read_id id\n version int\n updated_at time",
    "media_attachment": """
        id id
        type 'image'|'gifv'|'video'|'audio'|'unknown'
        url url?
        preview_url url?
        remote_url url?
        preview_remote_url url?
        text_url url?
        meta object?
        description text?
        blurhash text?
    """,
    "muted_account": _ACCOUNT + "mute_expires_at time?",
    "notification_group": """
        group_key text
        notifications_count int
        type text
        most_recent_notification_id int
        page_min_id id sometimes
        page_max_id id sometimes
        latest_page_notification_at time sometimes
        fallback _fallback? sometimes
        sample_account_ids [id]
        status_id id? sometimes
        report report sometimes
        event account_relationship_severance_event sometimes
        moderation_warning account_warning sometimes
        annual_report annual_report_event sometimes
        collection collection sometimes
    """,
    "notification_policy": """
        for_not_following 'accept'|'filter'|'drop'
        for_not_followers 'accept'|'filter'|'drop'
        for_new_accounts 'accept'|'filter'|'drop'
        for_private_mentions 'accept'|'filter'|'drop'
        for_limited_accounts 'accept'|'filter'|'drop'
        for_bots 'accept'|'filter'|'drop'
        summary _policy_summary
    """,
    "notification_request": """
        id id
        created_at time
        updated_at time
        notifications_count text
        account account
        last_status status?
    """,
    "notification": """
        id id
        type text
        created_at time
        group_key text
        filtered bool sometimes
        fallback _fallback? sometimes
        account account
        status status? sometimes
        report report sometimes
        event account_relationship_severance_event sometimes
        moderation_warning account_warning sometimes
        collection collection sometimes
    """,
    "partial_account": """
        id id
        acct text
        locked bool
        bot bool
        url url
        avatar url
        avatar_static url
        avatar_description text
    """,
    "poll": """
        id id
        expires_at time?
        expired bool
        multiple bool
        votes_count int
        voters_count int?
        options [_poll_option]
        emojis [custom_emoji]
        voted bool sometimes
        own_votes [int] sometimes
    """,
    "preferences": """
        posting:default:visibility 'public'|'unlisted'|'private'|'direct'
        posting:default:sensitive bool
        posting:default:language text?
        posting:default:quote_policy 'public'|'followers'|'nobody'
        reading:expand:media 'default'|'show_all'|'hide_all'
        reading:expand:spoilers bool
        reading:autoplay:gifs bool
    """,
    "preview_card": _CARD,
    "privacy_policy": "updated_at time\n content html",
    "profile": """
        id id
        display_name text
        note text
        fields [_field]
        formatted_note html
        formatted_fields [_field]
        avatar url?
        avatar_static url?
        avatar_description text
        header url?
        header_static url?
        header_description text
        locked bool
        bot bool
        hide_collections bool?
        discoverable bool?
        indexable bool
        show_media bool
        show_media_replies bool
        show_featured bool
        attribution_domains [text]
        featured_tags [featured_tag]
    """,
    "quote": "state text\n quoted_status shallow_status?",
    "reaction": """
        name text
        count int
        me bool sometimes
        url url sometimes
        static_url url sometimes
    """,
    "relationship": """
        id id
        following bool
        showing_reblogs bool
        notifying bool
        languages [text]?
        followed_by bool
        blocking bool
        blocked_by bool
        muting bool
        muting_notifications bool
        muting_expires_at time?
        requested bool
        requested_by bool
        domain_blocking bool
        endorsed bool
        note text
    """,
    "report": """
        id id
        action_taken bool
        action_taken_at time?
        category 'spam'|'legal'|'violation'|'other'
        comment text
        forwarded bool
        created_at time
        status_ids [id]?
        rule_ids [id]?
        collection_ids [id]?
        target_account account
    """,
    "role": """
        id id
        name text
        permissions text
        color text
        highlighted bool
        collection_limit int?
    """,
    "rule": "id id\n text text\n hint text\n translations object",
    "scheduled_status": """
        id id
        scheduled_at time
        params _scheduled_params
        media_attachments [media_attachment]
    """,
    "search": """
        accounts [account]
        statuses [status]
        hashtags [tag]
        collections [collection]
    """,
    "shallow_quote": "state text\n quoted_status_id id?",
    "shallow_status": _STATUS + "quote shallow_quote?",
    "shallow_tag": "name text\n url url",
    "status_edit": """
        account account
        content html
        spoiler_text text
        sensitive bool
        created_at time
        media_attachments [media_attachment]
        emojis [custom_emoji]
        quote quote|shallow_quote?
        poll _edited_poll sometimes
    """,
    "status": _FULL_STATUS,
    "status_source": "id id\n text text\n spoiler_text text",
    "suggestion": "source text\n sources [text]\n account account",
    "tag": _TAG,
    "terms_of_service": """
        effective_date date
        effective bool
        content html
        succeeded_by date?
    """,
    "translation": """
        detected_source_language text
        language text
        provider text
        spoiler_text text
        content html
        poll _translated_poll? sometimes
        media_attachments [_translated_media]
    """,
    "trends/link": _CARD + "history [_history]",
    "v1/filter": """
        id id
        phrase text
        context [text]
        whole_word bool
        expires_at time?
        irreversible bool
    """,
    "v1/instance": """
        uri text
        title text
        short_description text
        description text
        email text
        version text
        urls _v1_urls
        stats _v1_stats
        thumbnail url?
        languages [text]
        registrations bool
        approval_required bool
        invites_enabled bool
        configuration _v1_configuration
        contact_account account?
        rules [rule]
    """,
    "v1/notification_policy": """
        filter_not_following bool
        filter_not_followers bool
        filter_new_accounts bool
        filter_private_mentions bool
        filter_bots bool
        summary _policy_summary
    """,
    "web_push_subscription": """
        id int
        endpoint url
        standard bool
        alerts object
        server_key text
        policy 'all'|'followed'|'follower'|'none'
    """,
    # -- parts -------------------------------------------------------------------------------
    "_account_role": "id id\n name text\n color text",
    "_announcement_status": "id id\n url url",
    "_api_versions": "mastodon int",
    "_async_refresh": "id text\n status 'running'|'finished'\n result_count int? sometimes",
    "_async_refresh_answer": "async_refresh _async_refresh",
    "_authorization_server": """
        issuer url
        authorization_endpoint url
        token_endpoint url
        app_registration_endpoint url
        revocation_endpoint url
        userinfo_endpoint url
        service_documentation url
        scopes_supported [text]
        response_types_supported [text]
        response_modes_supported [text]
        grant_types_supported [text]
        code_challenge_methods_supported [text]
        token_endpoint_auth_methods_supported [text]
    """,
    "_card_author": "name text\n url text\n account account?",
    "_cohort_data": "date time\n rate float\n value text",
    "_collections": "collections [collection]",
    "_wrapped_collection": "collection collection",
    "_wrapped_collection_item": "collection_item collection_item",
    "_configuration": """
        urls object
        vapid object
        accounts object
        statuses object
        media_attachments object
        polls object
        translation object
        timelines_access object
        limited_federation bool
    """,
    "_contact": "email text\n account account?",
    "_count": "count int",
    "_dimension_data": "key text\n human_key text\n value text",
    "_edited_poll": "options [_poll_title]",
    "_error": "error text",
    "_fallback": "title text\n summary text? sometimes",
    "_feature_approval": "automatic [text]\n manual [text]\n current_user text",
    "_field": "name text\n value html\n verified_at time?",
    "_history": "day text\n uses text\n accounts text",
    "_icon": "src url\n size text",
    "_instance_activity": "week text\n statuses text\n logins text\n registrations text",
    "_measure_data": "date time\n value text",
    "_mention": "id id\n username text\n url url\n acct text",
    "_merged": "merged bool",
    "_oembed": """
        type 'rich'
        version text
        title text sometimes
        author_name text
        author_url url
        provider_name text
        provider_url url
        cache_age int
        html html
        width int
        height int?
    """,
    "_policy_summary": "pending_requests_count int\n pending_notifications_count int",
    "_poll_option": "title text\n votes_count int?",
    "_poll_title": "title text",
    "_quote_approval": "automatic [text]\n manual [text]\n current_user text",
    "_registrations": """
        enabled bool
        approval_required bool
        reason_required bool
        message html?
        min_age int?
        url url?
    """,
    "_scheduled_params": """
        text text
        visibility text?
        spoiler_text text?
        sensitive bool?
        media_ids [id|int]?
        poll object?
        in_reply_to_id id|int?
        language text?
        application_id id|int
        scheduled_at time?
        idempotency text?
        with_rate_limit bool
    """,
    "_source": """
        privacy 'public'|'unlisted'|'private'|'direct'
        sensitive bool
        language text?
        note text
        fields [_field]
        follow_requests_count int
        hide_collections bool?
        discoverable bool?
        indexable bool
        attribution_domains [text]
        quote_policy 'public'|'followers'|'nobody'
    """,
    "_status_application": "name text\n website url?",
    "_thumbnail": "url url\n blurhash text? sometimes\n versions object sometimes",
    "_token": "access_token text\n token_type text\n scope text\n created_at int",
    "_token_info": "scope [text]\n expires_in int?\n application object\n created_at int",
    "_translated_media": "id id\n description text",
    "_translated_poll": "id id\n options [_poll_title]",
    "_usage": "users object",
    "_userinfo": """
        iss url
        sub url
        name text
        preferred_username text
        profile url
        picture url
    """,
    "_v1_configuration": """
        accounts object
        statuses object
        media_attachments object
        polls object
    """,
    "_v1_stats": "user_count int\n status_count int\n domain_count int",
    "_v1_urls": "streaming_api uri",
}


def _lines(text: str) -> dict[str, tuple[str, bool]]:
    rows = (line.split() for line in text.splitlines() if line.strip())
    return {row[0]: (row[1], row[2:] == ["sometimes"]) for row in rows}


# Attributes by entity: name -> (type, whether an answer may leave it out).
ENTITIES = {name: _lines(text) for name, text in TABLE.items()}
# A quote is checked as what it is built on, too.
ALSO = {"quote": "base_quote", "shallow_quote": "base_quote"}
# Rendered by the same function: what a state that these never show would add is right if it is
# right there. (The suspended are in no list of the muted and cannot ask who they are.)
BASED_ON = {"credential_account": "account", "muted_account": "account", "shallow_status": "status"}
COUNTED = {
    (entity, attribute)
    for entity, attributes in ENTITIES.items()
    if not entity.startswith("_")
    for attribute in attributes
}
