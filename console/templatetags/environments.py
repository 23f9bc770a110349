"""An environment as a coloured mark with its name: the one place where it is written."""

from django import template
from django.utils.safestring import SafeString

from console.core.environment import environment_kind
from console.templatetags.untrusted import isolated

register = template.Library()


@register.simple_tag
def environment(name: object) -> SafeString:
    """The name as people wrote it, with the colour of its kind; "" for a profile without one."""
    text = str(name or "")
    kind = environment_kind(text)
    return SafeString(f'<span class="chip long environment {kind}">{isolated(text)}</span>' if text else "")
