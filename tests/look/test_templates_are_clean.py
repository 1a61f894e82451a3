"""What no template may hold."""

import re
from pathlib import Path

import pytest

from tests.look.pages import HAN, ROOT, STATIC, TEMPLATES, literals, source, words

OFFICIAL = {"https://www.creditchina.gov.cn", "http://zxgk.court.gov.cn"}
BESIDE_HAN = re.compile(rf"{HAN}[,:;()?!]|[,:;()?!]{HAN}")
NEVER = ("黑名单", "失信人员", "老赖", "曝光", "红黑榜")
SPEAKING = sorted(
    path
    for folder in (
        "daoli_credit/portal",
        "daoli_credit/accounts",
        "daoli_credit/supervision",
        "daoli_credit/feeds",
        "daoli_credit/looks",
        "records",
        "incentives",
        "education",
    )
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 30
    assert len(SPEAKING) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_holds_nothing_that_the_content_security_policy_forbids(path: Path) -> None:
    text = source(path)
    found = re.findall(r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|javascript:|data:image|hx-on""", text)
    found += [tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" not in tag]
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_loads_nothing_from_outside_and_links_only_to_official_sites(path: Path) -> None:
    text = source(path)
    linked = set(re.findall(r"""<a\b[^>]*href="(https?://[^"]*)\"""", text))
    outside = re.findall(r"""(?:https?:)?//[\w.-]+\.[a-z]{2,}[^"'\s<]*""", text)
    assert set(outside) <= linked <= OFFICIAL


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_chinese_in_a_template_stands_beside_full_width_marks_only(path: Path) -> None:
    assert not [BESIDE_HAN.findall(text) for text in words(path) if BESIDE_HAN.search(text)]


@pytest.mark.parametrize("path", SPEAKING, ids=name)
def test_chinese_in_a_module_stands_beside_full_width_marks_only(path: Path) -> None:
    assert not [f"{line}: {text}" for line, text in literals(path) if BESIDE_HAN.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_never_uses_a_scolding_word(path: Path) -> None:
    assert not [word for word in NEVER if word in source(path)]


def test_every_icon_that_is_asked_for_is_in_the_sprite() -> None:
    there = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    asked = {
        found
        for path in TEMPLATES
        for found in re.findall(r'(?:\{% icon |icon=|icon_name=|\{% empty "[^"]*" )"([a-z0-9-]+)"', source(path))
    }
    menu = (ROOT / "daoli_credit/portal/menu.py").read_text(encoding="utf-8")
    asked |= set(re.findall(r'Entry\("[^"]+", "[^"]+", "([^"]+)"', menu))
    assert len(asked) > 30
    assert asked <= there
