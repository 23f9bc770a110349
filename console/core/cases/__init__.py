"""A case as a thing that waits for somebody: its states, its words, what happened to it, and by what it is found."""
