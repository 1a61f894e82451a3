"""读表: an uploaded file becomes rows of text, in a child process that may die without harm."""
