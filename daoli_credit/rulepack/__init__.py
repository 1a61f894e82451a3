"""规则包的页面, and the acts by which two people confirm, suspend or resume one of its rows."""
