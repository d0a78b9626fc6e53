"""Fills an empty, migrated database with a large community: for plans and measurements.

    .venv/bin/python bench/generate.py --accounts 30000 --statuses 2000000

The shape is that of a real one. A third of the accounts live on other servers. Followers follow
a power law (account 0 has most, one account in a hundred follows 200 others, one in a thousand
follows 1,000), most posts come from a few, every fifth is a reply, some threads have 50 posts,
every tenth is boosted; there are pictures, polls, private posts, mutes, blocks, lists, and what
came and went between servers. Written with set-based statements, without the server: indexes
are made anew after their table was filled, and references are not checked one by one where
the role may switch that off.
"""

import argparse
import asyncio
import hashlib
import json
import os
import random
import sys
import time
from pathlib import Path

import asyncpg

# The first are what tags are made of; the rest gives the text search rare words to find.
WORDS = [
    "server",
    "community",
    "federation",
    "moderation",
    "water",
    "tower",
    "volunteer",
    "garden",
    "bread",
    "music",
    "river",
    "painting",
    "cat",
    "bicycle",
    "mountain",
    "coffee",
    "weather",
    "library",
    "python",
    "database",
    "photo",
    "train",
    "story",
]
SYLLABLES = "ba co du fe gi lo ma ne pi ra so tu ve wi zo kla bre sti mor len".split()  # noqa: SIM905

FIRST_ID = 1_000_000  # of accounts: person17 is 1000017
IS_REMOTE = "n % 3 = 2"  # also in `people` below

