"""Fills an empty, migrated database with a large community: for plans and measurements.

    .venv/bin/python bench/generate.py --accounts 30000 --statuses 2000000

The shape is that of a real one: a power law of followers, most posts by a few, every fifth post
a reply, every tenth a boost. Written with a few set-based statements, without the server.
"""

import argparse
import asyncio
import hashlib
import json
import os
import sys
import time
from pathlib import Path

import asyncpg

WORDS = (
    "server community federation moderation water tower volunteer garden bread music river "
    "painting cat bicycle mountain coffee weather library python database photo train story"
).split()

STEPS = [
    (
        "accounts",
        """
        INSERT INTO accounts (id, username, display_name, uri, url, inbox_url, followers_url,
                              outbox_url, following_url, shared_inbox_url, is_discoverable,
                              created_at)
        SELECT 1000000 + n, 'person' || n, 'Person ' || n, $1 || '/ap/users/' || (1000000 + n),
               $1 || '/@person' || n, $1 || '/ap/users/' || (1000000 + n) || '/inbox',
               $1 || '/ap/users/' || (1000000 + n) || '/followers',
               $1 || '/ap/users/' || (1000000 + n) || '/outbox',
               $1 || '/ap/users/' || (1000000 + n) || '/following',
               $1 || '/inbox', true, now() - interval '300 days'
        FROM generate_series(0, $2::int - 1) n
        """,
        ("base", "accounts"),
    ),
    (
        "logins",
        """
        INSERT INTO logins (account_id, email, password_hash, confirmed_at, approved_at,
                            last_active_at, agreed_at)
        SELECT 1000000 + n, 'person' || n || '@example.test', '', now(), now(),
               now() - (n % 60) * interval '12 hours', now()
        FROM generate_series(0, $1::int - 1) n
        """,
        ("accounts",),
    ),
    (
        "follows",
        """
        INSERT INTO follows (account_id, target_account_id)
        SELECT DISTINCT 1000000 + who, 1000000 + whom
        FROM (
            SELECT n % $1::int AS who,
                   -- a power law: account 0 is followed most
                   least($1::int - 1, floor($1::int * random() ^ 3))::int AS whom
            FROM generate_series(0, $1::bigint * $2::int - 1) n
        ) pairs
        WHERE who <> whom
        """,
        ("accounts", "follows"),
    ),
    ("conversations", "INSERT INTO conversations (id) SELECT n FROM generate_series(1, $1::int) n", ("conversations",)),
    (
        "statuses",
        """
        INSERT INTO statuses (id, account_id, uri, url, text, content_html, visibility, language,
                              in_reply_to_id, in_reply_to_account_id, conversation_id, is_local,
                              created_at)
        SELECT id, account_id, $1 || '/s/' || id, $1 || '/s/' || id, words,
               '<p>' || words || '</p>',
               CASE WHEN n % 20 = 7 THEN 2 WHEN n % 20 = 11 THEN 1 ELSE 0 END, 'en',
               CASE WHEN n % 5 = 3 AND n > 100 THEN lag(id, 7) OVER (ORDER BY n) END,
               CASE WHEN n % 5 = 3 AND n > 100 THEN lag(account_id, 7) OVER (ORDER BY n) END,
               1 + n % $3::int, true, at
        FROM (
            SELECT n, (extract(epoch FROM at) * 1000)::bigint << 16 | (n % 65536) AS id, at,
                   1000000 + least($2::int - 1, floor($2::int * random() ^ 2))::int AS account_id,
                   (SELECT string_agg(word, ' ') FROM (
                       SELECT ($4::text[])[1 + floor(random() * 24 + n * 0)::int] AS word
                       FROM generate_series(1, 12)) w) AS words
            FROM (
                SELECT n, now() - ($5::int - n) * interval '300 days' / $5::int AS at
                FROM generate_series(1, $5::int) n
            ) times
        ) made
        """,
        ("base", "accounts", "conversations", "words", "statuses"),
    ),
    (
        "boosts",
        """
        INSERT INTO statuses (id, account_id, uri, visibility, reblog_of_id, conversation_id,
                              is_local, created_at)
        SELECT id_at(at), account_id, $1 || '/b/' || n, 0, reblog_of_id, conversation_id, true, at
        FROM (
            SELECT s.id AS reblog_of_id, s.conversation_id, row_number() OVER () AS n,
                   s.created_at + interval '1 hour' AS at,
                   1000000 + floor(random() * $2::int)::int AS account_id
            FROM statuses s
            WHERE s.visibility = 0 AND s.id % 10 = 3
        ) picked
        """,
        ("base", "accounts"),
    ),
    ("status stats", "INSERT INTO status_stats (status_id, favourites_count) SELECT id, 0 FROM statuses", ()),
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
        "favourites",
        """
        INSERT INTO favourites (account_id, status_id)
        SELECT DISTINCT 1000000 + floor(random() * $1::int)::int, s.id
        FROM (SELECT id FROM statuses WHERE reblog_of_id IS NULL ORDER BY id DESC LIMIT $2::int / 5) s
        """,
        ("accounts", "statuses"),
    ),
    (
        "tags",
        "INSERT INTO tags (name, shown_name) SELECT word, word FROM unnest($1::text[]) word",
        ("words",),
    ),
    (
        "status tags",
        """
        INSERT INTO status_tags (tag_id, status_id)
        SELECT t.id, s.id
        FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM tags) t
        JOIN (SELECT id, (id >> 16) % 72 AS n FROM statuses WHERE reblog_of_id IS NULL) s
          ON s.n = t.n
        """,
        (),
    ),
    (
        "homes",
        """
        INSERT INTO home_feed (account_id, status_id, author_id, reblog_of_id)
        SELECT l.account_id, s.id, s.account_id, s.reblog_of_id
        FROM logins l
        CROSS JOIN LATERAL (
            SELECT s.id, s.account_id, s.reblog_of_id
            FROM (SELECT f.target_account_id AS id FROM follows f WHERE f.account_id = l.account_id) who
            CROSS JOIN LATERAL (
                SELECT s.id, s.account_id, s.reblog_of_id
                FROM statuses s
                WHERE s.account_id = who.id AND s.deleted_at IS NULL
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
        INSERT INTO notifications (account_id, from_account_id, kind, status_id, subject_id, group_key)
        SELECT s.account_id, f.account_id, 'favourite', s.id, f.id, 'favourite-' || s.id
        FROM favourites f JOIN statuses s ON s.id = f.status_id
        WHERE s.account_id <> f.account_id
        """,
        (),
    ),
]


