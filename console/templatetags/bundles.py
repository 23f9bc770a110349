"""`{% bundle "css" %}`, `{% bundle "js" %}`: where the styles and the scripts of every page are."""

from django import template

from console.web import bundles

register = template.Library()


@register.simple_tag
def bundle(kind: str) -> str:
    """The address of a bundle, named by what it holds."""
    return bundles.bundle(kind).address
