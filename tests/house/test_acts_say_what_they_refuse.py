"""Rules and acts are read by those who answer for them: each says what it is in Chinese, and what it raises."""

import ast
import re
from collections.abc import Iterator

from tests.house import sources

HAN = re.compile(r"[一-鿿]")
WHAT_ANOTHER_RAISES = re.compile(r"[Rr]aises (as|what) `\w+`")


def _public() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every public function of the rules and of the acts, with where it stands."""
    for name, path in sources.modules():
        if not {"rules", "workflows"} & set(name.split(".")):
            continue
        for node in sources.tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{path.relative_to(sources.ROOT)}:{node.lineno} {node.name}", node


def _raised(act: ast.FunctionDef) -> set[str]:
    """What it raises with its own hand, by name."""
    said = (one.exc for one in ast.walk(act) if isinstance(one, ast.Raise) and one.exc is not None)
    names = (ast.unparse(one.func if isinstance(one, ast.Call) else one).rpartition(".")[2] for one in said)
    return {name for name in names if name[0].isupper()}


def test_every_rule_and_act_has_its_chinese_term() -> None:
    wrong = [where for where, act in _public() if not HAN.search(ast.get_docstring(act) or "")]
    assert not wrong, "说明里要有中文名称：\n" + "\n".join(wrong)


def test_every_rule_and_act_says_what_it_raises() -> None:
    wrong = []
    for where, act in _public():
        said = ast.get_docstring(act) or ""
        missing = {name for name in _raised(act) if name not in said}
        if missing and not WHAT_ANOTHER_RAISES.search(said):
            wrong.append(f"{where}：{'、'.join(sorted(missing))}")
    assert not wrong, "说明里要写明在什么情形下拒绝：\n" + "\n".join(wrong)
