"""推送: the only room that speaks to the platforms: sweeps revisions, sends, reads receipts, writes holdings."""
