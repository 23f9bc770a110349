"""What providers that the sandbox can play have in common: the environment is a variant, and one choice is here."""

from console.core.oauth.setting import Setting, Settings

ENVIRONMENT, HERE = "environment", "sandbox"


def environments(*choices: tuple[str, str], sandbox: str) -> Setting:
    """The variants of a provider: its own environments as (value, title), then the sandbox by this title."""
    return Setting(ENVIRONMENT, "Environment", choices=(*choices, (HERE, sandbox)), is_variant=True)


def is_played(settings: Settings) -> bool:
    return settings.get(ENVIRONMENT) == HERE


def is_below(address: str, name: str) -> bool:
    """Whether an address is one of a played provider, in whichever workspace and wherever it is served."""
    _, _, behind = address.partition("/sandbox/")
    return behind.split("/")[1:2] == [name]


def below(sandbox_base: str, name: str) -> str:
    """The address of a played provider in a workspace, without slash at its end."""
    return f"{sandbox_base.rstrip('/')}/{name}"
