"""What is over here and still held there has a kind of its own: it is found by the day, whatever was sent."""

from django.db import migrations, models

KINDS = [
    ("missing", "对方没有"),
    ("extra", "对方仍有，我方没有记为收录"),
    ("revision", "版本不同"),
    ("content", "版本相同，内容不同"),
    ("repaired", "对方已修复或撤下，我方仍在效"),
    ("ended", "我方已到期或终止，对方仍有"),
]


class Migration(migrations.Migration):
    dependencies = [("feeds", "0009_a_sweep_walks")]

    operations = [
        migrations.AlterField("discrepancy", "kind", models.CharField("种类", max_length=12, choices=KINDS)),
    ]
