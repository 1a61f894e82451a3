"""演示信用中国平台: another organisation's system with its own store. It speaks to the portal over HTTP only."""
