"""Who says what in a pasted text: `unwrap` takes off its dress, `attribute` tells the speakers."""
