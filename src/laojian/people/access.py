"""Who somebody is to the platform: a pure Scope, from which each room's queries derive what may be seen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """A viewer: whose bureau, at which level it sees, and the posts held. Says nothing of any one file."""

    officer_id: int
    bureau_id: int | None
    level: str
    roles: frozenset[str]
    system: bool = False

    @property
    def sightless(self) -> bool:
        """Whether no file is this viewer's business: nobody without a post, and not the administrator of the system."""
        return not self.system and self.roles <= {"admin"}

    @property
    def column(self) -> str | None:
        """The one column whose equality with `bureau_id` makes a file visible; none at city level: all of them are."""
        return {"city": None, "district": "district_id", "town": "bureau_id"}[self.level]

    def holds(self, *roles: str) -> bool:
        """Whether any of these posts is held."""
        return bool(self.roles.intersection(roles))
