"""A call as its form holds it: what may be kept of it, and what becomes of it on its way out."""
