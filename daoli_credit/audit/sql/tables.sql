-- 存证的表。没有外键：证据要比它提到的任何一行都活得久。
-- Months are those of Harbin's wall clock; the DEFAULT partition only catches what no month was prepared for.

CREATE SEQUENCE audit_event_id_seq AS bigint;
CREATE TABLE audit_event (
    id          bigint      NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    day         date        NOT NULL,
    actor_id    text        NOT NULL,
    actor_label text        NOT NULL,
    department  text        NOT NULL,
    act         text        NOT NULL,
    noun        text        NOT NULL,
    object_id   text        NOT NULL,
    from_status text        NOT NULL,
    to_status   text        NOT NULL,
    opinion     text        NOT NULL,
    revision    integer,
    count       integer     NOT NULL DEFAULT 1,
    root        bytea,
    leaf        bytea       NOT NULL,
    PRIMARY KEY (id, at),
    CONSTRAINT audit_event_names_act_and_object CHECK (act <> '' AND noun <> '' AND object_id <> '' AND actor_id <> ''),
    CONSTRAINT audit_event_opinion_is_short CHECK (char_length(opinion) <= 500),
    CONSTRAINT audit_event_counts_one_or_more CHECK (count >= 1),
    CONSTRAINT audit_event_root_is_sha256 CHECK (octet_length(root) = 32),
    CONSTRAINT audit_event_leaf_is_sha256 CHECK (octet_length(leaf) = 32)
) PARTITION BY RANGE (at);
ALTER SEQUENCE audit_event_id_seq OWNED BY audit_event.id;
CREATE INDEX audit_event_object ON audit_event (noun, object_id, id);

CREATE SEQUENCE audit_lookup_id_seq AS bigint;
CREATE TABLE audit_lookup (
    id          bigint      NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    day         date        NOT NULL,
    kind        text        NOT NULL,
    ref         bigint,
    actor_id    text        NOT NULL,
    actor_label text        NOT NULL,
    department  text        NOT NULL,
    person_key  bytea       NOT NULL,
    matter      text        NOT NULL,
    case_number text        NOT NULL,
    purpose     text        NOT NULL,
    shown       text[]      NOT NULL,
    result      text        NOT NULL,
    leaf        bytea       NOT NULL,
    PRIMARY KEY (id, at),
    CONSTRAINT audit_lookup_kind_is_known CHECK (kind IN ('look', 'own', 'outcome')),
    CONSTRAINT audit_lookup_says_who CHECK (actor_id <> ''),
    CONSTRAINT audit_lookup_says_why CHECK (kind <> 'look' OR (matter <> '' AND case_number <> '' AND purpose <> '')),
    CONSTRAINT audit_lookup_outcome_names_its_look CHECK ((kind = 'outcome') = (ref IS NOT NULL)),
    CONSTRAINT audit_lookup_outcome_has_result CHECK ((kind = 'outcome') = (result <> '')),
    CONSTRAINT audit_lookup_person_key_is_whole CHECK (octet_length(person_key) = 34),
    CONSTRAINT audit_lookup_leaf_is_sha256 CHECK (octet_length(leaf) = 32)
) PARTITION BY RANGE (at);
ALTER SEQUENCE audit_lookup_id_seq OWNED BY audit_lookup.id;
CREATE INDEX audit_lookup_person ON audit_lookup (person_key, id DESC);
CREATE INDEX audit_lookup_actor ON audit_lookup (actor_id, at);

CREATE TABLE audit_event_default PARTITION OF audit_event DEFAULT;
CREATE TABLE audit_lookup_default PARTITION OF audit_lookup DEFAULT;

-- 待封存队列：source 1 = audit_event, 2 = audit_lookup. Filled by trigger only, emptied by the sealer only.
CREATE TABLE audit_unsealed (
    row_id bigint      NOT NULL,
    at     timestamptz NOT NULL,
    source smallint    NOT NULL,
    leaf   bytea       NOT NULL
);

-- 封存：one Merkle batch, chained to the one before. Two seals can never follow the same one.
CREATE TABLE audit_seal (
    id        bigint      PRIMARY KEY,
    previous  bytea       NOT NULL CONSTRAINT audit_seal_chain_does_not_fork UNIQUE,
    root      bytea       NOT NULL,
    count     integer     NOT NULL CHECK (count >= 1),
    first_at  timestamptz NOT NULL,
    last_at   timestamptz NOT NULL,
    sealed_at timestamptz NOT NULL,
    chain     bytea       NOT NULL
);

-- 一次封存里的叶子：one row per seal, source and month, ids ascending and their leaves one after another in the same
-- order; a seal's tree is over its rows by source and month. Arrays rather than a row per leaf: sealing is several times
-- as fast and the store smaller. Leaves stay when a month is dropped, so its roots can still be recomputed.
CREATE TABLE audit_leaves (
    seal_id  bigint   NOT NULL,
    source   smallint NOT NULL,
    month    date     NOT NULL,
    first_id bigint   NOT NULL,
    last_id  bigint   NOT NULL,
    count    integer  NOT NULL,
    ids      bigint[] NOT NULL,
    leaves   bytea    NOT NULL,
    PRIMARY KEY (seal_id, source, month),
    CONSTRAINT audit_leaves_has_one_for_each_id CHECK (cardinality(ids) = count AND octet_length(leaves) = count * 32)
);
ALTER TABLE audit_leaves ALTER COLUMN leaves SET STORAGE EXTERNAL;
ALTER TABLE audit_leaves ALTER COLUMN ids SET STORAGE EXTERNAL;
CREATE INDEX audit_leaves_range ON audit_leaves (source, month, last_id);

-- 期满整月删除的记载：which month of which table, how many rows, under which rule.
CREATE TABLE audit_dropped (
    source     smallint    NOT NULL,
    month      date        NOT NULL,
    rows       bigint      NOT NULL,
    rule       text        NOT NULL CHECK (rule <> ''),
    due_on     date        NOT NULL,
    dropped_on date        NOT NULL CONSTRAINT audit_dropped_not_before_due CHECK (dropped_on >= due_on),
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (source, month)
);
