"""A platform may say that it has repaired or removed on its side what is still in force here."""

from django.db import migrations, models

KINDS = [
    ("missing", "对方没有"),
    ("extra", "对方仍有，我方没有记为收录"),
    ("revision", "版本不同"),
    ("content", "版本相同，内容不同"),
    ("repaired", "对方已修复或撤下，我方仍在效"),
]


class Migration(migrations.Migration):
    dependencies = [("feeds", "0006_answers_and_the_term_of_bodies")]

    operations = [
        migrations.AlterField("discrepancy", "kind", models.CharField("种类", max_length=12, choices=KINDS)),
        # what is due is found without passing what waits for its receipt
        migrations.AddIndex(
            "delivery",
            models.Index(
                fields=["feed", "-lane", "id"], name="delivery_waiting", condition=models.Q(state="waiting")
            ),
        ),
    ]
