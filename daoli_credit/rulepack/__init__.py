"""规则包的页面, and the acts by which a legal officer and a second person confirm, suspend or resume one of its rows."""
