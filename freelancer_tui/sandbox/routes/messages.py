"""Messages: operations on threads, on what is said in them, and on files."""

from freelancer_tui.sandbox.call import Call, Operation
from freelancer_tui.sandbox.market.messages import File, MessageListing
from freelancer_tui.sandbox.market.threads import Context, ThreadListing
from freelancer_tui.sandbox.reading import Given, needed
from freelancer_tui.sandbox.refusals import bad_form, not_found
from freelancer_tui.sandbox.shapes import people, threads
from freelancer_tui.sandbox.wire import Raw

BASE = "/api/messages/0.1"
CONTEXTS = ("none", "general", "project", "contest", "support_chat")


def _list_threads(call: Call) -> object:
    wanted = _threads_wanted(call.query)
    rows = call.market.threads.page(call.user, wanted, *call.place())
    shape = threads.thread_list(call.market, rows, call.query, call.user)
    if call.query.flag("unread_thread_count"):
        unread = ThreadListing(read=False)
        shape["unread_thread_count"] = call.market.threads.count(call.user, unread)
    if call.query.flag("count"):
        shape["count"] = call.market.threads.count(call.user, wanted)
    return shape


def _threads_wanted(query: Given) -> ThreadListing:
    return ThreadListing(
        ids=query.numbers("threads"),
        folders=query.texts("folders"),
        contexts=query.numbers("contexts"),
        context_type=query.text("context_type"),
        members=query.numbers("members"),
        owners=query.numbers("owners"),
        kinds=query.texts("thread_types"),
        read=query.boolean("is_read"),
        muted=query.boolean("is_muted"),
        from_time=query.number("from_updated_time"),
        to_time=query.number("to_updated_time"),
    )


def _get_thread(call: Call) -> object:
    row = call.market.threads.get(call.user, call.id())
    return threads.thread_list(call.market, [row], call.query, call.user)


def _open_thread(call: Call) -> object:
    form, user_id = _form(call), call.user
    text, files = form.text("message") or "", form.files("files")
    context = _context(form)
    with call.market.database.transaction():
        thread_id = call.market.threads.open(user_id, form.numbers("members"), context)
        call.market.messages.post(user_id, thread_id, text, files=files)
    row = call.market.threads.get(user_id, thread_id)
    return threads.threads(call.market, [row], _WITH_LAST)[0]


_WITH_LAST = Given({"last_message": ["1"]})


def _context(form: Given) -> Context:
    kind = form.choice("context_type", CONTEXTS) or "none"
    if kind == "project":
        return Context("project", needed("context", form.number("context")))
    if kind in ("none", "general"):
        return Context(kind)
    raise not_found("Context")


def _form(call: Call) -> Given:
    """Give the form of a message; JSON is not read here, as on the real host."""
    if call.body_kind == "json":
        raise bad_form("Send a form, not JSON")
    if call.body.flag("message") or call.body.flag("files[]") or call.body.flag("files"):
        return call.body
    return call.query if call.query.flag("message") else call.body


def _put_threads(call: Call) -> object:
    ids = call.body.numbers("threads") or call.query.numbers("threads")
    if not ids:
        raise bad_form("Name threads[]")
    call.market.threads.act(call.user, ids, needed("action", call.action()))
    return None


def _put_thread(call: Call) -> object:
    call.market.threads.act(call.user, [call.id()], needed("action", call.action()))
    return None


def _typing(call: Call) -> object:
    call.market.threads.get(call.user, call.id())
    return None


def _post_message(call: Call) -> object:
    form, user_id = _form(call), call.user
    message_id = call.market.messages.post(
        user_id,
        call.id(),
        form.text("message") or "",
        client_message_id=form.number("client_message_id"),
        files=form.files("files"),
    )
    return threads.messages(call.market, call.market.messages.several([message_id]))[0]


def _list_messages(call: Call) -> object:
    query = call.query
    wanted = MessageListing(
        ids=query.numbers("messages"),
        threads=query.numbers("threads"),
        senders=query.numbers("senders"),
        contexts=query.numbers("contexts"),
        context_type=query.text("context_type"),
        read=query.boolean("is_read"),
        from_time=query.number("from_updated_time"),
        to_time=query.number("to_updated_time"),
    )
    if not (wanted.ids or wanted.threads or wanted.senders or wanted.contexts):
        raise bad_form("Name threads[], messages[], senders[] or contexts[]")
    return _messages(call, wanted)


def _search_messages(call: Call) -> object:
    query = call.query
    wanted = MessageListing(
        threads=(needed("thread_id", query.number("thread_id")),),
        words=needed("query", query.text("query")),
    )
    call.market.threads.get(call.user, wanted.threads[0])
    return _messages(call, wanted)


def _messages(call: Call, wanted: MessageListing) -> dict[str, object]:
    market, query, user_id = call.market, call.query, call.user
    rows, count = market.messages.page(user_id, wanted, *call.place())
    shown = None
    if query.flag("thread_details"):
        ids = list({row["thread_id"] for row in rows})
        found = [market.threads.get(user_id, thread_id) for thread_id in ids]
        shown = {str(shape["id"]): shape for shape in threads.threads(market, found, query)}
    shape: dict[str, object] = {
        "messages": threads.messages(market, rows),
        "unfiltered_count": count,
        "threads": shown,
        "users": people.users_of(market, {row["from_id"] for row in rows}, query, user_id),
    }
    if query.flag("message_context_details"):
        above, below = (min(query.number(f"window_{w}") or 0, 20) for w in ("above", "below"))
        contexts = {}
        for row in rows:
            before, after = market.messages.around(row, max(above, 0), max(below, 0))
            contexts[str(row["id"])] = {
                "above": threads.messages(market, before),
                "below": threads.messages(market, after),
            }
        shape["message_context"] = contexts
    return shape


def _download(call: Call) -> object:
    file: File = call.market.messages.file(call.user, call.id(), call.path["filename"])
    return Raw(file.content, file.content_type, file.name)


OPERATIONS = (
    Operation("GET", f"{BASE}/threads", _list_threads),
    Operation("GET", f"{BASE}/threads/{{id}}", _get_thread),
    Operation("POST", f"{BASE}/threads", _open_thread),
    Operation("PUT", f"{BASE}/threads", _put_threads),
    Operation("PUT", f"{BASE}/threads/{{id}}", _put_thread),
    Operation("POST", f"{BASE}/threads/{{id}}/typing", _typing),
    Operation("POST", f"{BASE}/threads/{{id}}/messages", _post_message),
    Operation("GET", f"{BASE}/messages", _list_messages),
    Operation("GET", f"{BASE}/messages/search", _search_messages),
    Operation("GET", f"{BASE}/messages/{{id}}/{{filename:path}}", _download),
)
