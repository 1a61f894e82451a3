"""A lapse of 区市场监管局, whose basis ended yesterday."""

from datetime import timedelta

from django.urls import reverse

from daoli_credit.law import clock, pack
from records.models import Lapse
from records.workflows import lapsing
from tests import make, make_lapses
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address."""
    record = make.effective(cast, serial=881)
    make_lapses.end(pack.current().item(record.item_id).citations[0].basis.code, clock.today() - timedelta(days=1))
    lapsing.find()
    lapse = Lapse.objects.get(item=record.item_id, department=cast.market)
    return {
        "lapse": reverse("lapse", args=[lapse.number]),
        "lapse-records": reverse("lapse-records", args=[lapse.number]),
        "lapse-act": reverse("lapse-act", args=[lapse.number, "propose"]),
    }
