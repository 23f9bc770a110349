"""The levels of assurance of ID-porten, in today's and the former spelling."""

LEVELS = (
    ("idporten-loa-low", "low: identified by the person alone"),
    ("idporten-loa-substantial", "substantial (formerly Level3)"),
    ("idporten-loa-high", "high (formerly Level4)"),
    ("Level3", "substantial (today idporten-loa-substantial)"),
    ("Level4", "high (today idporten-loa-high)"),
)