async def generate(arguments: argparse.Namespace) -> None:
    """Run the steps, then make tokens and analyse."""
    connection = await asyncpg.connect(arguments.url)
    values = {
        "base": arguments.base,
        "accounts": arguments.accounts,
        "statuses": arguments.statuses,
        "follows": arguments.follows,
        "conversations": max(1, arguments.statuses // 3),
        "words": WORDS,
        "home": arguments.home,
    }
    await connection.execute("SET synchronous_commit = off")
    for name, sql, names in STEPS:
        started = time.perf_counter()
        done = await connection.execute(sql, *(values[n] for n in names), timeout=3600)
        print(f"{name:15} {done:25} {time.perf_counter() - started:7.1f} s", file=sys.stderr, flush=True)
    application = await connection.fetchval(
        "INSERT INTO oauth_applications (name, client_id, client_secret, redirect_uris, scopes) "
        "VALUES ('bench', gen_random_uuid(), '', '{}', '{read,write,follow,push}') RETURNING id"
    )
    people = []
    for n in range(0, min(arguments.tokens, arguments.accounts)):
        token = hashlib.sha256(f"bench {n}".encode()).hexdigest()
        people.append({"username": f"person{n}", "token": token, "id": str(1000000 + n)})
        await connection.execute(
            "INSERT INTO oauth_tokens (token_hash, application_id, login_id, scopes, used_at) "
            "SELECT $1, $2, id, '{read,write,follow,push}', now() FROM logins WHERE account_id = $3",
            hashlib.sha256(token.encode()).digest(),
            application,
            1000000 + n,
        )
    await connection.execute("VACUUM ANALYZE", timeout=3600)
    Path(arguments.out).write_text(json.dumps(people))
    await connection.close()


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default=os.environ.get("DATABASE_URL", ""), help="the database; default DATABASE_URL")
    parser.add_argument("--base", default="http://localhost:3000")
    parser.add_argument("--accounts", type=int, default=30_000)
    parser.add_argument("--statuses", type=int, default=2_000_000)
    parser.add_argument("--follows", type=int, default=50, help="follows per account")
    parser.add_argument("--home", type=int, default=400, help="rows in each home")
    parser.add_argument("--tokens", type=int, default=200)
    parser.add_argument("--out", default="tokens.json")
    asyncio.run(generate(parser.parse_args()))


if __name__ == "__main__":
    main()
