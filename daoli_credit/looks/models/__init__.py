"""查询说明、暂缓告知、异常查询。"""

from daoli_credit.looks.models.delay import LookDelay
from daoli_credit.looks.models.explanation import Explanation
from daoli_credit.looks.models.odd import OddLook, Watch

__all__ = ["Explanation", "LookDelay", "OddLook", "Watch"]
