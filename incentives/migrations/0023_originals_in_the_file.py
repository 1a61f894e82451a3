"""卷宗原件: the scans of a case; put in, opened, never replaced, and deleted with the case at the end of keeping."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

STAYS = """
CREATE TRIGGER incentives_listingpaper_stays BEFORE UPDATE ON incentives_listingpaper FOR EACH ROW
  WHEN ((to_jsonb(NEW) - 'envelope') IS DISTINCT FROM (to_jsonb(OLD) - 'envelope'))
  EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER incentives_listingpaper_deleted_in_time BEFORE DELETE ON incentives_listingpaper FOR EACH ROW
  WHEN (NOT incentives_is_deleting(OLD.listing_id)) EXECUTE FUNCTION records_only_grows();
"""
GOES = """
DROP TRIGGER incentives_listingpaper_deleted_in_time ON incentives_listingpaper;
DROP TRIGGER incentives_listingpaper_stays ON incentives_listingpaper;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("incentives", "0022_a_hearing_is_answered_too"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ListingPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='编号')),
                ('of', models.CharField(choices=[('ground', '依据的文书'), ('notice', '告知书'), ('notice-proof', '告知送达证明'), ('confirmation', '送达地址、电子送达确认书'), ('defence', '当事人提交的材料'), ('hearing', '听证笔录'), ('discussion', '集体讨论记录'), ('higher', '上级同意文书'), ('decision', '列入决定书'), ('decision-proof', '决定送达证明'), ('other', '其他材料')], max_length=16, verbose_name='是哪一件')),
                ('format', models.CharField(choices=[('pdf', 'PDF'), ('jpg', 'JPEG'), ('png', 'PNG'), ('ofd', 'OFD')], max_length=4, verbose_name='格式')),
                ('size', models.PositiveIntegerField(verbose_name='大小（字节）')),
                ('digest', models.BinaryField(max_length=32, verbose_name='摘要')),
                ('envelope', models.BinaryField(verbose_name='内容（封存）')),
                ('added_on', models.DateField(verbose_name='归卷日')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='归卷人')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='incentives.listing', verbose_name='案件')),
            ],
            options={
                'verbose_name': '卷宗原件',
                'verbose_name_plural': '卷宗原件',
                'ordering': ['pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('format__in', ['pdf', 'jpg', 'png', 'ofd']), ('of__in', ['ground', 'notice', 'notice-proof', 'confirmation', 'defence', 'hearing', 'discussion', 'higher', 'decision', 'decision-proof', 'other'])), name='a_scan_says_what_it_is_and_in_which_format'), models.UniqueConstraint(fields=('listing', 'digest'), name='the_same_scan_once_in_a_case')],
            },
        ),
        migrations.RunSQL(STAYS, GOES),
    ]
