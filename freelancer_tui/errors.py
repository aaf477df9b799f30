"""Errors: the tree that tells a caller what remedy there is, not which address failed."""


class FreelancerError(Exception):
    """Anything this program raises on purpose; `str()` is a plain sentence for the user."""

    code = "error"
    hint = ""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint


class MarketplaceError(FreelancerError):
    """The marketplace could not do what was asked."""

    code = "marketplace"


class Offline(MarketplaceError):
    """Nothing left this machine, so nothing happened there: queue and retry later."""

    code = "offline"


class OutcomeUnknown(MarketplaceError):
    """The request may have landed: look before retrying."""

    code = "outcome_unknown"


class RateLimited(MarketplaceError):
    """The marketplace asks to wait; nothing happened there."""

    code = "rate_limited"

    def __init__(self, message: str, *, wait_seconds: float) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds
        """How long the marketplace asks us to wait, from now; the caller turns it into a time."""


class Unauthorized(MarketplaceError):
    """The token is missing, wrong or expired: sign in again, the queue is kept."""

    code = "unauthorized"


class Refused(MarketplaceError):
    """A definite no with a reason: show it, never retry."""

    code = "refused"

    def __init__(self, reason_code: str, reason: str) -> None:
        super().__init__(reason)
        self.reason_code = reason_code
        """The marketplace's own `error_code`, for example `ProjectExceptionCodes.DUPLICATE_BID`."""


class WireMismatch(MarketplaceError):
    """The reply is not as documented: store nothing, report a bug."""

    code = "wire_mismatch"


class StoreError(FreelancerError):
    """The local files cannot be used: busy, damaged, or newer than the program."""

    code = "store"


class SettingsError(FreelancerError):
    """The configuration is wrong; the message names the file and the key."""

    code = "settings"


class NotFound(FreelancerError):
    """There is no such thing in the local store."""

    code = "not_found"


class Gone(NotFound):
    """What the words were for was thrown away meanwhile; they are kept with it: try no more."""


class NotAllowed(FreelancerError):
    """What was asked makes no sense in this state; `problems` lists what to change first."""

    code = "invalid"

    def __init__(
        self, message: str, *, problems: tuple[str, ...] = (), hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.problems = problems


class Stopped(FreelancerError):
    """The user ended what was under way; nothing of it is left."""

    code = "stopped"
