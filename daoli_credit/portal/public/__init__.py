"""公众网站: open to anyone, shows rules and no persons."""