# Each step: its name, the SQL, the names of its parameters.
STEPS = [
    (
        "accounts",
        f"""
        INSERT INTO accounts (id, username, domain, display_name, uri, url, inbox_url,
                              followers_url, outbox_url, following_url, shared_inbox_url,
                              is_discoverable, is_indexable, fetched_at,
                              created_at)
        SELECT {FIRST_ID} + n, 'person' || n, domain, 'Person ' || n,
               base || '/ap/users/' || ({FIRST_ID} + n), base || '/@person' || n,
               base || '/ap/users/' || ({FIRST_ID} + n) || '/inbox',
               base || '/ap/users/' || ({FIRST_ID} + n) || '/followers',
               base || '/ap/users/' || ({FIRST_ID} + n) || '/outbox',
               base || '/ap/users/' || ({FIRST_ID} + n) || '/following',
               base || '/inbox', true, n % 7 = 1, CASE WHEN domain IS NOT NULL THEN now() END,
               now() - interval '300 days'
        FROM (
            SELECT n, domain, coalesce('https://' || domain, $1) AS base
            FROM (
                SELECT n, CASE WHEN {IS_REMOTE}
                               THEN 'server' || floor(300 * random() ^ 2)::int || '.example' END AS domain
                FROM generate_series(0, $2::int - 1) n
            ) placed
        ) made
        """,
        ("base", "accounts"),
    ),
    (
        "logins",
        f"""
        INSERT INTO logins (account_id, email, password_hash, confirmed_at, approved_at,
                            last_active_at, agreed_at, created_at)
        SELECT {FIRST_ID} + n, 'person' || n || '@example.test', '', now(), now(),
               now() - (n % 60) * interval '12 hours', now(),
               now() - (n % 300) * interval '1 day' - interval '2 hours'
        FROM generate_series(0, $1::int - 1) n
        WHERE NOT {IS_REMOTE}
        """,
        ("accounts",),
    ),
    (
        "follows",
        f"""
        INSERT INTO follows (account_id, target_account_id)
        SELECT DISTINCT {FIRST_ID} + who, {FIRST_ID} + whom
        FROM (
            SELECT n AS who, floor($1::int * random() ^ 3)::int AS whom
            FROM generate_series(0, $1::int - 1) n
            CROSS JOIN LATERAL generate_series(
                1, CASE WHEN n % 1000 = 10 THEN 20 * $2::int
                        WHEN n % 100 = 7 THEN 4 * $2::int ELSE $2::int END
            ) times
        ) pairs
        WHERE who <> whom AND NOT (who % 3 = 2 AND whom % 3 = 2)
        """,
        ("accounts", "follows"),
    ),
    (
        # Posts in the order of time. Fifty in a row may hold a thread of ten (every fifth is a
        # reply to the first or to an earlier reply), in every hundredth case of all fifty.
        "plan of posts",
        f"""
        CREATE UNLOGGED TABLE bench_posts AS
        SELECT n, at, (extract(epoch FROM at) * 1000)::bigint << 16 | (n % 65536) AS id,
               {FIRST_ID} + floor($1::int * random() ^ 2)::int AS account_id,
               CASE WHEN is_reply THEN root + gap * floor(random() * (place / gap))::int
                    END AS parent,
               CASE WHEN is_reply THEN root ELSE n END AS root,
               CASE WHEN n % 50 = 0 THEN 0 WHEN n % 100 = 17 THEN 3 WHEN n % 20 = 7 THEN 2
                    WHEN n % 20 = 11 THEN 1 ELSE 0 END AS visibility,
               n % 7 = 1 AS has_media, n % 101 = 1 AS has_poll, n % 23 = 1 AS has_card
        FROM (
            SELECT n, n - n % 50 AS root, n % 50 AS place, gap,
                   n >= 50 AND n % 50 > 0 AND n % gap = 0 AS is_reply,
                   now() - ($2::int - n) * interval '300 days' / $2::int AS at
            FROM (
                SELECT n, CASE WHEN n / 50 % 100 = 1 THEN 1 ELSE 5 END AS gap
                FROM generate_series(1, $2::int) n
            ) numbers
        ) times
        """,
        ("accounts", "statuses"),
    ),
    ("index of it", "CREATE UNIQUE INDEX ON bench_posts (n)", ()),
    (
        "conversations",
        "INSERT INTO conversations (id) SELECT n FROM bench_posts WHERE root = n",
        (),
    ),
    (
        "statuses",
        """
        INSERT INTO statuses (id, account_id, uri, url, text, content_html, content_warning,
                              is_sensitive, visibility, language, in_reply_to_id,
                              in_reply_to_account_id, conversation_id, is_local, has_media,
                              media_ids, poll_id, card_id, created_at)
        SELECT p.id, p.account_id, base || '/s/' || p.id, base || '/s/' || p.id, words,
               '<p>' || words || '</p>', CASE WHEN p.n % 31 = 0 THEN 'story' ELSE '' END,
               p.n % 31 = 0, p.visibility, (ARRAY['en', 'en', 'de', 'fr'])[1 + p.n % 4],
               o.id, o.account_id, p.root, a.domain IS NULL, p.has_media,
               CASE WHEN p.has_media THEN ARRAY[p.id] ELSE '{}' END,
               CASE WHEN p.has_poll THEN p.id END, CASE WHEN p.has_card THEN p.n / 23 + 1 END, p.at
        FROM (
            SELECT b.*, (
                SELECT string_agg(($2::text[])[1 + floor(cardinality($2::text[]) * random() ^ 3)::int], ' ')
                FROM generate_series(1, 5 + (b.n % 8) * (b.n % 8))
            ) AS words
            FROM bench_posts b
        ) p
        LEFT JOIN bench_posts o ON o.n = p.parent
        JOIN accounts a ON a.id = p.account_id
        CROSS JOIN LATERAL (SELECT coalesce('https://' || a.domain, $1) AS base) its
        """,
        ("base", "vocabulary"),
    ),
    (
        "media",
        """
        INSERT INTO media_attachments (id, account_id, status_id, kind, state, original_key,
                                       small_key, content_type, file_bytes, meta, description,
                                       blurhash, created_at)
        SELECT id, account_id, id, 'image', 'done', 'media/' || id || '.jpg',
               'media/' || id || '.small.jpg', 'image/jpeg', 400000,
               '{"original": {"width": 1600, "height": 1200}, "small": {"width": 480, "height": 360}}',
               'a cat beside a bicycle', 'LEHV6nWB2yk8pyo0adR*.7kCMdnj', at
        FROM bench_posts WHERE has_media
        """,
        (),
    ),
    (
        "polls",
        """
        INSERT INTO polls (id, account_id, status_id, options, tallies, voters_count,
                           expires_at, closed_at, created_at)
        SELECT id, account_id, id, '{yes,no}', '{3,2}', 5, at + interval '1 day',
               CASE WHEN at < now() - interval '1 day' THEN at + interval '1 day' END, at
        FROM bench_posts WHERE has_poll
        """,
        (),
    ),
    (
        "poll votes",
        f"""
        INSERT INTO poll_votes (poll_id, account_id, choice)
        SELECT DISTINCT ON (p.id, who) p.id, {FIRST_ID} + who, v % 2
        FROM (
            SELECT p.id, v, floor($1::int * random())::int AS who
            FROM polls p CROSS JOIN generate_series(1, 5) v
        ) p
        """,
        ("accounts",),
    ),
    (
        "preview cards",
        """
        INSERT INTO preview_cards (id, url, title, description, state, fetched_at)
        SELECT DISTINCT n / 23 + 1, 'https://news.example/' || n, 'A story', 'Of the day.',
               'fetched', at
        FROM bench_posts WHERE has_card
        """,
        (),
    ),
    (
        # A reply mentions whom it answers; a direct post mentions somebody.
        "mentions",
        f"""
        INSERT INTO mentions (status_id, account_id)
        SELECT p.id, coalesce(o.account_id, {FIRST_ID} + floor($1::int * random() ^ 2)::int)
        FROM bench_posts p
        LEFT JOIN bench_posts o ON o.n = p.parent
        WHERE p.visibility = 3 OR o.account_id <> p.account_id
        """,
        ("accounts",),
    ),
    (
        "boosts",
        f"""
        INSERT INTO statuses (id, account_id, uri, visibility, reblog_of_id, conversation_id,
                              is_local, created_at)
        SELECT DISTINCT ON (o.id, b.account_id) id_at(b.at), b.account_id, $1 || '/b/' || b.n, 0,
               o.id, o.root, (b.account_id - {FIRST_ID}) % 3 <> 2, b.at
        FROM (
            SELECT n, least(now(), at + (n % 3600) * interval '1 second') AS at,
                   {FIRST_ID} + floor($2::int * random() ^ 2)::int AS account_id,
                   greatest(1, n - floor(3000 * random() ^ 3)::int) AS boosted
            FROM bench_posts WHERE n % 10 = 9
        ) b
        JOIN bench_posts o ON o.n = b.boosted
        WHERE o.visibility < 2
        """,
        ("base", "accounts"),
    ),
    (
        "favourites",
        f"""
        INSERT INTO favourites (id, account_id, status_id, created_at)
        SELECT id_at(at), account_id, id, at
        FROM (
            SELECT DISTINCT ON (f.account_id, p.id) f.account_id, p.id,
                   p.at + least(interval '2 days', now() - p.at) * random() ^ 3 AS at
            FROM (
                SELECT {FIRST_ID} + floor($1::int * random() ^ 2)::int AS account_id,
                       $2::int - floor($2::int * random() ^ 3)::int AS n
                FROM generate_series(1, $2::int / 2)
            ) f
            JOIN bench_posts p ON p.n = f.n
            WHERE p.visibility < 2
        ) made
        ORDER BY at
        """,
        ("accounts", "statuses"),
    ),
    (
        "bookmarks",
        f"""
        INSERT INTO bookmarks (account_id, status_id)
        SELECT DISTINCT {FIRST_ID} + floor($1::int * random() ^ 2)::int, p.id
        FROM bench_posts p WHERE p.n % 20 = 1
        """,
        ("accounts",),
    ),
    (
        "pins",
        "INSERT INTO status_pins (account_id, status_id) SELECT account_id, id FROM bench_posts WHERE n % 500 = 1",
        (),
    ),
    (
        "status stats",
        """
        INSERT INTO status_stats (status_id, replies_count, reblogs_count, favourites_count)
        SELECT p.id, coalesce(r.n, 0), coalesce(b.n, 0), coalesce(f.n, 0)
        FROM bench_posts p
        LEFT JOIN (SELECT parent, count(*) n FROM bench_posts GROUP BY 1) r ON r.parent = p.n
        LEFT JOIN (SELECT reblog_of_id AS id, count(*) n FROM statuses
                   WHERE reblog_of_id IS NOT NULL GROUP BY 1) b USING (id)
        LEFT JOIN (SELECT status_id AS id, count(*) n FROM favourites GROUP BY 1) f USING (id)
        """,
        (),
    ),
    (
        "account stats",
        """
        INSERT INTO account_stats (account_id, statuses_count, following_count, followers_count,
                                   last_status_at)
        SELECT a.id, coalesce(s.n, 0), coalesce(f.n, 0), coalesce(t.n, 0), s.last
        FROM accounts a
        LEFT JOIN (SELECT account_id, count(*) n, max(created_at) AS last FROM statuses GROUP BY 1) s
               ON s.account_id = a.id
        LEFT JOIN (SELECT account_id, count(*) n FROM follows GROUP BY 1) f ON f.account_id = a.id
        LEFT JOIN (SELECT target_account_id, count(*) n FROM follows GROUP BY 1) t
               ON t.target_account_id = a.id
        """,
        (),
    ),
    (
        "tags",
        "INSERT INTO tags (name, shown_name, last_status_at) SELECT word, word, now() FROM unnest($1::text[]) word",
        ("words",),
    ),
    (
        # The first tag is on every tenth post, the later the rarer.
        "status tags",
        """
        INSERT INTO status_tags (tag_id, status_id)
        SELECT DISTINCT t.id, p.id
        FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM tags) t
        JOIN (
            SELECT id, floor(cardinality($1::text[]) * random() ^ 2)::int AS n
            FROM bench_posts WHERE n % 3 = 0
        ) p ON p.n = t.n
        """,
        ("words",),
    ),
    (
        "tag days",
        """
        INSERT INTO tag_days (tag_id, day, account_id, uses)
        SELECT st.tag_id, p.at::date, p.account_id, count(*)
        FROM bench_posts p JOIN status_tags st ON st.status_id = p.id
        WHERE p.at > now() - interval '10 days'
        GROUP BY 1, 2, 3
        """,
        (),
    ),
    (
        "mutes, blocks",
        f"""
        WITH pairs AS (
            SELECT DISTINCT {FIRST_ID} + n AS who, {FIRST_ID} + floor($1::int * random())::int AS whom, t
            FROM generate_series(0, $1::int - 1) n CROSS JOIN generate_series(1, 10) t
            WHERE n % 5 = 0 AND NOT {IS_REMOTE}
        ), b AS (
            INSERT INTO blocks (account_id, target_account_id)
            SELECT who, whom FROM pairs WHERE t > 7 AND who <> whom ON CONFLICT DO NOTHING
        ), d AS (
            INSERT INTO domain_mutes (account_id, domain)
            SELECT who, 'server' || t + 100 || '.example' FROM pairs WHERE t = 3 ON CONFLICT DO NOTHING
        )
        INSERT INTO mutes (account_id, target_account_id)
        SELECT who, whom FROM pairs WHERE t <= 7 AND who <> whom ON CONFLICT DO NOTHING
        """,
        ("accounts",),
    ),
    (
        "lists",
        f"""
        INSERT INTO lists (id, account_id, title)
        SELECT n, {FIRST_ID} + n, 'people' FROM generate_series(0, $1::int - 1) n
        WHERE n % 10 = 0 AND NOT {IS_REMOTE}
        """,
        ("accounts",),
    ),
    (
        "in lists",
        """
        INSERT INTO list_accounts (list_id, account_id)
        SELECT li.id, f.target_account_id
        FROM lists li
        CROSS JOIN LATERAL (
            SELECT target_account_id FROM follows WHERE account_id = li.account_id LIMIT 25
        ) f
        """,
        (),
    ),
    (
        "tag follows",
        f"""
        INSERT INTO tag_follows (account_id, tag_id)
        SELECT {FIRST_ID} + n, t.id
        FROM generate_series(0, $1::int - 1) n
        JOIN (SELECT id, row_number() OVER (ORDER BY id) AS k FROM tags) t ON n % 500 = t.k
        WHERE NOT {IS_REMOTE}
        """,
        ("accounts",),
    ),
    (
        "follow requests",
        f"""
        INSERT INTO follow_requests (account_id, target_account_id)
        SELECT {FIRST_ID} + n, {FIRST_ID} + n / 100 * 100 + 1
        FROM generate_series(0, $1::int - 1) n WHERE n % 100 > 80
        """,
        ("accounts",),
    ),
    (
        "homes",
        """
        INSERT INTO home_feed (account_id, status_id, author_id, reblog_of_id)
        SELECT l.account_id, s.id, s.account_id, s.reblog_of_id
        FROM logins l
        CROSS JOIN LATERAL (
            SELECT s.id, s.account_id, s.reblog_of_id
            FROM (SELECT f.target_account_id AS id FROM follows f WHERE f.account_id = l.account_id
                  UNION ALL SELECT l.account_id) who
            CROSS JOIN LATERAL (
                SELECT s.id, s.account_id, s.reblog_of_id
                FROM statuses s
                WHERE s.account_id = who.id AND s.deleted_at IS NULL AND s.visibility < 3
                ORDER BY s.id DESC
                LIMIT 40
            ) s
            ORDER BY s.id DESC
            LIMIT $1::int
        ) s
        WHERE l.last_active_at > now() - interval '30 days'
        """,
        ("home",),
    ),
    (
        "notifications",
        """
        INSERT INTO notifications (id, account_id, from_account_id, kind, status_id, subject_id,
                                   group_key, created_at)
        SELECT id_at(at), account_id, from_id, kind, status_id, subject_id, kind || '-' || subject, at
        FROM (
            SELECT s.account_id, f.account_id AS from_id, 'favourite' AS kind, s.id AS status_id,
                   f.id AS subject_id, s.id AS subject, f.created_at AS at
            FROM favourites f JOIN statuses s ON s.id = f.status_id
            UNION ALL
            SELECT s.account_id, b.account_id, 'reblog', s.id, b.id, s.id, b.created_at
            FROM statuses b JOIN statuses s ON s.id = b.reblog_of_id
            UNION ALL
            SELECT m.account_id, s.account_id, 'mention', s.id, m.id, s.id, s.created_at
            FROM mentions m JOIN statuses s ON s.id = m.status_id
            UNION ALL
            SELECT target_account_id, account_id, 'follow', NULL, id, id,
                   now() - interval '300 days' * (1 - random())
            FROM follows WHERE id % 3 = 0
        ) made
        WHERE account_id <> from_id
          AND EXISTS (SELECT 1 FROM logins l WHERE l.account_id = made.account_id)
        ORDER BY at
        """,
        (),
    ),
    (
        "private talks",
        """
        INSERT INTO inbox_conversations (account_id, conversation_id, participant_ids, status_ids,
                                         last_status_id)
        SELECT who, root, ARRAY[other], array_agg(id ORDER BY id), max(id)
        FROM (
            SELECT p.account_id AS who, m.account_id AS other, p.root, p.id
            FROM bench_posts p JOIN mentions m ON m.status_id = p.id WHERE p.visibility = 3
            UNION ALL
            SELECT m.account_id, p.account_id, p.root, p.id
            FROM bench_posts p JOIN mentions m ON m.status_id = p.id WHERE p.visibility = 3
        ) talks
        WHERE who <> other AND EXISTS (SELECT 1 FROM logins l WHERE l.account_id = who)
        GROUP BY 1, 2, 3
        """,
        (),
    ),
    (
        # A busy day: most of it done, some waiting, one server that does not answer.
        "received",
        """
        INSERT INTO received_activities (activity_uri, kind, sender_uri, origin, document, state,
                                         finished_at)
        SELECT 'https://' || host || '/a/' || n, 'Like', 'https://' || host || '/u/1', host,
               convert_to(repeat('x', 500), 'UTF8'),
               CASE WHEN n % 50 = 0 THEN 'waiting' ELSE 'done' END,
               CASE WHEN n % 50 = 0 THEN NULL ELSE now() END
        FROM (SELECT n, 'server' || n % 300 || '.example' AS host
              FROM generate_series(1, $1::int / 20) n) made
        """,
        ("statuses",),
    ),
    (
        "outgoing",
        """
        INSERT INTO outgoing_activities (id, account_id, document)
        SELECT n, 1000000, convert_to(repeat('x', 800), 'UTF8') FROM generate_series(1, $1::int / 20) n
        """,
        ("statuses",),
    ),
    (
        "deliveries",
        """
        INSERT INTO deliveries (activity_id, inbox_url, host, attempts, due_at)
        SELECT n, 'https://' || host || '/inbox', host,
               CASE WHEN host = 'server7.example' THEN 5 ELSE 0 END,
               now() + CASE WHEN host = 'server7.example' THEN interval '1 hour' ELSE '0' END
        FROM (SELECT n, CASE WHEN n % 3 = 0 THEN 'server7.example'
                             ELSE 'server' || n % 300 || '.example' END AS host
              FROM generate_series(1, $1::int / 40) n) made
        """,
        ("statuses",),
    ),
    ("tidy", "DROP TABLE bench_posts", ()),
]

