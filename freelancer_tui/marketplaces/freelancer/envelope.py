"""Envelope: what every reply is wrapped in, and what each kind of reply means."""

import msgspec

from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import (
    MarketplaceError,
    Offline,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Unauthorized,
    WireMismatch,
)
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.calls import Reply
from freelancer_tui.marketplaces.freelancer import refusals
from freelancer_tui.marketplaces.rates import asked_wait


class Envelope(msgspec.Struct):
    """docs/api-overview/errors-and-responses: success, and the flat and the nested error."""

    status: str | None = None
    result: msgspec.Raw = msgspec.Raw()
    message: msgspec.Raw = msgspec.Raw()
    error_code: msgspec.Raw = msgspec.Raw()
    error: msgspec.Raw = msgspec.Raw()

    def told(self) -> tuple[str, str]:
        """Give the error's code and message, each empty where it is not told."""
        code, message = _text(self.error_code), _text(self.message)
        if code or not self.error:
            return code, message
        try:
            nested = msgspec.json.decode(self.error, type=_Nested)
        except (ValueError, RecursionError):
            return "", message
        return _text(nested.code), _text(nested.detail) or message


class _Nested(msgspec.Struct):
    code: msgspec.Raw = msgspec.Raw()
    detail: msgspec.Raw = msgspec.Raw()


_ENVELOPES = msgspec.json.Decoder(Envelope)


def judge(reply: Reply, writes: bool) -> msgspec.Raw:
    """Give the result of a good reply; raise what any other means for a read or a write."""
    envelope = _envelope(reply.body)
    code, message = envelope.told() if envelope else ("", "")
    name = refusals.short(code)
    if _is_hasty(reply, envelope, name):
        raise RateLimited(
            _("The marketplace asks to wait: too many requests."),
            wait_seconds=asked_wait(reply.headers, reply.at),
        )
    if reply.status == 401 or name in refusals.TOKEN_CODES:
        raise Unauthorized(_("The marketplace does not accept the token: sign in again."))
    if reply.status == 413:
        raise Refused(code or "TOO_LARGE", refusals.reason("TOO_LARGE", ""))
    if envelope is not None and 200 <= reply.status < 300 and envelope.status == "success":
        return envelope.result
    if envelope is not None and envelope.status == "error" and _is_definite(reply, name):
        raise Refused(one_line(code, 100), refusals.reason(code, message))
    raise _unclear_write(reply) if writes else _unclear_read(reply, message)


def _is_hasty(reply: Reply, envelope: Envelope | None, name: str) -> bool:
    if reply.status == 429 or name in refusals.RATE_CODES:
        return True
    asked = "retry-after" in reply.headers
    return reply.status == 503 and asked and envelope is not None and envelope.status == "error"


def _is_definite(reply: Reply, name: str) -> bool:
    """Tell whether an error says that nothing was done."""
    if not name or name in refusals.AMBIGUOUS:
        return False
    return 200 <= reply.status < 300 or (400 <= reply.status < 500 and reply.status != 408)


def _unclear_write(reply: Reply) -> MarketplaceError:
    if reply.status == 407:
        return Offline(_("The proxy of this machine asks for a password."))
    return OutcomeUnknown(
        _("The marketplace answered unclearly (HTTP {status}): it may have done it.").format(
            status=reply.status
        )
    )


def _unclear_read(reply: Reply, message: str) -> MarketplaceError:
    if reply.status in (407, 408) or 300 <= reply.status < 400:
        return Offline(
            _("The marketplace cannot be reached from this network (HTTP {status}).").format(
                status=reply.status
            )
        )
    if reply.status >= 500:
        return MarketplaceError(
            _("The marketplace has trouble of its own (HTTP {status}): {message}").format(
                status=reply.status, message=one_line(message, 200) or "–"
            )
        )
    return WireMismatch(
        _("The marketplace's answer is not as documented (HTTP {status}).").format(
            status=reply.status
        )
    )


def _envelope(body: bytes) -> Envelope | None:
    try:
        return _ENVELOPES.decode(body)
    except (ValueError, RecursionError):
        return None


def _text(raw: msgspec.Raw) -> str:
    try:
        return msgspec.json.decode(raw, type=str)
    except (ValueError, RecursionError):
        return ""
