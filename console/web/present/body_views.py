"""The ways in which the body of an answer is shown, and what they are called."""

VIEWS = {"pretty": "Pretty", "tree": "Tree", "raw": "Raw", "hex": "Hex", "picture": "Picture"}
