"""The two pictures of a connection are lit by what happened, in the order of API Management's own."""

from console.core.connection import Connection, ConnectionEvent, ConnectionStatus
from console.core.flows import connection as pictures
from console.core.flows.picture import Lit
from console.core.oauth.arrow import Party

E = ConnectionEvent


def connection(**events):
    lit = {getattr(E, name): at for name, at in events.items()}
    return Connection("c", "p", 1, "Ola", ConnectionStatus.NOT_CONNECTED, 100, events=lit)


def lit(picture):
    return [step.number for step in picture.steps if step.lit is Lit.DONE]


def test_a_new_connection_has_four_of_twelve_steps_behind_it():
    picture = pictures.management(connection(), has_person=True, shared_at=None)
    assert (len(picture.steps), lit(picture)) == (12, [1, 2, 3, 4])
    assert picture.parts == (Party.PERSON, Party.CLIENT, Party.PROVIDER)


def test_each_step_is_lit_by_its_own_moment():
    made = connection(PREPARED=110, CAME_BACK=120, EXCHANGED=121)
    picture = pictures.management(made, has_person=True, shared_at=130)
    assert lit(picture) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 12]
    assert [step.at for step in picture.steps][4:] == [110, 110, 120, 120, 121, None, None, 130]


def test_where_nobody_signs_in_their_steps_are_left_out():
    picture = pictures.management(connection(KEPT=110), has_person=False, shared_at=None)
    assert [step.number for step in picture.steps] == [1, 2, 3, 4, 5, 6, 7]
    assert lit(picture) == [1, 2, 3, 4, 6]


def test_the_seven_steps_of_a_call():
    assert lit(pictures.runtime(connection())) == []
    used = pictures.runtime(connection(ASKED=1, ATTACHED=2, ANSWERED=3))
    assert (len(used.steps), lit(used)) == (7, [1, 2, 5, 6, 7])
