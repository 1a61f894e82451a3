"""激励与约束: list types and listing cases. A case ends by creating a credit record; nothing else lists anybody."""
