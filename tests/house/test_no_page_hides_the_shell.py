"""页头是登录的人: no view gives its page a name that the shell has; a party is never shown as signed in."""

import ast
from pathlib import Path

from django.test import RequestFactory

from daoli_credit.accounts.models import User
from daoli_credit.portal import context
from tests.cast import Cast
from tests.house import sources

# What a page may replace on purpose: these are the shell's own switches.
MAY = {"edition", "demo"}


def _given(path: Path) -> set[str]:
    keys = set()
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Dict):
            keys |= {key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}
    return keys


def test_no_view_hides_what_the_shell_shows(cast: Cast) -> None:
    request = RequestFactory().get("/desk/")
    request.user, request.session = User.objects.get(pk=cast.clerk.pk), {}  # type: ignore[assignment]
    shell = set(context.site(request)) - MAY
    assert {"who", "menu", "site"} <= shell
    hidden = {
        f"{path}: {', '.join(sorted(found))}"
        for name, path in sources.modules()
        if ".views" in name and (found := _given(path) & shell)
    }
    assert not hidden, f"页面的变量盖住了页头：{sorted(hidden)}"
