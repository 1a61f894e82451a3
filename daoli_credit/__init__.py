"""道里诚信: the house of the portal. What the office does stands outside, in records, incentives and education."""
