"""Forms of a profile and its credential."""

from typing import Any

from django import forms

from console.core import providers
from console.core.actor import Actor
from console.core.client_auth import SETTING
from console.core.grants.base import Grant, Need
from console.core.json.text import visible
from console.core.oauth.setting import Setting, SettingShape
from console.core.oauth.words import sentence
from console.core.profile import Profile, ProfileDraft
from console.core.profile_checks.settings import (
    every_client_setting,
    every_setting,
    grants_of,
    setting_problems,
    settings_of,
    usable,
)
from console.core.providers.base import Provider
from console.services import apis, legacy_grants, subject_tokens
from console.web.forms.base import AgreedBox, TidyCharField, VersionedForm

_OF_CLIENT = frozenset(one.name for one in every_client_setting())  # how the client proves itself


class ProfileForm(VersionedForm):
    name = TidyCharField(
        max_length=200, is_name=True, help_text="How you will find it again, for example “Orders client”."
    )
    environment = TidyCharField(
        is_name=True,
        max_length=40,
        required=False,
        help_text="A label such as test or production; it has no effect on requests.",
    )
    provider = forms.ChoiceField(label="Provider", help_text="Who issues the token.")
    client_id = TidyCharField(
        max_length=200, label="Client ID", help_text="Application (client) ID of your app registration."
    )
    grant = forms.ChoiceField(label="Grant", required=False, help_text="How the token is asked for.")
    scope = TidyCharField(max_length=500, label="Scope")
    api_id = forms.ChoiceField(
        label="API", required=False, help_text="What the token is for; its rules judge the token."
    )

    def __init__(
        self, *args: Any, actor: Actor, has_sandbox: bool, shown_at: str = "", own_id: str = "", **kwargs: Any
    ) -> None:
        """`shown_at` is the address that shows the form again with the fields of another provider, "" for none.
        `own_id` is the profile that is edited, whose own token it cannot pass on.
        """
        super().__init__(*args, **kwargs)
        self.actor, self.own_id = actor, own_id
        self.offered = usable(has_sandbox=has_sandbox)
        offered = [choice for one in self.offered for choice in one.choices_where(has_sandbox=has_sandbox)]
        self._fill("provider", offered)
        self._fill("api_id", [("", "No API yet"), *((id_, visible(name)) for id_, name in apis.list_names(actor))])
        self._choose_grant()
        self._add_settings()
        self._ask_to_confirm()
        self._speak()
        for name in ("provider", "grant", SETTING):
            if shown_at and name in self.fields:
                self.fields[name].widget.attrs.update(_shows_at(shown_at))

    def _fill(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Provider:
        """The provider that the form is about; the first while none is chosen."""
        code = self._choice[0]
        return next((one for one in self.offered if one.code == code), self.offered[0])

    @property
    def chosen_grant(self) -> str:
        """The grant that the form is about; the provider's usual one while none of its own is chosen."""
        codes = [grant.code for grant in self._grants()]
        named = str(self["grant"].value() or "") if "grant" in self.fields else ""
        return named if named in codes else codes[0]

    @property
    def _choice(self) -> tuple[str, str]:
        """Code and variant, as they stand in the list of providers."""
        code, _, variant = str(self["provider"].value() or "").partition(":")
        return code, variant

    @property
    def settings(self) -> dict[str, Setting]:
        """Every setting that has a field of its own, by name: the provider's with this variant, and the grant's."""
        found = settings_of(self.chosen.code, self.chosen_grant, {**self._variant(), **self._way()})
        return {one.name: one for one in found if not one.is_variant and not one.is_confirmed}

    def _way(self) -> dict[str, str]:
        """How the client shall prove itself, on which the other fields of that part depend."""
        source = self.data if self.is_bound else self.initial
        return {SETTING: str(source.get(SETTING) or "")}

    def _variant(self) -> dict[str, str]:
        variant = self.chosen.variant
        if variant is None:
            return {}
        chosen = self._choice[1]
        return {variant.name: chosen if chosen in dict(variant.choices) else variant.choices[0][0]}

    @property
    def needed(self) -> list[forms.BoundField]:
        """What a profile of this provider is asked for first."""
        return [field for field in self if field.name not in self._left_open() | _OF_CLIENT]

    @property
    def further(self) -> list[forms.BoundField]:
        """What the provider and the grant let vary, and what mostly stays as it is."""
        return [field for field in self if field.name in self._left_open() - _OF_CLIENT]

    @property
    def is_further_open(self) -> bool:
        """Whether something stands there, or is wrong there."""
        return any(field.value() or field.errors for field in self.further)

    def _left_open(self) -> frozenset[str]:
        own = {one.name for one in self.chosen.settings if one.when is None}
        return frozenset(name for name, one in self.settings.items() if not one.is_required and name not in own)

    @property
    def looks_up(self) -> bool:
        """Whether an issuer is asked for whose metadata can fill in the rest."""
        return self.chosen.is_looked_up and "issuer" in self.fields

    @property
    def client_authentication(self) -> list[forms.BoundField]:
        """The fields of how the client proves itself: with this provider and grant, none where nothing can vary."""
        return [self[name] for name in self.fields if name in _OF_CLIENT]

    @property
    def is_proof_chosen(self) -> bool:
        """Whether something there is not as usual, or wrong: then it is not folded away."""
        return any(field.value() or field.errors for field in self.client_authentication)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was typed for another provider or grant: it comes back when that is chosen again."""
        source = self.data if self.is_bound else self.initial
        settings = (*every_setting(), *every_client_setting())
        typed = [one.name for one in settings if not one.is_variant and not one.is_confirmed]
        names = dict.fromkeys((*typed, *self.base_fields))
        return [(name, str(source[name])) for name in names if name not in self.fields and source.get(name)]

    def _grants(self) -> list[Grant]:
        """Those that can be begun with, and that the administrator allows; a refresh token comes with another."""
        allowed = legacy_grants.offered_codes()
        found = grants_of(self.chosen)
        return [one for one in found if one.code in allowed and Need.REFRESH_TOKEN not in one.needs]

    def _choose_grant(self) -> None:
        """No field where there is nothing to choose."""
        found = self._grants()
        if len(found) > 1:
            self._fill("grant", [("", "The provider’s usual one"), *((one.code, one.title) for one in found)])
        else:
            del self.fields["grant"]

    def _add_settings(self) -> None:
        """A field for each setting that the provider and the grant have, below the provider."""
        for name, setting in self.settings.items():
            self.fields[name] = self._source_field(setting) or _field_of(setting)
            self.give_words(name, self.fields[name])
        self.order_fields(["version", "name", "environment", "provider", "grant", *self.settings])

    def _source_field(self, setting: Setting) -> forms.Field | None:
        """A list of the tokens that may be named, with the one that is named now though it be another's."""
        if setting.shape is not SettingShape.TOKEN_SOURCE:
            return None
        offered = [one for one in subject_tokens.choices(self.actor) if not self._is_own(one[0])]
        now = str(self.initial.get(setting.name) or "")
        now = "" if self._is_own(now) else now
        strange = [(now, "The one chosen now, which is not yours to use")] if now not in {"", *dict(offered)} else []
        choices = [("", "None: a token is pasted each time"), *((value, visible(name)) for value, name in offered)]
        return forms.ChoiceField(
            label=setting.label, help_text=setting.help, required=False, choices=[*choices, *strange]
        )

    def _is_own(self, source: str) -> bool:
        return bool(self.own_id) and source.partition("/")[0] == self.own_id

    def _ask_to_confirm(self) -> None:
        """A box for what the provider wants to be agreed to, by the values as they stand in the form."""
        typed = {name: str(self[name].value() or "").strip() for name in self.settings}
        asked = self.chosen.confirms({**self._variant(), **typed})
        if asked is not None:
            self.fields[asked.name] = forms.BooleanField(
                label=asked.label,
                required=False,
                initial=self.initial.get(asked.name) == asked.value,
                widget=AgreedBox(asked.value),
            )

    def _speak(self) -> None:
        """The words and the parts of the form that are the provider's own."""
        provider = self.chosen
        self.fields["client_id"].help_text = f"{sentence(provider.words.client_id)} of {provider.words.registration}."
        if provider.scope_form.is_asked:
            self.fields["scope"].help_text = provider.scope_form.help
            self.fields["scope"].required = provider.scope_form.is_required
        else:
            del self.fields["scope"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("provider"):
            self._clean_for(self.chosen, data)
        return data

    def _clean_for(self, provider: Provider, data: dict[str, Any]) -> None:
        """Grant, settings and scope, as the provider wants them."""
        grant = data.get("grant") or self.chosen_grant
        data["grant"] = grant
        data["settings"] = self._settings(data)
        for name, problem in setting_problems(provider, grant, data["settings"]).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else "provider", problem)
        scope = data.get("scope")
        if scope or (scope is not None and provider.scope_form.is_required):
            self._clean_scope(provider, grant, scope)

    def _clean_scope(self, provider: Provider, grant: str, scope: str) -> None:
        if refused := provider.scope_problem(grant, scope):
            self.add_error("scope", refused)

    def _settings(self, data: dict[str, Any]) -> dict[str, str]:
        """The values that the provider and grant have settings for; those of others are left out."""
        given = {**self._variant(), **{name: data[name] for name in self.settings if data.get(name)}}
        asked = self.chosen.confirms(given)
        return {**given, asked.name: asked.value} if asked is not None and data.get(asked.name) else given

    def to_draft(self) -> ProfileDraft:
        """What was typed, as the core knows it; call after `is_valid`."""
        data = self.cleaned_data
        return ProfileDraft(
            name=data["name"],
            environment=data["environment"],
            provider=self.chosen.code,
            settings=data["settings"],
            client_id=data["client_id"],
            grant=data["grant"],
            scope=data.get("scope", ""),
            api_id=data["api_id"] or None,
        )


def _field_of(setting: Setting) -> forms.Field:
    label, told, choices, is_required = setting.label, setting.help, setting.choices, setting.is_required
    if choices:
        has_none = is_required or "" in dict(choices)
        choices = choices if has_none else (("", "As usual with this provider"), *choices)
        return forms.ChoiceField(label=label, help_text=told, required=is_required, choices=choices)
    return TidyCharField(label=label, help_text=told, required=is_required, max_length=setting.max_length)


def _shows_at(url: str) -> dict[str, str]:
    """Choosing shows the fields at once where scripts run; elsewhere a button of the page does."""
    return {
        "hx-post": f"{url}?do=show",
        "hx-trigger": "change",
        "hx-sync": "closest form:abort",  # whoever saves meanwhile saves what stands there
        "hx-target": "#form",
        "hx-swap": "outerHTML",
    }


def initial_of(profile: Profile) -> dict[str, Any]:
    """The form's values for a stored profile; no secret is among them."""
    names = ("name", "environment", "client_id", "grant", "scope", "version")
    provider = providers.provider_of(profile.provider)
    variant = provider.variant.name if provider.variant else ""
    return {
        **{name: value for name, value in profile.settings.items() if name != variant},
        **{name: getattr(profile, name) for name in names},
        "provider": provider.choice_of(profile.settings),
        "api_id": profile.api_id or "",
    }
