"""答复提出核对的经办: what became of the case that a department asked for or handed over, without a name."""

from daoli_credit.accounts import messages
from daoli_credit.workflow import noun
from records.models import IdentityCase
from records.models.identity_case import S
from records.workflows.identity_opening import LEAVING

OF_A_NAME = {
    S.SETTLED: "登记的姓名已经更正，请重新录入。",
    S.KEPT: "登记的姓名没有错：{why}。请对照决定书和证件改正后重新录入。",
    S.REFUSED: "没有核定，登记的姓名没有变：{why}。",
}
OF_LEAVING = {
    S.SETTLED: "已经核定，这个人名下在效的不利信息当日全部终止，各处看不到，以后不再收录。",
    S.KEPT: "窗口没有提出核定：{why}。记录照旧；有了齐全的材料，可以再转告。",
    S.REFUSED: "没有核定：{why}。记录照旧。",
}


def answer(case: IdentityCase, status: S, why: str = "") -> None:
    """告诉提出的经办; of what the window opened by itself nobody waits for an answer."""
    if case.asked_by is None:
        return
    words = (OF_LEAVING if case.kind in LEAVING else OF_A_NAME)[status]
    messages.tell_user(
        case.asked_by,
        title="身份核对有了结果",
        text=f"身份核定件 {case.number}：{words.format(why=why.strip())}\n",
        noun=noun(IdentityCase),
        object_id=case.number,
    )
