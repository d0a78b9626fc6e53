-- Ids as Mastodon has them: 48 bits of milliseconds since 1970, 16 bits of tail. The tail comes
-- from one sequence, so no two rows of any table ever share an id.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE SEQUENCE id_tail CYCLE MAXVALUE 65535 MINVALUE 0 CACHE 16;

CREATE FUNCTION next_id() RETURNS bigint LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT ((extract(epoch FROM clock_timestamp()) * 1000)::bigint << 16) | nextval('id_tail')
$$;

-- The id of something that was made elsewhere at a known time, so that timelines keep its place.
CREATE FUNCTION id_at(made_at timestamptz) RETURNS bigint LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT ((extract(epoch FROM least(made_at, clock_timestamp())) * 1000)::bigint << 16) | nextval('id_tail')
$$;

-- unaccent() may change with its dictionary; for indexes we promise that it does not.
CREATE FUNCTION folded(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT lower(public.unaccent('public.unaccent', words))
$$;

CREATE TABLE scheduled_turns (
    name text PRIMARY KEY,
    taken_at timestamptz NOT NULL
);
