-- 叶子：SHA-256 over 0x00 and PostgreSQL's binary form of the row (record_send): the number of columns, then for each
-- column its type number, its length in four bytes (-1 for NULL) and its bytes. Every column carries its length, so two
-- different rows never have the same form. check_proof.py writes the same bytes in plain Python.
-- STABLE, not IMMUTABLE, because record_send is: only so does the planner inline them into the scan that verifies.

CREATE FUNCTION audit_canonical_event(
    id bigint, at timestamptz, day date, actor_id text, actor_label text, department text, act text, noun text,
    object_id text, from_status text, to_status text, opinion text, revision integer, count integer, root bytea
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT record_send(ROW('daoli-event-1'::text, id, at, day, actor_id, actor_label, department, act, noun,
                           object_id, from_status, to_status, opinion, revision, count, root))
$$;

CREATE FUNCTION audit_canonical_lookup(
    id bigint, at timestamptz, day date, kind text, ref bigint, actor_id text, actor_label text, department text,
    person_key bytea, matter text, case_number text, purpose text, shown text[], result text
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT record_send(ROW('daoli-lookup-1'::text, id, at, day, kind, ref, actor_id, actor_label, department,
                           person_key, matter, case_number, purpose, shown, result))
$$;

CREATE FUNCTION audit_leaf_of(canonical bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256('\x00'::bytea || canonical)
$$;
