"""写法: ready texts fill their field without a script; what is no name comes back with what to do."""

import csv
import io

from daoli_credit.embedded.smoke.importing import CLERK, _sheet, _upload
from daoli_credit.embedded.smoke.people import staff
from daoli_credit.embedded.world import World

FORM = "/desk/records/new/market-regulation/penalty-food/"
WRONG = (("行政相对人名称", "林*云", "姓名不完整"), ("罚款金额（万元）", "1e999999999", "不是数字"))


def a_ready_text_fills_its_field(world: World) -> None:
    """What the bureau wrote of several people; what was typed stays; then she throws it away."""
    clerk = staff(world, CLERK)
    clerk.open(FORM)
    clerk.must_show("现成的写法", "用这一条")
    clerk.submit("用这一条：《", {"facts": "写到一半", "legal_ground": ""})
    form = next(form for form in clerk.page.forms if "legal_ground" in form.fields)
    typed = {name: form.fields[name][0].strip() for name in ("legal_ground", "facts")}
    if not typed["legal_ground"].startswith("《") or typed["facts"] != "写到一半":
        raise AssertionError(f"没有填上现成的写法：{typed}")
    clerk.open(FORM)
    clerk.must_show("接着上次没有存完的填")
    clerk.submit("不要了，重新填")


def what_is_no_name_and_no_amount_comes_back(world: World) -> None:
    """Two rows of the bureau's own sheet, spoilt; nothing is entered, and the sheet goes."""
    clerk = staff(world, CLERK)
    header, *rows = csv.reader(io.StringIO(_sheet(world).decode("gb18030")))
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(header)
    for row, (title, text, _) in zip(rows, WRONG, strict=False):
        writer.writerow([text if name == title else cell for name, cell in zip(header, row, strict=True)])
    _upload(clerk, "写错的.csv", made.getvalue().encode())
    clerk.open("?tab=wrong")
    clerk.must_show(*(said for _, _, said in WRONG))
    clerk.submit("作废本批")
    clerk.must_show("本批已作废")


STATIONS = [
    ("录入有现成的写法：点一下填上，填的不丢", a_ready_text_fills_its_field),
    ("遮盖过的姓名、没有边的金额：说清楚，一行也不收", what_is_no_name_and_no_amount_comes_back),
]
