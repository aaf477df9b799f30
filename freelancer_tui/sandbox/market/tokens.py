"""Tokens: who may sign in, with what secret, until when."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from freelancer_tui.sandbox.market.database import Database

MONTH = 2592000
CODE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody who can be signed in as."""

    user_id: int
    username: str
    role: str
    token: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What an authorisation code or a refresh token stands for."""

    user_id: int
    client_id: str
    redirect_uri: str
    scopes: str


class Tokens:
    """Access tokens, codes and refresh tokens."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database = database
        self._now = now

    def user_of(self, token: str) -> int | None:
        """Give whose token it is; None for a wrong or expired one."""
        row = self._database.one(
            "SELECT user_id FROM tokens WHERE token = ? AND (expires_at IS NULL OR expires_at > ?)",
            (token, self._now()),
        )
        return row[0] if row else None

    def issue(self, user_id: int, scopes: str = "", client_id: str | None = None) -> str:
        """Give a new access token for a user, good for 30 days."""
        token = secrets.token_urlsafe(24)
        with self._database.transaction():
            self._database.run(
                "INSERT INTO tokens (token, user_id, expires_at, client_id, scopes)"
                " VALUES (?, ?, ?, ?, ?)",
                (token, user_id, self._now() + MONTH, client_id, scopes),
            )
        return token

    def expire(self, token: str) -> None:
        """Let a token's time be over from now on."""
        with self._database.transaction():
            self._database.run(
                "UPDATE tokens SET expires_at = ? WHERE token = ?", (self._now(), token)
            )

    def renew(self, token: str) -> None:
        """Let a token be good without end again."""
        with self._database.transaction():
            self._database.run("UPDATE tokens SET expires_at = NULL WHERE token = ?", (token,))

    def sign_ins(self) -> list[SignIn]:
        """List who came with a token into this world, freelancers first."""
        rows = self._database.all(
            "SELECT u.id, u.username, u.role, t.token FROM tokens t JOIN users u"
            " ON u.id = t.user_id WHERE t.client_id IS NULL"
            " ORDER BY u.role = 'employer', u.id, t.token"
        )
        return [SignIn(*row) for row in rows]

    def give(self, kind: str, grant: Grant, seconds: int | None) -> str:
        """Keep a grant and give the secret (a code or a refresh token) that redeems it."""
        secret = secrets.token_urlsafe(24)
        with self._database.transaction():
            self._database.run(
                "INSERT INTO grants VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    secret,
                    kind,
                    grant.user_id,
                    grant.client_id,
                    grant.redirect_uri,
                    grant.scopes,
                    None if seconds is None else self._now() + seconds,
                ),
            )
        return secret

    def redeem(self, kind: str, secret: str) -> Grant | None:
        """Give what a secret stands for, once; None for a wrong, used or old one."""
        with self._database.transaction():
            row = self._database.one(
                "SELECT user_id, client_id, redirect_uri, scopes FROM grants WHERE secret = ?"
                " AND kind = ? AND (expires_at IS NULL OR expires_at > ?)",
                (secret, kind, self._now()),
            )
            self._database.run("DELETE FROM grants WHERE secret = ? AND kind = ?", (secret, kind))
        return Grant(*row) if row else None
