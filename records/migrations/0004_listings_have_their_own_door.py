"""Items of lists are known to the database; their records come through a decided and served case only."""

from django.db import migrations, models

# An item that belongs to a list keeps its name and its door: a closed one is opened by no application.
DOOR = """
CREATE FUNCTION records_item_keeps_its_door() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '目录事项不能删除：%', OLD.code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.code <> OLD.code OR OLD.by_listing AND NOT NEW.by_listing THEN
    RAISE EXCEPTION '目录事项的代码和入口不能改：%', OLD.code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_item_keeps_its_door BEFORE UPDATE OR DELETE ON records_catalogueitem
  FOR EACH ROW EXECUTE FUNCTION records_item_keeps_its_door();
"""
NO_DOOR = """
DROP TRIGGER records_item_keeps_its_door ON records_catalogueitem;
DROP FUNCTION records_item_keeps_its_door();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_holdings'),
    ]

    operations = [
        migrations.AddField(
            model_name='catalogueitem',
            name='by_listing',
            field=models.BooleanField(default=False, verbose_name='只由列入程序产生'),
        ),
        migrations.AlterField(
            model_name='creditrecord',
            name='service',
            field=models.CharField(blank=True, choices=[('', '尚未送达'), ('direct', '直接送达'), ('left', '留置送达'), ('post', '邮寄送达'), ('entrusted', '委托送达'), ('electronic', '电子送达（本人签过确认书）'), ('public-notice', '公告送达')], default='', max_length=16, verbose_name='送达方式'),
        ),
        migrations.RunSQL(DOOR, NO_DOOR),
    ]
