"""问一页: asked for real, and then as if it had not been: the database and the browser are put back."""

import copy
from collections.abc import Callable, Mapping

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from daoli_credit.law import pack


def undone(
    client: Client,
    method: str,
    address: str,
    body: Mapping[str, str] | None = None,
    looking: Callable[[], object] | None = None,
) -> HttpResponse:
    """The answer. Whatever it has written is rolled back; whoever it has signed out is signed in again.

    `looking` sees what it has written.
    """
    cookies = copy.copy(client.cookies)
    pack.look_again()  # the rules that the question before has seen may have been put back with it
    try:
        with transaction.atomic():
            answer = client.get(address, body) if method == "GET" else client.post(address, body or {})
            if looking:
                looking()
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return answer  # type: ignore[return-value]
