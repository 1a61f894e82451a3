"""演示: the story and the lived-in data, made by the true acts. Installed in demo and tests only."""
