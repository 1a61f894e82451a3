"""内嵌运行: PostgreSQL, Valkey and the processes of `run` and `test`. No product module imports it."""
