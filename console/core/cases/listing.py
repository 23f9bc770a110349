"""What somebody wants to see of the queue, and what a line of it says."""

from dataclasses import dataclass

from console.core.cases.state import CaseState

OPEN = "open"  # the tab of all that wait for somebody
NOBODY = "nobody"  # the assignee of a case that nobody has taken
MANY = 1000  # nothing is counted further: a page says "1000+", and costs the same in a queue of any length
MANY_ALIKE, MANY_NEWS = 20, 100


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """An empty member asks for nothing. `tab` is OPEN or a CaseState's value.

    `api` and `profile` are an id, or a name where a case knows no more. `assignee` and `person` (who made it) are a
    person's id in digits, `assignee` also NOBODY. `since` and `until` are epoch seconds: changed from then on, before
    then. `number` is a case's own, `like` that of one with the same cause at the same API. `words` begin its terms.
    """

    tab: str = OPEN
    api: str = ""
    profile: str = ""
    cause: str = ""
    assignee: str = ""
    person: str = ""
    since: int | None = None
    until: int | None = None
    number: int | None = None
    words: tuple[str, ...] = ()
    like: int | None = None
    has_news: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves out some of what the tab holds."""
        return self != CaseFilter(tab=self.tab)


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where a page of the queue begins: behind the case that was changed then and has that number."""

    changed_at: int
    number: int


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A case as the queue tells of it. `cause` is None when nobody looked yet, `true_cause` "" while it is open.

    `news` is "new", "answered" or "". `alike` is the key of its likes, and `others_alike` how many other open ones
    there are, MANY_ALIKE for that many or more, for who sees every case; 0 for others. `owner` and `assignee` are
    names; `assignee` "" for nobody.
    """

    id: str
    number: int
    title: str
    state: CaseState
    owner: str
    assignee: str
    cause: str | None
    status: int | None
    api: str
    profile: str
    created_at: int
    changed_at: int
    true_cause: str = ""
    alike: str = ""
    others_alike: int = 0
    news: str = ""
    is_own: bool = False

    @property
    def place(self) -> QueuePlace:
        return QueuePlace(self.changed_at, self.number)


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """Something to filter by that is in the queue: its value in an address, and its name."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the newest cases of a tab have, each by name and once."""

    apis: tuple[FilterChoice, ...] = ()
    profiles: tuple[FilterChoice, ...] = ()
    causes: tuple[FilterChoice, ...] = ()
    assignees: tuple[FilterChoice, ...] = ()
    people: tuple[FilterChoice, ...] = ()
