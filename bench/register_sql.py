"""The statements of `bench.filling`: a record is a function of its number, so that every size has the same shape."""

SLOTS = """
CREATE UNLOGGED TABLE bench_slot (
    place serial PRIMARY KEY, department bigint, code text, item text, clerk bigint, reviewer bigint
)
"""

# id, the block of 500 that it came in, its department's share, the day it was reported, and what became of it
FACTS = """
CREATE UNLOGGED TABLE bench_fact AS
SELECT n, n %% 10 = 0 AS alone, 1 + (n - 1) / 500 AS block, s.department, s.code, s.item, s.clerk, s.reviewer,
       d.reported,
       CASE WHEN n %% (%(own)s) < 4 AND n >= 4 THEN 1 + n %% (%(own)s)
            ELSE 5 + abs(hashint8(n::bigint)::bigint) %% (%(people)s) END AS subject,
       (ARRAY['P1Y', 'P3Y', 'P3Y', '', ''])[1 + (n / 7) %% 5] AS lasts,
       CASE WHEN n %% 10 = 0 AND n %% 1990 = 0 AND d.reported > %(today)s - 90 THEN 'draft'
            WHEN n %% 10 = 0 AND n %% 1970 = 0 AND d.reported > %(today)s - 90 THEN 'returned'
            WHEN d.reported > %(today)s - 4 THEN 'submitted'
            WHEN s.department = %(market)s AND d.reported > %(today)s - 120 THEN 'submitted'
            ELSE 'effective' END AS status
FROM generate_series(1, %(rows)s) n
CROSS JOIN LATERAL (SELECT %(today)s - ((%(rows)s - n)::bigint * 1800 / %(rows)s)::int AS reported) d
JOIN bench_slot s ON s.place = 1 + ((%(rows)s - n) / 500) * 37 %% (SELECT count(*) FROM bench_slot)
"""

# a block that falls on two days has the sheet of the first
BATCHES = """
INSERT INTO records_importbatch (id, revision, status, number, token, stated, file_name, file_size, uploaded_at, done,
    total, kind, failure, checked_under, checked_on, committed_at, committed_by_id, department_id, item_id,
    uploaded_by_id, request_id, tries)
SELECT block, 4, 'committed', 'PL' || lpad(block::text, 9, '0'), md5('batch' || block)::uuid, '{}', '报送表.xlsx',
       204800, min(reported), count(*), count(*), 'XLSX', '', %(edition)s, min(reported), min(reported), clerk,
       department, item, clerk, '', 1
FROM bench_fact WHERE NOT alone
GROUP BY block, clerk, department, item
"""

ROWS = """
INSERT INTO records_batchrow (id, line, verdict, cause, problems, who, number_tail, document_number, determined_on,
    batch_id)
SELECT n, 2 + (n - 1) %% 500, 'new', '', '[]', '王*', '**************' || lpad((n %% 10000)::text, 4, '0'),
       '哈里罚〔' || to_char(reported, 'YYYY') || '〕' || n || '号', reported - 5, block
FROM bench_fact WHERE NOT alone
"""

