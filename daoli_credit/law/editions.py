"""版本目录: reads the YAML files of an edition into plain JSON; a demo edition is laid over the one it is based on."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import yaml

PACKS = Path(__file__).parent / "packs"
EDITION_KEYS = ("code", "title", "date", "demo")


class BadPack(ValueError):
    """规则包有误. `errors` are sentences with file and code."""

    def __init__(self, errors: list[str]) -> None:
        self.errors = errors
        super().__init__(f"规则包有{len(errors)}处错误：\n" + "\n".join(errors))


def read(code: str, packs: Path = PACKS) -> tuple[dict[str, Any], dict[str, str]]:
    """读版本: the content by section, and the file that each section came from. BadPack if it cannot be read."""
    edition = named(code, packs)
    if "based_on" in edition:
        content, files = read(edition["based_on"], packs)
        lay_over(content, edition)
    else:
        content, files = sections(packs / code)
    content["edition"] = {key: edition[key] for key in EDITION_KEYS}
    return content, files


def named(code: str, packs: Path = PACKS) -> dict[str, Any]:
    """版本说明 of an edition. BadPack if there is none, or it is not that edition's."""
    path = packs / code / "edition.yaml"
    if not path.is_file():
        raise BadPack([f"{code}：没有这个版本（缺 edition.yaml）"])
    edition = one_file(path)
    if edition.get("code") != code:
        raise BadPack([f"edition.yaml：编号 {edition.get('code')} 与目录名 {code} 不一致"])
    if missing := [key for key in EDITION_KEYS if key not in edition]:
        raise BadPack([f"edition.yaml：缺少 {'、'.join(missing)}"])
    # Nothing but an edition that calls itself a demo may count as confirmed by invented people.
    if "based_on" in edition and edition["demo"] is not True:
        raise BadPack(["edition.yaml：只有演示版本可以叠加在另一版本上"])
    return edition


def sections(folder: Path) -> tuple[dict[str, Any], dict[str, str]]:
    content: dict[str, Any] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "edition.yaml":
            continue
        for section, value in one_file(path).items():
            if section in files:
                raise BadPack([f"{path.name}：{section} 已在 {files[section]} 中"])
            content[section], files[section] = value, path.name
    return content, files


def one_file(path: Path) -> dict[str, Any]:
    try:
        # The C build of the safe loader: ten times as fast, and every wheel of PyYAML has it.
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as why:
        raise BadPack([f"{path.name}：不是合法的 YAML（{why}）"]) from why
    if not isinstance(value, dict):
        raise BadPack([f"{path.name}：应当是键和值"])
    return {str(key): as_json(each) for key, each in value.items()}


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def lay_over(content: dict[str, Any], edition: dict[str, Any]) -> None:
    """演示叠加: invented rows are added, the overrides fill what is unknown, then all but no-basis counts as confirmed
    by invented people."""
    for section, added in edition.get("additions", {}).items():
        content[section] += deepcopy(added)
    missing = []
    for section, rows in edition["overrides"].items():
        by_code = {row["code"]: row for row in content[section]}
        for code, values in rows.items():
            if code not in by_code:
                missing.append(f"edition.yaml：{section} 中没有 {code}")
            else:
                merge(by_code[code], values)
    if missing:
        raise BadPack(missing)
    confirm(content, "演示规则，不作依据：由{legal_officer}、{second_person}确认".format(**edition["confirmed_by"]))


def merge(row: dict[str, Any], values: dict[str, Any]) -> None:
    for key, value in values.items():
        if isinstance(value, dict) and isinstance(row.get(key), dict):
            merge(row[key], value)
        else:
            row[key] = deepcopy(value)


def confirm(value: Any, by: str) -> None:
    if isinstance(value, list):
        for each in value:
            confirm(each, by)
    elif isinstance(value, dict):
        if "status" in value and value["status"] != "no-basis":
            value["status"] = "confirmed"
            if "source" in value:
                value["source"] = by
        for each in value.values():
            confirm(each, by)
