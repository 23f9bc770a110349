"""From what people paste to a tree of elements, and what the text leaves open."""
