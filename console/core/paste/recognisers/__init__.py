"""Small recognisers of what was pasted; `console.core.paste.recognise` lists them in order and is their door."""
