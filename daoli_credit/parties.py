"""接通的对方: other organisations' systems as the environment names them; a mistake stops the start, in words."""

import os
import re
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured

from daoli_credit import environment as env

Facts = dict[str, str]
# What a party may have beside its title, address and key: the key before this one, and the files of mutual TLS.
FILES = ("ca", "certificate", "certificate_key")
BESIDE = ("old_key", "old_key_id", *FILES)


def parties(
    which: str, prefix: str, schemes: Sequence[str], *, strict: bool, must: Sequence[str] = (), may: Sequence[str] = ()
) -> dict[str, Facts]:
    """各个对方 by code. `which` lists the codes; `{prefix}_{CODE}_…` tells of each. `strict`: only these schemes.

    Raises ImproperlyConfigured for what is missing or cannot be.
    """
    found = {}
    for code in env.text(which, "").replace(",", " ").split():
        if not re.fullmatch("[a-z][a-z0-9]{1,19}", code):
            raise ImproperlyConfigured(f"{which} 里的代码只能是小写字母和数字，现在是 {code!r}")
        mine = f"{prefix}_{code.upper()}"
        facts = {name: env.text(f"{mine}_{name.upper()}") for name in ("title", "url", "key", *must)}
        facts |= {name: env.text(f"{mine}_{name.upper()}", "") for name in (*BESIDE, *may)}
        facts |= {"key_id": env.text(f"{mine}_KEY_ID", "1"), "url": facts["url"].rstrip("/")}
        if strict and not facts["url"].startswith(tuple(schemes)):
            files = "，文件交换写 sftp://" if "sftp://" in schemes else ""
            raise ImproperlyConfigured(f"{mine}_URL 必须以 https:// 开头{files}")
        if bool(facts["old_key"]) != bool(facts["old_key_id"]) or facts["old_key_id"] == facts["key_id"]:
            raise ImproperlyConfigured(f"{mine}_OLD_KEY 和 _OLD_KEY_ID 要一起写，并且不同于现在的密钥号")
        for name in FILES:
            if facts[name] and not os.access(facts[name], os.R_OK):
                raise ImproperlyConfigured(f"{mine}_{name.upper()} 指向的文件读不到：{facts[name]}")
        if len(facts["key"]) < 32:
            raise ImproperlyConfigured(f"{mine}_KEY 至少 32 个字符")
        found[code] = facts
    return found
