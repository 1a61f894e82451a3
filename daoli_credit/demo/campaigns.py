"""演示的宣传活动, by the true acts."""


def tell() -> int:
    """讲这一段. Returns how many it has made."""
    return 0
