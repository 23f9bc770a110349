"""Small recognisers of what was pasted; `console.core.tokens.recognise` lists them in order and is their door."""
