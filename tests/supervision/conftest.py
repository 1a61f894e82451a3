"""Who looks: the supervisor of the credit office, and a clerk who holds no such duty."""

import pytest
from django.test import Client

from daoli_credit.supervision.models import Plan
from tests.cast import sign_in


@pytest.fixture
def plan(db: None) -> Plan:
    """The plan, as every test database has it."""
    return Plan.objects.get()


@pytest.fixture
def supervisor(plan: Plan) -> Client:
    return sign_in(Client(), "hezhiyuan")


@pytest.fixture
def clerk(plan: Plan) -> Client:
    return sign_in(Client(), "zhaomin")