# After these steps the indexes of these tables are made again: later steps read by them.
FILLED = {
    "follows": ("follows",),
    "boosts": ("statuses", "media_attachments", "mentions"),
    "homes": ("home_feed",),
    "notifications": ("notifications", "favourites"),
}


def vocabulary() -> list[str]:
    """Words that people use, the common ones first."""
    dice = random.Random(7)  # the same every time
    made = {"".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(4000)}
    return WORDS + sorted(made, key=lambda word: (len(word), word))


async def drop_indexes(connection: asyncpg.Connection) -> dict[str, list[str]]:
    """Drop the indexes that hold no promise; answers how to make them again, by table."""
    definitions: dict[str, list[str]] = {}
    for names in FILLED.values():
        for table in names:
            rows = await connection.fetch(
                "SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made "
                "FROM pg_index WHERE indrelid = $1::text::regclass AND NOT indisunique",
                table,
            )
            definitions[table] = [row["made"] for row in rows]
            for row in rows:
                await connection.execute(f"DROP INDEX {row['name']}")
    return definitions


async def generate(arguments: argparse.Namespace) -> list[dict[str, str]]:
    """Run the steps, then make tokens and analyse; answers whose tokens."""
    connection = await asyncpg.connect(arguments.url)
    values = {
        "base": arguments.base,
        "accounts": arguments.accounts,
        "statuses": arguments.statuses,
        "follows": arguments.follows,
        "words": WORDS,
        "vocabulary": vocabulary(),
        "home": arguments.home,
    }
    await connection.execute(
        "SET synchronous_commit = off; SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'"
    )
    try:
        await connection.execute("SET session_replication_role = replica")
    except asyncpg.InsufficientPrivilegeError:
        print("not a superuser: references are checked one by one, which is slow", file=sys.stderr)
    definitions = {} if arguments.without_statistics else await drop_indexes(connection)
    begun = time.perf_counter()
    for name, sql, names in STEPS:
        started = time.perf_counter()
        done = await connection.execute(sql, *(values[n] for n in names), timeout=3600)
        for table in FILLED.get(name, ()):
            if arguments.without_statistics:
                break  # as a server that was just set up: an index made later would count rows
            for definition in definitions[table]:
                await connection.execute(definition, timeout=3600)
            await connection.execute(f"ANALYZE {table}")
        print(
            f"{name:15} {done:25} {time.perf_counter() - started:7.1f} s",
            file=sys.stderr,
            flush=True,
        )
    people = await make_tokens(connection, arguments)
    if not arguments.without_statistics:
        await connection.execute("VACUUM ANALYZE", timeout=3600)
    print(f"{'all':41} {time.perf_counter() - begun:7.1f} s", file=sys.stderr)
    await connection.close()
    return people


