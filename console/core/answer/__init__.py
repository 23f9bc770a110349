"""What came back, read for people: its headers explained, its body as tree, lines, bytes or picture."""
