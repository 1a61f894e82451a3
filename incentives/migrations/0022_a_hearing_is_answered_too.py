"""A hearing that was held is answered in writing like a statement; what was reviewed before keeps what it says."""

from typing import ClassVar

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("incentives", "0021_a_reward_given_has_its_benefit")]
    operations: ClassVar = [
        migrations.RemoveConstraint("listing", "a_defence_is_answered_point_by_point"),
        AddConstraintNotValid(
            "listing",
            models.CheckConstraint(
                name="a_defence_is_answered_point_by_point",
                condition=Q(
                    ("legal_reviewed_on__isnull", True),
                    Q(("stated_on__isnull", True), Q(("hearing", "held"), _negated=True)),
                    Q(("legal_response", ""), _negated=True),
                    _connector="OR",
                ),
            ),
        ),
    ]
