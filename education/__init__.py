"""宣传教育: the plan's key dates and what each unit did on them. Knows nothing of credit records."""
