"""Honours are known to the database; their records come through a nomination that the person has consented to only."""

from django.db import migrations, models

DOOR = """
CREATE OR REPLACE FUNCTION records_item_keeps_its_door() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '目录事项不能删除：%', OLD.code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.code <> OLD.code OR OLD.by_listing AND NOT NEW.by_listing OR OLD.by_consent AND NOT NEW.by_consent THEN
    RAISE EXCEPTION '目录事项的代码和入口不能改：%', OLD.code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
NO_DOOR = """
CREATE OR REPLACE FUNCTION records_item_keeps_its_door() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '目录事项不能删除：%', OLD.code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.code <> OLD.code OR OLD.by_listing AND NOT NEW.by_listing THEN
    RAISE EXCEPTION '目录事项的代码和入口不能改：%', OLD.code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0024_fewer_indexes")]

    operations = [
        migrations.AddField(
            model_name="catalogueitem",
            name="by_consent",
            field=models.BooleanField(default=False, verbose_name="只由本人同意的推荐产生"),
        ),
        migrations.RunSQL(DOOR, NO_DOOR),
    ]
