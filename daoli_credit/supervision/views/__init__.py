"""督导各页: read only, for whoever holds the duty 督导. No person appears on any of them."""
