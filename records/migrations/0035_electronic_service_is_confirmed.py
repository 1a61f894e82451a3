"""电子送达要有确认书: the scan of what the person has signed stands before the service does; the database wants both."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PAPERS = """
CREATE OR REPLACE FUNCTION records_papers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held text; told text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.record_id, NEW.case_id, NEW.paper, NEW.format, NEW.size, NEW.digest, NEW.token) IS DISTINCT FROM
       (OLD.record_id, OLD.case_id, OLD.paper, OLD.format, OLD.size, OLD.digest, OLD.token) THEN
      RAISE EXCEPTION '附件不能改写' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT status, service INTO held, told FROM records_creditrecord WHERE id = NEW.record_id;
    IF held IN ('submitted', 'effective', 'ended')
       AND NOT (NEW.paper = 'confirmation' AND held = 'effective' AND told = '') THEN
      RAISE EXCEPTION '报送以后不能再加附件' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  SELECT status INTO held FROM records_creditrecord WHERE id = OLD.record_id;
  IF held IN ('submitted', 'effective') THEN
    RAISE EXCEPTION '报送以后不能删附件' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
"""
PAPERS_BEFORE = """
CREATE OR REPLACE FUNCTION records_papers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.record_id, NEW.case_id, NEW.paper, NEW.format, NEW.size, NEW.digest, NEW.token) IS DISTINCT FROM
       (OLD.record_id, OLD.case_id, OLD.paper, OLD.format, OLD.size, OLD.digest, OLD.token) THEN
      RAISE EXCEPTION '附件不能改写' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT status INTO held FROM records_creditrecord WHERE id = NEW.record_id;
    IF held IN ('submitted', 'effective', 'ended') THEN
      RAISE EXCEPTION '报送以后不能再加附件' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  SELECT status INTO held FROM records_creditrecord WHERE id = OLD.record_id;
  IF held IN ('submitted', 'effective') THEN
    RAISE EXCEPTION '报送以后不能删附件' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
"""
# What a bureau's own system served before it reported, it registered there; what is served here shows what was signed.
CONFIRMED = """
CREATE FUNCTION records_electronic_is_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'records_paperservice' THEN
    IF NEW.how = 'electronic' AND NOT EXISTS (
         SELECT 1 FROM records_paperconfirmation WHERE paper_id = NEW.paper_id
       ) THEN
      RAISE EXCEPTION '电子送达要有本人签过的确认书' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  ELSIF NEW.service = 'electronic' AND OLD.service = '' AND OLD.status = 'effective' AND NOT EXISTS (
         SELECT 1 FROM records_attachment WHERE record_id = NEW.id AND paper = 'confirmation'
       ) THEN
    RAISE EXCEPTION '电子送达要有本人签过的确认书' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_electronic_is_confirmed BEFORE UPDATE OF service ON records_creditrecord
  FOR EACH ROW WHEN (NEW.service = 'electronic' AND OLD.service = '')
  EXECUTE FUNCTION records_electronic_is_confirmed();
CREATE TRIGGER records_paper_electronic_is_confirmed BEFORE INSERT ON records_paperservice
  FOR EACH ROW EXECUTE FUNCTION records_electronic_is_confirmed();
CREATE FUNCTION records_confirmation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.paper_id, NEW.format, NEW.size, NEW.digest, NEW.added_by_id) IS DISTINCT FROM
     (OLD.paper_id, OLD.format, OLD.size, OLD.digest, OLD.added_by_id) THEN
    RAISE EXCEPTION '电子送达确认书不能改写' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_confirmation_stays BEFORE UPDATE ON records_paperconfirmation
  FOR EACH ROW EXECUTE FUNCTION records_confirmation_stays();
"""
NOT_CONFIRMED = """
DROP TRIGGER records_confirmation_stays ON records_paperconfirmation;
DROP FUNCTION records_confirmation_stays();
DROP TRIGGER records_paper_electronic_is_confirmed ON records_paperservice;
DROP TRIGGER records_electronic_is_confirmed ON records_creditrecord;
DROP FUNCTION records_electronic_is_confirmed();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("records", "0034_a_copy_asks_its_record_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="attachment",
            name="paper",
            field=models.CharField(
                choices=[
                    ("decision", "决定书"),
                    ("receipt", "送达回证"),
                    ("proof", "证明材料"),
                    ("confirmation", "电子送达确认书"),
                ],
                max_length=12,
                verbose_name="是什么",
            ),
        ),
        migrations.CreateModel(
            name="PaperConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "format",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("jpg", "JPEG"), ("png", "PNG"), ("ofd", "OFD")],
                        max_length=4,
                        verbose_name="格式",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="大小（字节）")),
                ("envelope", models.BinaryField(verbose_name="内容（封存）")),
                ("digest", models.BinaryField(max_length=32, verbose_name="摘要（SHA-256）")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmation",
                        to="records.paper",
                        verbose_name="文书",
                    ),
                ),
            ],
            options={
                "verbose_name": "电子送达确认书",
                "verbose_name_plural": "电子送达确认书",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["pdf", "jpg", "png", "ofd"])),
                        name="a_confirmation_has_a_known_format",
                    )
                ],
            },
        ),
        migrations.RunSQL(PAPERS, PAPERS_BEFORE),
        migrations.RunSQL(CONFIRMED, NOT_CONFIRMED),
    ]
