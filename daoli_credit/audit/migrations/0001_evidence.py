"""建立存证的表、触发器和分区。The SQL stands in ../sql; Django is only told what the rows look like."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"


def script(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.RunSQL(script("tables"), "DROP TABLE audit_event, audit_lookup, audit_unsealed, audit_seal, audit_leaves, audit_dropped"),
        migrations.RunSQL(
            script("leaves"),
            "DROP FUNCTION audit_canonical_event, audit_canonical_lookup, audit_leaf_of",
        ),
        migrations.RunSQL(
            script("triggers"),
            "DROP FUNCTION audit_stamp_event, audit_stamp_lookup, audit_queue_event, audit_queue_lookup, audit_refuse CASCADE",
        ),
        migrations.RunSQL(script("partitions"), "DROP FUNCTION audit_ensure_partition"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('id', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='编号')),
                        ('previous', models.BinaryField(unique=True, verbose_name='前一链值')),
                        ('root', models.BinaryField(verbose_name='根')),
                        ('count', models.IntegerField(verbose_name='叶数')),
                        ('first_at', models.DateTimeField(verbose_name='最早')),
                        ('last_at', models.DateTimeField(verbose_name='最晚')),
                        ('sealed_at', models.DateTimeField(verbose_name='封存时间')),
                        ('chain', models.BinaryField(verbose_name='链值')),
                    ],
                    options={
                        'verbose_name': '封存',
                        'verbose_name_plural': '封存',
                        'db_table': 'audit_seal',
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False, verbose_name='编号')),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='数据库时间')),
                        ('day', models.DateField(verbose_name='业务日')),
                        ('actor_id', models.TextField(verbose_name='经手人编号')),
                        ('actor_label', models.TextField(verbose_name='经手人')),
                        ('department', models.TextField(blank=True, verbose_name='部门代码')),
                        ('act', models.TextField(verbose_name='行为代码')),
                        ('noun', models.TextField(verbose_name='对象种类')),
                        ('object_id', models.TextField(verbose_name='对象编号')),
                        ('from_status', models.TextField(blank=True, verbose_name='原状态')),
                        ('to_status', models.TextField(blank=True, verbose_name='新状态')),
                        ('opinion', models.TextField(blank=True, max_length=500, verbose_name='意见')),
                        ('revision', models.IntegerField(null=True, verbose_name='版本')),
                        ('count', models.IntegerField(default=1, verbose_name='数量')),
                        ('root', models.BinaryField(null=True, verbose_name='批量根')),
                        ('leaf', models.BinaryField(db_default=models.Value(b''), verbose_name='叶子')),
                    ],
                    options={
                        'verbose_name': '事件',
                        'verbose_name_plural': '事件',
                        'db_table': 'audit_event',
                        'indexes': [models.Index(fields=['noun', 'object_id', 'id'], name='audit_event_object')],
                    },
                ),
                migrations.CreateModel(
                    name='LookUp',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False, verbose_name='编号')),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='数据库时间')),
                        ('day', models.DateField(verbose_name='业务日')),
                        ('kind', models.TextField(choices=[('look', '查询'), ('own', '本人查看'), ('outcome', '结果')], verbose_name='种类')),
                        ('ref', models.BigIntegerField(null=True, verbose_name='所属查询')),
                        ('actor_id', models.TextField(verbose_name='查询人编号')),
                        ('actor_label', models.TextField(verbose_name='查询人')),
                        ('department', models.TextField(blank=True, verbose_name='部门代码')),
                        ('person_key', models.BinaryField(verbose_name='人员键')),
                        ('matter', models.TextField(blank=True, verbose_name='应用事项代码')),
                        ('case_number', models.TextField(blank=True, verbose_name='办件编号')),
                        ('purpose', models.TextField(blank=True, verbose_name='用途')),
                        ('shown', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None, verbose_name='所示内容代码')),
                        ('result', models.TextField(blank=True, verbose_name='结果代码')),
                        ('leaf', models.BinaryField(db_default=models.Value(b''), verbose_name='叶子')),
                    ],
                    options={
                        'verbose_name': '查询记录',
                        'verbose_name_plural': '查询记录',
                        'db_table': 'audit_lookup',
                        'indexes': [models.Index(models.F('person_key'), models.OrderBy(models.F('id'), descending=True), name='audit_lookup_person'), models.Index(fields=['actor_id', 'at'], name='audit_lookup_actor')],
                    },
                ),
            ],
        ),
    ]
