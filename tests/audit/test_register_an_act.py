import pytest

from daoli_credit.audit import acts


def test_a_registered_act_has_its_sentence() -> None:
    assert acts.sentence("specimen.tested") == "试记一笔"
    assert acts.registered()["specimen.tested"] == "试记一笔"


def test_an_act_is_registered_once() -> None:
    with pytest.raises(ValueError, match="已登记"):
        acts.register("specimen.tested", "又一笔")


@pytest.mark.parametrize("code", ["approved", "Record.approved", "record.", "record approved", "记录.复核"])
def test_a_code_is_noun_dot_act(code: str) -> None:
    with pytest.raises(ValueError, match="行为代码应为"):
        acts.register(code, "说明")


def test_an_act_without_a_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="缺少说明"):
        acts.register("specimen.silent", "")


def test_a_code_given_up_since_is_shown_as_stored() -> None:
    assert acts.sentence("specimen.forgotten") == "specimen.forgotten"
