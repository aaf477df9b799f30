"""Identity: whose work a folder holds, so that nobody's words go out under another name."""

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.people import Profile
from freelancer_tui.errors import SettingsError, WireMismatch
from freelancer_tui.i18n import _
from freelancer_tui.store.work import meta
from freelancer_tui.store.work.database import WorkDatabase


class Identity:
    """Known once the marketplace has said whose token this is."""

    def __init__(self, work: WorkDatabase) -> None:
        """Belong to the user of a work file; the first one to sync it becomes that user."""
        self._work = work
        self.known = False

    def doubt(self) -> None:
        """Ask again before anything else is read or sent."""
        self.known = False

    def settle(self, page: Page) -> None:
        """Compare who the marketplace says we are with whose work this is.

        Raises SettingsError when they differ: nothing of this folder may go out then.
        """
        self.known = False
        people = [fact.person for fact in page.facts if isinstance(fact, Profile)]
        if not people:
            raise WireMismatch(_("The marketplace did not say whose account this is."))
        ours, theirs = self._owner(), str(people[0].remote_id)
        if ours is None:
            with self._work.transaction() as session:
                meta.put(session, "user_id", theirs)
        elif ours != theirs:
            raise SettingsError(
                _(
                    "This folder holds the work of user {ours}, the token is of user {theirs}."
                ).format(ours=ours, theirs=theirs),
                hint=_("Use that user's token, or add another account for this one."),
            )
        self.known = True

    def _owner(self) -> str | None:
        with self._work.read() as session:
            return meta.get(session, "user_id")
