"""虚构的人: synthetic identities of region 999999, the same in every data directory."""

import random
from datetime import date, timedelta

from records.identity import Identity
from records.rules.id_number import RESIDENT, SYNTHETIC_REGION, check_digit

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红健斌梅琳文辉鹏宇晨佳怡"
ELDEST, YOUNGEST = date(1952, 1, 1), date(2003, 12, 31)


def number(born: date, serial: int) -> str:
    """证件号码: a valid check digit on a region that does not exist."""
    body = f"{SYNTHETIC_REGION}{born:%Y%m%d}{serial:03d}"
    return body + check_digit(body)


def invented(dice: random.Random, serial: int) -> Identity:
    """一个虚构的人."""
    born = ELDEST + timedelta(days=dice.randrange((YOUNGEST - ELDEST).days))
    name = dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))
    return Identity(name, RESIDENT, number(born, serial % 1000))
