"""演示实名认证平台: a small real OpenID provider for invented citizens. It speaks to the portal over HTTP only."""
