"""风暴: real workers that are killed and stopped at named points while records change and platforms misbehave."""
