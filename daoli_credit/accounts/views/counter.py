"""窗口: the officer checks a card and prints the activation letter."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts import access, activation_paper, letters
from daoli_credit.accounts.forms import Card
from daoli_credit.accounts.models import Department
from daoli_credit.accounts.real_name import NotAdmitted
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.cipher import normal_id, normal_name
from daoli_credit.workflow import RuleBroken


@never_cache
@sensitive_post_parameters("name", "id_number")
@require_http_methods(["GET", "HEAD", "POST"])
@access.requires("check_identity")
def counter(request: HttpRequest) -> HttpResponse:
    """窗口核对身份: the answer to the form is the letter itself, the only page that ever shows the code."""
    user, form = user_of(request), Card(request.POST or None)
    if request.method != "POST":
        return render(request, "accounts/counter.html", {"form": form})
    if not form.is_valid():
        return render(request, "accounts/counter.html", {"form": form}, status=422)
    name, number = normal_name(form.cleaned_data["name"]), normal_id(form.cleaned_data["id_number"])
    department = Department.objects.get(pk=min(user.departments("check_identity")))
    try:
        printed = letters.print_letter(id_number=number, actor=user, department=department)
    except (RuleBroken, NotAdmitted) as why:
        form.add_error("id_number", str(why))
        return render(request, "accounts/counter.html", {"form": form}, status=422)
    door = settings.ORIGIN + reverse("sign-in-letter")
    shown = {"letter": printed.letter, "code": printed.code, "name": name, "door": door}
    masked = f"{number[:6]}********{number[-4:]}"
    shown |= {"number": masked, "pdf": activation_paper.link(printed, name=name, number=masked, door=door)}
    return render(request, "accounts/letter.html", shown)