CREDIT_RECORDS = """
INSERT INTO records_creditrecord (id, revision, status, number, document_number, determined_on, conduct_on, content,
    remarks, content_digest, severity, severity_basis, service, served_on, edition, public_until, use_until,
    keep_until, repair_from, reasons, submitted_on, first_submitted_on, effective_on, ended_on, end_kind,
    was_returned, created_at,
    department_id, entered_by_id, item_id, reviewed_by_id, submitted_by_id, subject_id, row_id)
SELECT n, 3,
       CASE WHEN e.over THEN 'ended' ELSE status END,
       'XY' || lpad(n::text, 10, '0'),
       '哈里罚〔' || to_char(reported, 'YYYY') || '〕' || n || '号',
       e.decided, e.decided - 40,
       CASE WHEN e.over THEN '{}'::jsonb ELSE jsonb_build_object(
           'conduct_type', '使用未经检定的计量器具', 'facts', '被查实使用未经检定的计量器具，已经责令改正',
           'legal_ground', '《计量法实施细则》第四十三条', 'penalty_kinds', jsonb_build_array('罚款'),
           'penalty_content', '罚款500元', 'fine', '0.05', 'decided_on', e.decided) END,
       '[]', decode(md5(n::text) || md5(n::text), 'hex'), 'general', '行政处罚裁量基准（示例）', 'direct', e.decided,
       %(edition)s, e.until, e.until, e.decided + 1826, e.decided + 180, '{"use_until": "三年（示例）"}',
       CASE WHEN status IN ('draft', 'returned') THEN NULL ELSE reported END,
       CASE WHEN status <> 'draft' THEN reported END,
       CASE WHEN status = 'effective' THEN reported + 2 END,
       CASE WHEN e.over THEN e.until + 1 END, CASE WHEN e.over THEN 'expired' ELSE '' END,
       status = 'returned' OR (alone AND n %% 70 = 0), reported,
       department, clerk, item,
       CASE WHEN status = 'effective' THEN reviewer END, CASE WHEN status <> 'draft' THEN clerk END, subject,
       CASE WHEN NOT alone THEN n END
FROM bench_fact
CROSS JOIN LATERAL (
    SELECT k.decided, k.until, status = 'effective' AND k.until IS NOT NULL AND k.until < %(today)s AS over
    FROM (SELECT reported - 3 - (n %% 5)::int - CASE WHEN block %% 40 = 0 THEN 30 ELSE 0 END AS decided,
                 (reported + NULLIF(lasts, '')::interval)::date AS until) k
) e
"""

RECORDS = (FACTS, BATCHES, ROWS, CREDIT_RECORDS)

REVISIONS = """
INSERT INTO records_revision (id, number, kind, day, made_at, record_id)
SELECT id, 1, 'effective', effective_on, effective_on, id FROM records_creditrecord WHERE effective_on IS NOT NULL
"""

ENDINGS = """
INSERT INTO records_revision (id, number, kind, day, made_at, record_id)
SELECT %(rows)s + id, 2, 'ended', ended_on, ended_on, id FROM records_creditrecord WHERE ended_on IS NOT NULL
"""

HOLDINGS = """
INSERT INTO records_holding (id, recipient, recipient_title, revision, since, gone_at, record_id, refusal, owed)
SELECT id, 'hlj', '省信用信息共享平台', 1, effective_on,
       CASE WHEN ended_on IS NOT NULL AND id %% 5000 > 0 THEN ended_on END, id, '',
       ended_on IS NOT NULL AND id %% 5000 = 0
FROM records_creditrecord WHERE effective_on IS NOT NULL AND id %% 3 = 0
"""

COPIES = """
INSERT INTO records_archivecopy (record_id, number, token, end_kind, ended_on, keep_until, sealed_on, envelope, digest,
    department_id)
SELECT id, 'DA' || id, md5('copy' || id)::uuid, 'expired', ended_on, greatest(keep_until, ended_on), ended_on,
       decode(repeat(md5(id::text), 4), 'hex'), content_digest, department_id
FROM records_creditrecord WHERE status = 'ended'
"""

PUBLIC = """
INSERT INTO records_publicpage (record_id, token, made_at)
SELECT id, md5('public' || id)::uuid, effective_on FROM records_creditrecord
WHERE effective_on IS NOT NULL AND id %% 20 = 0
"""

SENT_BACK = """
INSERT INTO records_sentback (id, revision, reasons, words, was, subject_was, record_id, returned_by_id, returned_on)
SELECT n, 2, '["wrong-field"]', '请核对文书号', '{}', subject, n, reviewer, reported
FROM bench_fact WHERE status = 'returned' OR (alone AND n %% 70 = 0 AND status <> 'draft')
"""

