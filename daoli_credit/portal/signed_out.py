"""登录失效时交来的表单: nothing is done, and what was written in words comes back to be copied."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.http import urlencode

from daoli_credit.accounts.views.onward import own_address

View = Callable[..., HttpResponseBase]
# Shorter than a sentence is a name or a number: those are typed anew, and not shown to whoever is not signed in.
SENTENCE = 8


def words(request: HttpRequest) -> list[str]:
    """写成话的各段: what this form carried in sentences, as it was typed."""
    texts = (str(text).strip() for name in request.POST for text in request.POST.getlist(name))
    return [text for text in texts if len(text) >= SENTENCE and any("一" <= char <= "鿿" for char in text)]


def page_of_form(request: HttpRequest) -> str:
    """表单所在的页: what the browser says it came from, when that is here; else the address itself."""
    came = urlsplit(request.headers.get("Referer", ""))
    here = came.netloc == request.get_host() and own_address(request, came.path)
    return here or request.path


class SignedOut(LoginRequiredMiddleware):
    """要先登录. A form that comes too late is answered in words; after signing in, its page opens."""

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: tuple[object, ...], view_kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        """The form has shown its token by now, so that the words are of the one who reads them."""
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is None or request.method != "POST":
            return refused
        back, login = page_of_form(request), self.get_login_url(view_func)
        if typed := words(request):
            there = f"{resolve_url(login)}?{urlencode({'next': back})}"
            return render(request, "403.html", {"signed_out": there, "typed": typed}, status=403)
        return redirect_to_login(back, resolve_url(login), self.get_redirect_field_name(view_func))
