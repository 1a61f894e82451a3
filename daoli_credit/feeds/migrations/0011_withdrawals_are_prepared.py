"""Withdrawals that are known in advance stand prepared for their day (docs/adr/0055)."""

import django.db.models.deletion
from django.db import migrations, models

STAYS = """
CREATE FUNCTION feeds_prepared_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '备好的撤回不能删除：%', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (NEW.feed_id, NEW.record_id, NEW.day, NEW.made_at) IS DISTINCT FROM
       (OLD.feed_id, OLD.record_id, OLD.day, OLD.made_at)
     OR OLD.settled_at IS NOT NULL THEN
    RAISE EXCEPTION '备好的撤回不能改写：%', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER feeds_prepared_stays BEFORE UPDATE ON feeds_prepared
  FOR EACH ROW EXECUTE FUNCTION feeds_prepared_stays();
CREATE TRIGGER feeds_prepared_deleted_in_time BEFORE DELETE ON feeds_prepared FOR EACH ROW
  WHEN (NOT records_is_deleting(OLD.record_id)) EXECUTE FUNCTION feeds_prepared_stays();
"""
GONE = """
DROP TRIGGER feeds_prepared_deleted_in_time ON feeds_prepared;
DROP TRIGGER feeds_prepared_stays ON feeds_prepared;
DROP FUNCTION feeds_prepared_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0010_still_there_after_its_end"),
        ("records", "0032_requests_are_deleted_in_time"),
    ]

    operations = [
        migrations.AddField(
            "feed", "prepared_at", models.DateTimeField("备撤回时间", null=True, blank=True)
        ),
        migrations.CreateModel(
            name="Prepared",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="撤回日")),
                ("made_at", models.DateTimeField(verbose_name="备好时间")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "已备好"), ("taken", "到日已撤回"), ("moot", "不再需要")],
                        db_default="",
                        default="",
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="了结时间")),
                (
                    "feed",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prepared",
                        to="feeds.feed",
                        verbose_name="平台",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.creditrecord",
                        verbose_name="信用记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "备好的撤回",
                "verbose_name_plural": "备好的撤回",
                "ordering": ["day", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("feed", "record"),
                        name="one_withdrawal_stands_prepared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at__isnull", True)),
                            models.Q(("outcome__in", ["taken", "moot"]), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_settled_preparation_says_how",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")), fields=["feed", "day", "id"], name="prepared_by_day"
                    ),
                    models.Index(fields=["record", "feed"], name="prepared_of_record"),
                ],
            },
        ),
        migrations.RunSQL(STAYS, GONE),
    ]