async def make_tokens(
    connection: asyncpg.Connection, arguments: argparse.Namespace
) -> list[dict[str, str]]:
    """Sign some members in; answers name, token and id of each."""
    application = await connection.fetchval(
        "INSERT INTO oauth_applications (name, client_id, client_secret, redirect_uris, scopes) "
        "VALUES ('bench', gen_random_uuid(), '', '{}', '{read,write,follow,push}') RETURNING id"
    )
    people = []
    for n in range(min(arguments.tokens * 3 // 2, arguments.accounts)):
        if n % 3 == 2:
            continue  # lives elsewhere
        token = hashlib.sha256(f"bench {n}".encode()).hexdigest()
        people.append({"username": f"person{n}", "token": token, "id": str(FIRST_ID + n)})
        await connection.execute(
            "INSERT INTO oauth_tokens (token_hash, application_id, login_id, scopes, used_at) "
            "SELECT $1, $2, id, '{read,write,follow,push}', now() FROM logins WHERE account_id = $3",
            hashlib.sha256(token.encode()).digest(),
            application,
            FIRST_ID + n,
        )
    return people


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--url",
        default=os.environ.get("DATABASE_URL", ""),
        help="the database; default DATABASE_URL",
    )
    parser.add_argument("--base", default="http://localhost:3000")
    parser.add_argument("--accounts", type=int, default=30_000)
    parser.add_argument("--statuses", type=int, default=2_000_000)
    parser.add_argument("--follows", type=int, default=50, help="follows per account")
    parser.add_argument("--home", type=int, default=400, help="rows in each home")
    parser.add_argument("--tokens", type=int, default=200)
    parser.add_argument(
        "--without-statistics",
        action="store_true",
        help="as a server just set up: nothing was counted yet",
    )
    parser.add_argument("--out", default="tokens.json")
    given = parser.parse_args()
    Path(given.out).write_text(json.dumps(asyncio.run(generate(given))))


if __name__ == "__main__":
    main()
