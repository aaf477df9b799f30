"""OAuth: the identity server's pages and its token endpoint."""

import html
import sqlite3
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from freelancer_tui.sandbox.market.market import Market
from freelancer_tui.sandbox.market.tokens import CODE_SECONDS, MONTH, Grant
from freelancer_tui.sandbox.reading import Given, given_body, given_query
from freelancer_tui.sandbox.refusals import Refusal, bad_form, not_authenticated

SCOPES = frozenset("123456")


class OAuth:
    """Sign-in by authorisation code: who comes with a browser is asked, or taken at once.

    Without `prompt=select_account` the first freelancer (or `user=<id or name>`) agrees by
    themselves, so that a script needs no browser.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self.routes = [
            Route("/oauth/authorise", self._authorise, methods=["GET"]),
            Route("/oauth/authorize", self._authorise, methods=["GET"]),
            Route("/oauth/token", self._token, methods=["POST"]),
            Route("/oauth/me", self._me, methods=["GET"]),
        ]

    async def _authorise(self, request: Request) -> Response:
        query = given_query(request.scope["query_string"])
        target = query.text("redirect_uri") or ""
        client = query.text("client_id") or ""
        parts = urlsplit(target)
        if parts.scheme not in ("http", "https") or not parts.hostname or not client:
            raise bad_form("client_id and redirect_uri are needed")
        state = query.text("state")
        trouble = _trouble(query)
        if trouble:
            error = {"error": trouble, "error_description": trouble.replace("_", " ")}
            return _redirect(target, error, state)
        if "select_account" in (query.text("prompt") or "") and not query.flag("user"):
            return HTMLResponse(self._page(request.scope["query_string"]))
        user = self._chosen(query.text("user"))
        if user is None:
            return _redirect(target, {"error": "access_denied"}, state)
        grant = Grant(user["id"], client, target, query.text("advanced_scopes") or "")
        code = self._market.tokens.give("code", grant, CODE_SECONDS)
        return _redirect(target, {"code": code}, state)

    def _chosen(self, wanted: str | None) -> sqlite3.Row | None:
        """Only those who can sign in at all can be chosen."""
        for known in self._market.tokens.sign_ins():
            if wanted in (None, str(known.user_id), known.username):
                return self._market.people.get(known.user_id)
        return None

    def _page(self, query: bytes) -> str:
        text = html.escape(query.decode("latin-1"), quote=True)
        choices = "".join(
            f'<li><a href="?{text}&amp;user={known.user_id}">{html.escape(known.username)}</a>'
            f" ({known.role})</li>"
            for known in self._market.tokens.sign_ins()
        )
        return f"<!DOCTYPE html><title>Sandbox</title><h1>Sign in as</h1><ul>{choices}</ul>"

    async def _token(self, request: Request) -> Response:
        body = await request.body()
        form, kind = given_body(request.headers.get("content-type", ""), body)
        if kind != "form":
            raise bad_form("Send a form")
        if not form.text("client_id") or not form.text("client_secret"):
            raise bad_form("client_id and client_secret are needed")
        match form.text("grant_type"):
            case "authorization_code":
                return self._exchange(form, "code", form.text("code"))
            case "refresh_token":
                return self._exchange(form, "refresh", form.text("refresh_token"))
        raise Refusal(400, "INVALID_ATTRIBUTE", "unsupported_grant_type")

    def _exchange(self, form: Given, kind: str, secret: str | None) -> Response:
        """Redeem a code or refresh token; each is good once, and a new refresh token comes."""
        grant = self._market.tokens.redeem(kind, secret or "")
        if grant is None or grant.client_id != form.text("client_id"):
            raise Refusal(400, "UNAUTHORISED_ACTION", "invalid_grant")
        if kind == "code" and form.text("redirect_uri") != grant.redirect_uri:
            raise Refusal(400, "UNAUTHORISED_ACTION", "invalid_grant")
        token = self._market.tokens.issue(grant.user_id, grant.scopes, grant.client_id)
        return JSONResponse(
            {
                "access_token": token,
                "refresh_token": self._market.tokens.give("refresh", grant, None),
                "expires_in": MONTH,
                "token_type": "Bearer",
                "scope": "basic",
            }
        )

    async def _me(self, request: Request) -> Response:
        token = token_of(request)
        user_id = self._market.tokens.user_of(token) if token else None
        if user_id is None:
            raise not_authenticated()
        row = self._market.people.get(user_id)
        return JSONResponse({"id": user_id, "email": row["email"], "username": row["username"]})


def token_of(request: Request) -> str | None:
    """Give the token that came along, in either of the two headers."""
    token = request.headers.get("freelancer-oauth-v1")
    if token is None:
        kind, _, bearer = request.headers.get("authorization", "").partition(" ")
        token = bearer.strip() if kind.lower() == "bearer" else None
    return token


def _trouble(query: Given) -> str | None:
    if query.text("response_type") != "code":
        return "unsupported_response_type"
    if (query.text("scope") or "basic").split() != ["basic"]:
        return "invalid_scope"
    if not set((query.text("advanced_scopes") or "").split()) <= SCOPES:
        return "invalid_scope"
    return None


def _redirect(target: str, answer: dict[str, str], state: str | None) -> Response:
    if state is not None:
        answer = {**answer, "state": state}
    parts = urlsplit(target)
    pairs = [*parse_qsl(parts.query, keep_blank_values=True), *answer.items()]
    return RedirectResponse(parts._replace(query=urlencode(pairs)).geturl(), 302)
