-- 盖时、算叶、排队、拒改。Names are written with their schema: a session's own temporary tables must not stand in for ours.

-- The partition is chosen before these run, so the default's time, a moment old, is kept; any other is overwritten.
CREATE FUNCTION audit_stamp_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz := clock_timestamp();
BEGIN
    IF pg_client_encoding() <> 'UTF8' THEN
        RAISE EXCEPTION '写入存证的连接必须使用 UTF8 编码' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NEW.at > moment OR NEW.at < moment - interval '1 second' THEN
        NEW.at := moment;
    END IF;
    NEW.id := nextval('public.audit_event_id_seq');
    NEW.leaf := public.audit_leaf_of(public.audit_canonical_event(
        NEW.id, NEW.at, NEW.day, NEW.actor_id, NEW.actor_label, NEW.department, NEW.act, NEW.noun,
        NEW.object_id, NEW.from_status, NEW.to_status, NEW.opinion, NEW.revision, NEW.count, NEW.root));
    RETURN NEW;
END
$$;

CREATE FUNCTION audit_stamp_lookup() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz := clock_timestamp();
BEGIN
    IF pg_client_encoding() <> 'UTF8' THEN
        RAISE EXCEPTION '写入存证的连接必须使用 UTF8 编码' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NEW.at > moment OR NEW.at < moment - interval '1 second' THEN
        NEW.at := moment;
    END IF;
    NEW.id := nextval('public.audit_lookup_id_seq');
    NEW.leaf := public.audit_leaf_of(public.audit_canonical_lookup(
        NEW.id, NEW.at, NEW.day, NEW.kind, NEW.ref, NEW.actor_id, NEW.actor_label, NEW.department,
        NEW.person_key, NEW.matter, NEW.case_number, NEW.purpose, NEW.shown, NEW.result));
    RETURN NEW;
END
$$;

-- SECURITY DEFINER without SET search_path, which costs something on every write: nothing in it is looked up by the path.
CREATE FUNCTION audit_queue_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO public.audit_unsealed (source, row_id, at, leaf) SELECT 1, id, at, leaf FROM fresh;
    RETURN NULL;
END
$$;

CREATE FUNCTION audit_queue_lookup() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO public.audit_unsealed (source, row_id, at, leaf) SELECT 2, id, at, leaf FROM fresh;
    RETURN NULL;
END
$$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '存证只增不改：% 上的 % 被拒绝', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER audit_event_stamp BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_stamp_event();
CREATE TRIGGER audit_lookup_stamp BEFORE INSERT ON audit_lookup
    FOR EACH ROW EXECUTE FUNCTION audit_stamp_lookup();
CREATE TRIGGER audit_event_queue AFTER INSERT ON audit_event REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION audit_queue_event();
CREATE TRIGGER audit_lookup_queue AFTER INSERT ON audit_lookup REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION audit_queue_lookup();

-- ENABLE ALWAYS: session_replication_role does not switch a refusal off.
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['audit_event', 'audit_lookup', 'audit_seal', 'audit_leaves', 'audit_dropped'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit_refuse()',
                       kept || '_refuse', kept);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', kept, kept || '_refuse');
    END LOOP;
    FOREACH kept IN ARRAY ARRAY['audit_event', 'audit_lookup', 'audit_seal', 'audit_leaves', 'audit_dropped',
                                'audit_event_default', 'audit_lookup_default', 'audit_unsealed'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()',
                       kept || '_keep', kept);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', kept, kept || '_keep');
    END LOOP;
END
$$;
