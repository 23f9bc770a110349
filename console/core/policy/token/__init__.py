"""How a token policy judges a token: source, shape, keys, signature, times, parties, claims."""