DAY_NOTES = """
INSERT INTO records_daynote (department_id, kind, about, day)
SELECT DISTINCT f.department, 'returned', f.reported, f.reported + 1 FROM bench_fact f
WHERE (f.alone AND f.n %% 70 = 0) OR f.status = 'returned'
UNION ALL
SELECT DISTINCT department_id, 'expired', ended_on, ended_on FROM records_creditrecord WHERE status = 'ended'
"""

LEAF = "decode(repeat('00', 32), 'hex')"
HAND = """
INSERT INTO audit_event (id, at, day, actor_id, actor_label, department, act, noun, object_id, from_status, to_status,
    opinion, revision, count, leaf)
SELECT nextval('audit_event_id_seq'), reported + time '09:00' + a.step * interval '1 hour', reported + a.step,
       'user:' || CASE WHEN a.act ~ 'approved|returned' THEN reviewer ELSE clerk END, '经办员', code, a.act,
       'creditrecord', n::text, a.was, a.becomes, '', 1 + a.step, 1, LEAF
FROM bench_fact
JOIN (VALUES (0, 'record.entered', '', 'draft'), (0, 'record.submitted', 'draft', 'submitted'),
             (1, 'record.returned', 'submitted', 'returned'), (1, 'record.submitted', 'returned', 'submitted'),
             (2, 'record.approved', 'submitted', 'effective')) a (step, act, was, becomes)
  ON a.step = 0 OR (a.step = 1 AND n %% 70 = 0) OR (a.step = 2 AND status = 'effective')
WHERE alone ORDER BY n, a.step
""".replace("LEAF", LEAF)

SHEETS = """
INSERT INTO audit_event (id, at, day, actor_id, actor_label, department, act, noun, object_id, from_status, to_status,
    opinion, revision, count, root, leaf)
SELECT nextval('audit_event_id_seq'), b.committed_at + a.step * interval '1 hour', b.checked_on + a.step,
       'user:' || b.uploaded_by_id, '经办员', d.code, a.act, 'creditrecord', b.number, '', '', '', 1, b.total,
       LEAF, LEAF
FROM records_importbatch b JOIN accounts_department d ON d.id = b.department_id
CROSS JOIN (VALUES (0, 'record.submitted'), (2, 'record.approved')) a (step, act)
""".replace("LEAF", LEAF)

EXPIRED = """
INSERT INTO audit_event (id, at, day, actor_id, actor_label, department, act, noun, object_id, from_status, to_status,
    opinion, revision, count, leaf)
SELECT nextval('audit_event_id_seq'), ended_on, ended_on, 'user:0', '系统', '', 'record.expired', 'creditrecord',
       id::text, 'effective', 'ended', '', 4, 1, LEAF
FROM records_creditrecord WHERE status = 'ended'
""".replace("LEAF", LEAF)

# every third record was looked at once within the year; the first citizen 300 times, the third 2,000 times
LOOKS = """
INSERT INTO audit_lookup (id, at, day, kind, actor_id, actor_label, department, person_key, matter, case_number,
    purpose, shown, result, leaf)
SELECT nextval('audit_lookup_id_seq'), m.at, m.at::date, 'look', 'user:' || f.clerk, '经办员', f.code, k.digest,
       'record-handling', 'XY' || lpad(f.n::text, 10, '0'), '办理本部门报送的信用记录', '{record,identity-masked}', '',
       LEAF
FROM bench_fact f
CROSS JOIN LATERAL (SELECT now() - ((%(rows)s - f.n)::float8 / %(rows)s) * interval '360 days' AS at) m
CROSS JOIN LATERAL (
    SELECT CASE WHEN f.n <= 6000 THEN 3 WHEN f.n <= 6900 THEN 1 ELSE f.subject END AS one
) s
JOIN records_subjectkey k ON k.subject_id = s.one
WHERE f.n %% 3 = 0
""".replace("LEAF", LEAF)

AROUND = (
    "ANALYZE records_subjectkey",
    REVISIONS, ENDINGS, HOLDINGS, COPIES, PUBLIC, SENT_BACK, DAY_NOTES, HAND, SHEETS, EXPIRED, LOOKS,
    "DROP TABLE bench_fact",
)  # fmt: skip
