"""叶子在触发器里一次算成；叶子的值不变。"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0001_evidence"),
    ]

    operations = [
        migrations.RunSQL((SQL / "stamps.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
