"""纸面文书: a letter on A4 with an embedded Chinese font; knows nothing of records; the same in, the same out."""
