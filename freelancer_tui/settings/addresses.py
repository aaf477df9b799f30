"""Addresses: where a marketplace is, checked before a token is ever sent there."""

import re
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from freelancer_tui.errors import SettingsError
from freelancer_tui.i18n import _

_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


def base_address(url: str) -> str:
    """Check a marketplace's address and give it without `/api` and slashes at its end."""
    trimmed = url.strip().rstrip("/").removesuffix("/api").rstrip("/")
    parts = _parts(trimmed)
    if parts is None:
        raise SettingsError(
            _("{url} is not the address of a marketplace.").format(url=_shown(url)),
            hint=_("It looks like https://www.freelancer.com"),
        )
    if "@" in parts.netloc:
        raise SettingsError(
            _("{url} is not the address of a marketplace.").format(url=_shown(url)),
            hint=_("Leave user name and password out of it."),
        )
    if parts.scheme == "http" and not _is_here(parts.hostname or ""):
        raise SettingsError(
            _("{url} would send the token unencrypted.").format(url=trimmed),
            hint=_("Use https; plain http is only for a sandbox on this machine."),
        )
    return f"{parts.scheme}://{parts.netloc.lower().rstrip(':')}{parts.path}"


def _parts(url: str) -> SplitResult | None:
    """Take an address apart; None where it is none."""
    if not url.isprintable() or " " in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.port != 0 and _has_host(parts)
    except ValueError:  # a port, a name or an IPv6 address that is none
        return None
    return None if not usable or parts.query or parts.fragment else parts


def _has_host(parts: SplitResult) -> bool:
    """Tell whether there is a host: a name in plain letters, for look-alikes are none, or an IP."""
    host = parts.hostname or ""
    if not 1 <= len(host) <= 253:
        return False
    if "[" in parts.netloc:
        return IPv6Address(host).scope_id is None
    host.encode("ascii").decode("idna")  # refuses what only looks like an encoded name
    return all(_LABEL.fullmatch(label) for label in host.split("."))


def _shown(url: str) -> str:
    """Give an address without what can be secret in it or what a terminal would obey."""
    plain = "".join(sign for sign in url if sign.isprintable())
    return re.sub(r"[?#].*", "", re.sub(r"^([a-z]*:?//)?.*@", r"\1", plain))


def _is_here(host: str) -> bool:
    return host in ("localhost", "::1") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None
