"""演示的信用修复: what is waiting, by the true acts."""


def tell() -> int:
    """讲这一段. Returns how many it has made."""
    return 0
