-- 备好一个月的分区。SECURITY DEFINER: the application may prepare the coming months, and can do nothing else to them.
-- False: nothing to do, or rows of that month already lie in the DEFAULT partition and must stay there.

CREATE FUNCTION audit_ensure_partition(month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    starts     timestamp := date_trunc('month', month::timestamp);
    from_at    timestamptz := starts AT TIME ZONE 'Asia/Shanghai';
    until_at   timestamptz := (starts + interval '1 month') AT TIME ZONE 'Asia/Shanghai';
    made       boolean := false;
    kept       text;
    part       text;
    stray      boolean;
    grantee    text;
BEGIN
    IF from_at > clock_timestamp() + interval '25 months' OR until_at < clock_timestamp() THEN
        RAISE EXCEPTION '只能为本月至两年内的月份准备存证分区：%', month USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('audit_ensure_partition'));
    FOREACH kept IN ARRAY ARRAY['audit_event', 'audit_lookup'] LOOP
        part := kept || '_' || to_char(starts, 'YYYY_MM');
        CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE at >= %L AND at < %L)', kept || '_default', from_at, until_at)
            INTO stray;
        CONTINUE WHEN stray;
        EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)', part, kept, from_at, until_at);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse()',
                       part || '_keep', part);
        EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER %I', part, part || '_keep');
        -- Default privileges may have given rights on the new table; months are reached through their parent only.
        FOR grantee IN
            SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END
            FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) acl
            WHERE c.oid = to_regclass('public.' || part) AND acl.grantee <> c.relowner
        LOOP
            EXECUTE format('REVOKE ALL ON public.%I FROM %s', part, grantee);
        END LOOP;
        made := true;
    END LOOP;
    RETURN made;
END
$$;
REVOKE ALL ON FUNCTION audit_ensure_partition(date) FROM PUBLIC;

SELECT audit_ensure_partition((date_trunc('month', clock_timestamp() AT TIME ZONE 'Asia/Shanghai') + make_interval(months => n))::date)
FROM generate_series(0, 12) n;
