"""演示的列入案件: one at each stage, by the true acts."""


def tell() -> int:
    """讲这一段. Returns how many it has made."""
    return 0
