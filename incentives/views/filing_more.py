"""登记、事先告知、荣誉推荐的案卷, bound like every other."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit.models import LookUp
from daoli_credit.paper.bound import BoundFile
from incentives.models.nomination import VERBS
from incentives.models.nomination_status import MATTER as HONOURS
from incentives.models.pre_adverse_status import MATTER as NOTICES
from incentives.models.status import MATTER as LISTS
from incentives.selectors import other_files
from incentives.views import honours, notices, registering
from incentives.workflows.registering import STEPS
from records.views.filing import known, printed


@never_cache
@require_http_methods(["GET", "POST"])
@requires("view_listings")
def registration(request: HttpRequest, number: str) -> HttpResponse:
    """名单登记的案卷."""
    made, user = registering.visible(request, number), user_of(request)

    def bind(because: LookUp | None, whole: bool, purpose: str) -> BoundFile:
        return other_files.of_registration(made, known(because), by=user, whole=whole, steps=STEPS)

    index, back = other_files.index_of_registration(made), reverse("registration", args=[number])
    return printed(request, made, matter=LISTS, index=index, bind=bind, back=back)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(*notices.VERBS)
def prior_notice(request: HttpRequest, number: str) -> HttpResponse:
    """事先告知的案卷."""
    row, user = notices.visible(request, number), user_of(request)

    def bind(because: LookUp | None, whole: bool, purpose: str) -> BoundFile:
        return other_files.of_notice(row, known(because), by=user, whole=whole)

    index, back = other_files.index_of_notice(row), reverse("prior-notice", args=[number])
    return printed(request, row, matter=NOTICES, index=index, bind=bind, back=back)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(*VERBS)
def honour(request: HttpRequest, number: str) -> HttpResponse:
    """荣誉推荐的案卷."""
    row, user = honours.visible(request, number), user_of(request)

    def bind(because: LookUp | None, whole: bool, purpose: str) -> BoundFile:
        return other_files.of_nomination(row, because, by=user, whole=whole, purpose=purpose)

    index, back = other_files.index_of_nomination(row), reverse("honour", args=[number])
    return printed(request, row, matter=HONOURS, index=index, bind=bind, back=back)
