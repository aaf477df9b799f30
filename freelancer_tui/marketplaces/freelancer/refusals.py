"""Refusals: the marketplace's error codes, and in plain words what to do about each."""

from typing import Final

from freelancer_tui.domain.text import one_line
from freelancer_tui.i18n import N_, _

DUPLICATES: Final = frozenset({"DUPLICATE_BID", "ALREADY_BID_ON_PROJECT"})
"""Two names of one refusal (wire reference, section 17)."""
TOKEN_CODES: Final = frozenset({"NOT_AUTHENTICATED", "UNAUTHENTICATED", "UNAUTHORIZED"})
RATE_CODES: Final = frozenset({"RATE_LIMITED"})
AMBIGUOUS: Final = frozenset({"UNKNOWN_ERROR", "GAF_EXCEPTION"})
"""The server failed in a way that can follow a completed write (sections 3 and 16)."""

REASONS: Final = {
    "DUPLICATE_BID": N_("You already bid on this project: change that bid on the website."),
    "ALREADY_BID_ON_PROJECT": N_(
        "You already bid on this project: change that bid on the website."
    ),
    "BID_LIMIT_EXCEEDED": N_("You have no bids left: wait for new ones or upgrade the membership."),
    "BID_MINIMUM_REQUIREMENT_NOT_MET": N_(
        "The account balance is below this project's minimum: add funds on the website."
    ),
    "RESTRICTED_FROM_BIDDING_PREMIUM_VERIFIED": N_(
        "This project takes verified freelancers only: verify the account on the website."
    ),
    "RESTRICTED_FROM_BIDDING_PREMIUM_VERIFIED_JOB": N_(
        "One of the project's skills needs a verified account: verify it on the website."
    ),
    "RESTRICTED_FROM_BIDDING_ON_FEATURED": N_(
        "The account is too new for featured projects: choose another project."
    ),
    "BID_AMOUNT_INVALID": N_("The price is outside the project's budget: change the price."),
    "PROJECT_NOT_ACTIVE": N_("The project takes no more bids."),
    "BID_DESCRIPTION_CONTAINS_EMAIL": N_(
        "The text contains contact details: take out addresses and phone numbers."
    ),
    "USER_NOT_IN_PFP": N_("This is for members of the Preferred Freelancer Program."),
    "PROFILE_DESCRIPTION_TOO_SHORT": N_(
        "The profile text is too short: write at least 100 characters on the website."
    ),
    "BID_RETRACTED": N_("The bid was withdrawn: place a new one."),
    "BID_NOT_AWARDED": N_("The bid did not win the project, so nothing can be asked for on it."),
    "BID_ALREADY_ACCEPTED": N_("The award is accepted already: the work has begun."),
    "AWARD_GONE": N_("There is no award any more: the client took it back."),
    "AWARD_LOST": N_("There is no award any more: the client chose somebody else."),
    "AWARD_RENEWED": N_("The client has awarded you the job anew since: answer the new award."),
    "AWARD_DECLINED": N_("The award was declined already: it cannot be accepted any more."),
    "MILESTONE_CANCELED": N_("The client took this money back: nothing is held to be paid out."),
    "MILESTONE_DISPUTED": N_("This money is in dispute: settle that on the website."),
    "MILESTONE_NOT_FUNDED": N_("The money is not put aside yet: wait until the client funds it."),
    "REQUEST_FUNDED": N_("The client funded it already: the money is held for you."),
    "REQUEST_REJECTED": N_("The client turned it down already: there is nothing to withdraw."),
    "NOT_FOUND": N_("It no longer exists on the marketplace."),
    "BAD_FORM": N_("The marketplace did not accept the form of the request: report a bug."),
    "TOO_LARGE": N_("It is larger than the marketplace takes: send smaller files."),
    "FILE_MISSING": N_("An attached file can no longer be read: attach it again."),
    "FILE_CHANGED": N_("The copy of an attached file was changed: attach it again."),
    "FILE_TYPE_NOT_ALLOWED": N_("The marketplace takes no files of this kind: send another."),
    "TOO_MANY_FILES": N_("The marketplace takes fewer files with one message: send some alone."),
}


def short(error_code: str) -> str:
    """Give an error code without its family: `DUPLICATE_BID`."""
    return error_code.rpartition(".")[2].upper()


def reason(error_code: str, message: str) -> str:
    """Say why the marketplace refused: in our words where we know the code, else in its own."""
    known = REASONS.get(short(error_code))
    if known is not None:
        return _(known)
    said = one_line(message)
    if said:
        return _("The marketplace refused it: {message}").format(message=said)
    return _("The marketplace refused it ({code}).").format(code=one_line(error_code, 100))
