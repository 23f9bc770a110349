"""Who a session belongs to."""

from allauth.account.auth_backends import AuthenticationBackend

from console.models import Person
from console.store import people


class PeopleBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """As allauth's, but the person comes with their groups: every page asks what is shared with those."""

    def get_user(self, user_id: int | str) -> Person | None:
        person = people.of_session(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
