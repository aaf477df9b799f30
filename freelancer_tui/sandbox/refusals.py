"""Refusals: the ways in which the market says no, with status and error code."""


class Refusal(Exception):
    """An answer with a 4xx or 5xx status and the error envelope."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def bad_form(message: str) -> Refusal:
    """Give the refusal of a missing or senseless parameter."""
    return Refusal(400, "RestExceptionCodes.BAD_FORM", message)


def not_authenticated() -> Refusal:
    """Give the refusal of a missing, wrong or expired token."""
    return Refusal(
        401, "RestExceptionCodes.NOT_AUTHENTICATED", "You must be logged in to perform this request"
    )


def forbidden(message: str) -> Refusal:
    """Give the refusal of touching what is another's."""
    return Refusal(403, "RestExceptionCodes.PERMISSION_DENIED", message)


def not_found(what: str) -> Refusal:
    """Give the refusal of naming what is not there, or not to be seen by the caller."""
    return Refusal(404, "RestExceptionCodes.NOT_FOUND", f"{what} not found")


def wrong_method() -> Refusal:
    """Give the refusal of a method that the path does not have."""
    return Refusal(405, "RestExceptionCodes.METHOD_NOT_ALLOWED", "Method not allowed")


def too_large(message: str) -> Refusal:
    """Give the refusal of a body over the limit."""
    return Refusal(413, "RestExceptionCodes.REQUEST_TOO_LARGE", message)


def rate_limited() -> Refusal:
    """Give the refusal of a caller who asks too often."""
    return Refusal(429, "AuthorisationExceptionCodes.RATE_LIMITED", "Rate limit exceeded")


def project_refusal(status: int, name: str, message: str) -> Refusal:
    """Give a refusal of the family that projects, bids and milestones share."""
    return Refusal(status, f"ProjectExceptionCodes.{name}", message)


def user_refusal(status: int, name: str, message: str) -> Refusal:
    """Give a refusal of the family about people."""
    return Refusal(status, f"UserExceptionCodes.{name}", message)


def message_refusal(status: int, name: str, message: str) -> Refusal:
    """Give a refusal of the family about threads and messages."""
    return Refusal(status, f"MessagesExceptionCodes.{name}", message)
