"""查询的监督: explanations, delayed telling and odd look-ups. It reads the look-up log and never changes it."""
