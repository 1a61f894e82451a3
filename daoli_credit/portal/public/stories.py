"""部件样张: one story per component, for eyes and for the browser tests; the demo only."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


class StoryForm(forms.Form):
    """样张表单: every kind of control that the pages use."""

    name = forms.CharField(label="完整姓名", help_text="与证件上的姓名完全一致")
    day = forms.DateField(label="认定日期", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="类别", choices=[("minor", "轻微"), ("general", "一般"), ("serious", "严重")])
    way = forms.ChoiceField(
        label="送达方式", choices=[("direct", "直接送达"), ("post", "邮寄送达")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="我已核对文书原件")
    facts = forms.CharField(label="事实", widget=forms.Textarea, required=False)
    paper = forms.FileField(label="文书扫描件", required=False)


STEPS = [
    {"title": "立案核实", "note": "11-09", "state": "done"},
    {"title": "事先告知", "note": "11-16 送达", "state": "done"},
    {"title": "陈述、申辩", "note": "至 11-23 24:00", "state": "now"},
    {"title": "作出决定", "note": "未开始", "state": "next"},
]
TIMELINE = [
    {"title": "事先告知", "at": "2026-11-16", "state": "done", "word": "已送达", "says": "直接送达，本人签收。"},
    {
        "title": "陈述、申辩",
        "state": "now",
        "says": "期限届满以前，下一步不开放。",
        "limit": "告知后 5 个工作日（示例）",
    },
    {"title": "作出决定", "state": "next", "says": "由负责人审批。"},
]
RECORD = {
    "title": "行政处罚：未按规定保管执业文书",
    "icon": "file-alert",
    "tags": [("不予公开（本人可见）", ""), ("政务共享", "p"), ("异议处理中", "warn")],
    "pairs": [("来源", "区卫健局"), ("公示", "不向社会公示"), ("共享使用", "至 2027-08-14"), ("留存", "至 2031-08-14")],
    "says": "自 2026-11-14 起，可以申请提前停止共享使用。",
    "acts": [("申请停止共享使用", "#main", "primary"), ("我认为有误", "#main", "")],
}
LOOK = {
    "who": "区人社局",
    "at": "2026-11-18 10:24",
    "matter": "创业扶持资格核验",
    "case_number": "道人社创〔2026〕0131",
    "saw": "荣誉 1 条",
    "outcome": "已通过，优先办理",
    "outcome_kind": "ok",
}


def _story() -> dict[str, Any]:
    return {
        "steps": STEPS,
        "timeline": TIMELINE,
        "record": RECORD,
        "look": LOOK,
        "form": StoryForm(data={"kind": "minor"}, prefix="wrong"),
        "plain": StoryForm(prefix="plain"),
        "page": Paginator(range(1, 95), 10).page(4),
        "head": ["任务", "状态", "期限"],
        "rows": [["加强隐私保护", "逾期", "2026-10-31"], ["校园诚信教育", "正常", "2026-11-30"]],
    }


@login_not_required
def stories(request: HttpRequest) -> HttpResponse:
    """部件样张 in either shell (`?shell=1` for the staff one). 404 outside the demo."""
    if not settings.DEMO:
        raise Http404
    frame = "shell.html" if "shell" in request.GET else "site.html"
    return render(request, "ui/stories.html", _story() | {"frame": frame})
