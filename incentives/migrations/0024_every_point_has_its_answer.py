"""要点: each thing that the person said is a row with its own answer; no review and no decision while one has none."""

import django.db.models.deletion
from django.db import migrations, models

# What was said before points were rows: a statement or a hearing is one point, answered in the words of its case.
BEFORE = """
INSERT INTO incentives_point (listing_id, defence_id, message_id, place, begins, ends, outcome, reply, replied_on)
SELECT l.id, said.defence_id, said.message_id,
       row_number() OVER (PARTITION BY l.id ORDER BY said.defence_id NULLS LAST), 0, NULL,
       CASE WHEN l.legal_reviewed_on IS NULL THEN '' ELSE 'in-words' END,
       CASE WHEN l.legal_reviewed_on IS NULL THEN '' ELSE COALESCE(NULLIF(l.legal_response, ''), '见案卷') END,
       l.legal_reviewed_on
  FROM incentives_listing l
  JOIN (SELECT listing_id, id AS defence_id, message_id FROM incentives_defence
        UNION ALL SELECT id, NULL, NULL FROM incentives_listing WHERE hearing = 'held') said ON said.listing_id = l.id
"""
POINTS = """
CREATE FUNCTION incentives_point_comes_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM incentives_listing WHERE id = NEW.listing_id AND legal_reviewed_on IS NOT NULL)
     OR NEW.outcome <> ''
     OR NEW.defence_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM incentives_defence WHERE id = NEW.defence_id AND listing_id = NEW.listing_id
     ) THEN
    RAISE EXCEPTION '要点随意见记下，在法制审核以前，先记后答：案件 %', NEW.listing_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_point_comes_in_time BEFORE INSERT ON incentives_point
  FOR EACH ROW EXECUTE FUNCTION incentives_point_comes_in_time();
CREATE TRIGGER incentives_point_is_answered_once BEFORE UPDATE ON incentives_point FOR EACH ROW
  WHEN (OLD.outcome <> '' OR (to_jsonb(NEW) - '{outcome,reply,replied_on}'::text[])
        IS DISTINCT FROM (to_jsonb(OLD) - '{outcome,reply,replied_on}'::text[]))
  EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER incentives_point_deleted_in_time BEFORE DELETE ON incentives_point FOR EACH ROW
  WHEN (NOT incentives_is_deleting(OLD.listing_id)) EXECUTE FUNCTION records_only_grows();
"""
NO_POINTS = """
DROP TRIGGER incentives_point_deleted_in_time ON incentives_point;
DROP TRIGGER incentives_point_is_answered_once ON incentives_point;
DROP TRIGGER incentives_point_comes_in_time ON incentives_point;
DROP FUNCTION incentives_point_comes_in_time();
"""
CASE = """
CREATE FUNCTION incentives_every_point_is_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM incentives_point WHERE listing_id = NEW.id AND outcome = '')
     OR EXISTS (SELECT FROM incentives_defence d WHERE d.listing_id = NEW.id
                AND NOT EXISTS (SELECT FROM incentives_point p WHERE p.defence_id = d.id))
     OR NEW.hearing = 'held'
        AND NOT EXISTS (SELECT FROM incentives_point WHERE listing_id = NEW.id AND defence_id IS NULL) THEN
    RAISE EXCEPTION '当事人的意见还有没有回应的，不能通过审核，不能作出决定：%', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_zz_every_point_is_answered BEFORE UPDATE ON incentives_listing FOR EACH ROW
  WHEN (NEW.legal_reviewed_on IS NOT NULL AND OLD.legal_reviewed_on IS NULL
        OR NEW.decided_on IS NOT NULL AND OLD.decided_on IS NULL)
  EXECUTE FUNCTION incentives_every_point_is_answered();
"""
NO_CASE = """
DROP TRIGGER incentives_zz_every_point_is_answered ON incentives_listing;
DROP FUNCTION incentives_every_point_is_answered();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0014_keys_where_records_may_be"),
        ("incentives", "0023_originals_in_the_file"),
    ]

    operations = [
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('begins', models.PositiveIntegerField(default=0, verbose_name='从第几个字')),
                ('ends', models.PositiveIntegerField(blank=True, null=True, verbose_name='到第几个字')),
                ('outcome', models.CharField(blank=True, choices=[('adopted', '采纳'), ('partly', '部分采纳'), ('not-adopted', '不采纳'), ('no-point', '不是意见（称呼、落款等）'), ('in-words', '见回应原文')], default='', max_length=12, verbose_name='怎样回应')),
                ('reply', models.TextField(blank=True, default='', verbose_name='理由')),
                ('replied_on', models.DateField(blank=True, null=True, verbose_name='回应日')),
                ('defence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='points', to='incentives.defence', verbose_name='陈述申辩')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='incentives.listing', verbose_name='案件')),
                ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.message', verbose_name='消息')),
            ],
            options={
                'verbose_name': '要点',
                'verbose_name_plural': '要点',
                'ordering': ['listing', 'place'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('listing', 'place'), name='one_point_per_place_in_a_case'), models.CheckConstraint(condition=models.Q(('place__gte', 1), models.Q(('ends__isnull', True), ('ends__gt', models.F('begins')), _connector='OR')), name='a_point_has_its_place_and_its_words'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('replied_on__isnull', True), ('reply', '')), models.Q(('outcome__in', ['adopted', 'partly', 'not-adopted', 'no-point', 'in-words']), ('replied_on__isnull', False), models.Q(models.Q(('reply', ''), _negated=True), ('outcome', 'no-point'), _connector='OR')), _connector='OR'), name='a_point_is_answered_whole')],
            },
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(POINTS, NO_POINTS),
        migrations.RunSQL(CASE, NO_CASE),
    ]
