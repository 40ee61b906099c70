"""Every POST of `/sim/*` by name: one simulated act each, from posted values to a small answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from bot.playground import acting, places, uploading
from bot.playground.acting import ImpossibleError, Spot, chat_of, person_of
from bot.playground.faults import KINDS, Fault, Kind, refusal
from bot.playground.membership import block, change
from bot.playground.people import STATUSES, Member
from bot.playground.places import Founding

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.clock import MovableClock
    from bot.playground.people import Chat
    from bot.playground.refusals import Json
    from bot.playground.values import Values
    from bot.playground.wire import Wire
    from bot.playground.world import World


class Sim:
    """What acts work on. `wire` holds the faults and the flood model, `clock` is the one that the bot reads too."""

    def __init__(self, world: World, wire: Wire, clock: MovableClock) -> None:
        self.world = world
        self.wire = wire
        self.clock = clock

    def now(self) -> str:
        """Return the time as ISO 8601 in UTC."""
        return self.clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")


def _message(sim: Sim, values: Values) -> Json:
    spot = Spot(
        values.integer("user_id"),
        values.integer("chat_id"),
        values.integer("reply_to", 0),
        values.integer("message_thread_id", 0),
    )
    said = acting.say(sim.world, spot, values.text("text"))
    return {"message_id": said["message_id"]}


def _edit(sim: Sim, values: Values) -> Json:
    acting.edit(
        sim.world,
        values.integer("user_id"),
        values.integer("chat_id"),
        values.integer("message_id"),
        values.text("text"),
    )
    return {}


def _delete(sim: Sim, values: Values) -> Json:
    acting.delete(sim.world, values.integer("user_id"), values.integer("chat_id"), values.integer("message_id"))
    return {}


def _tap(sim: Sim, values: Values) -> Json:
    query_id = acting.tap(
        sim.world,
        values.integer("user_id"),
        values.integer("chat_id"),
        values.integer("message_id"),
        values.text("data"),
    )
    return {"callback_query_id": query_id}


def _inline(sim: Sim, values: Values) -> Json:
    query_id = acting.type_inline(sim.world, values.integer("user_id"), values.text("query"), values.text("offset", ""))
    return {"inline_query_id": query_id}


def _choose(sim: Sim, values: Values) -> Json:
    spot = Spot(values.integer("user_id"), values.integer("chat_id"), thread=values.integer("message_thread_id", 0))
    posted = acting.choose(sim.world, spot, values.text("inline_query_id"), values.text("result_id"))
    return {"message_id": posted["message_id"]}


def _vote(sim: Sim, values: Values) -> Json:
    return acting.vote(
        sim.world,
        values.integer("user_id"),
        values.integer("chat_id"),
        values.integer("message_id"),
        values.integer("option"),
    )


def _start(sim: Sim, values: Values) -> Json:
    payload, chat = values.text("payload", ""), values.integer("chat_id", 0)
    said = acting.start(sim.world, values.integer("user_id"), payload, chat)
    return {"message_id": said["message_id"]}


def _member(sim: Sim, values: Values) -> Json:
    """Set a standing. `by`: who does it; by default themselves for coming and going, else the chat's creator."""
    world = sim.world
    chat, status = chat_of(world, values.integer("chat_id")), values.text("status")
    user = world.user(values.integer("user_id"))
    if user is None:
        raise ImpossibleError(f"there is no user {values.integer('user_id')}")
    if chat.kind == "private":
        raise ImpossibleError("a private chat has no members to change")
    if status not in STATUSES - {"creator"}:
        raise ImpossibleError(f'"status" must be one of {", ".join(sorted(STATUSES - {"creator"}))}')
    if chat.member(user["id"]).status == "creator":
        raise ImpossibleError("the creator's standing cannot be changed")
    actor_id = values.integer("by", _usual_actor(chat, user, status))
    new = Member(status, values.flag("anonymous", default=False), frozenset(values.texts("denied")))
    change(world, chat, person_of(world, actor_id).user, user, new)
    return {}


def _usual_actor(chat: Chat, user: Json, status: str) -> int:
    if not user["is_bot"] and status in {"member", "left"}:
        return int(user["id"])
    return next(user_id for user_id, member in chat.members.items() if member.status == "creator")


def _block(sim: Sim, values: Values) -> Json:
    block(sim.world, person_of(sim.world, values.integer("user_id")), blocked=values.flag("blocked"))
    return {}


def _clock(sim: Sim, values: Values) -> Json:
    try:
        if "move" in values:
            sim.clock.move(values.number("move"))
        else:
            moment = datetime.fromisoformat(values.text("to"))
            if moment.tzinfo is None:
                raise ImpossibleError('"to" needs an offset, such as 2026-01-31T09:00:00Z')
            sim.clock.move_to(moment)
    except (ValueError, OverflowError) as error:
        raise ImpossibleError(str(error)) from error
    sim.world.events.publish("clock", now=sim.now())
    return {"now": sim.now()}


def _fault(sim: Sim, values: Values) -> Json:
    kind, times = values.text("kind", "error"), values.integer("times", 1)
    if kind not in KINDS:
        raise ImpossibleError(f'"kind" must be one of {", ".join(sorted(KINDS))}')
    if not 1 <= times <= 1_000_000:
        raise ImpossibleError('"times" must be from 1 to 1000000')
    fault = Fault(values.text("method").lower(), times, cast("Kind", kind))
    if kind == "error":
        code = values.integer("error_code")
        if not 400 <= code <= 599:
            raise ImpossibleError('"error_code" must be from 400 to 599')
        fault.refusal = refusal(
            code,
            values.text("description", ""),
            values.integer("retry_after", 0),
            values.integer("migrate_to_chat_id", 0),
        )
    if kind == "slow":
        fault.seconds = values.number("seconds")
        if not 0 <= fault.seconds <= 300:
            raise ImpossibleError('"seconds" must be from 0 to 300')
    try:
        sim.wire.faults.add(fault)
    except ValueError as error:
        raise ImpossibleError(str(error)) from error
    return {}


def _flood(sim: Sim, values: Values) -> Json:
    sim.wire.flood.clear()
    sim.wire.flood.on = values.flag("on")
    return {}


def _privacy(sim: Sim, values: Values) -> Json:
    """`enabled`: privacy mode; `mentions`: whether messages that mention the bot arrive in it."""
    sim.world.privacy = values.flag("enabled", default=sim.world.privacy)
    sim.world.mentions_arrive = values.flag("mentions", default=sim.world.mentions_arrive)
    return {}


def _person(sim: Sim, values: Values) -> Json:
    person = places.add_person(sim.world, values.text("first_name"), values.text("language_code", ""))
    return {"user": person.user}


def _chat(sim: Sim, values: Values) -> Json:
    founding = Founding(
        values.text("kind"),
        values.text("title"),
        values.integer("user_id"),
        tuple(values.integers("members")),
        values.text("username", ""),
    )
    chat = places.add_chat(sim.world, founding)
    return {"chat": sim.world.chat_json(chat)}


def _topic(sim: Sim, values: Values) -> Json:
    thread = places.add_topic(sim.world, values.integer("chat_id"), values.integer("user_id"), values.text("name"))
    return {"message_thread_id": thread}


def _close_topic(sim: Sim, values: Values) -> Json:
    places.close_topic(
        sim.world,
        values.integer("chat_id"),
        values.integer("message_thread_id"),
        closed=values.flag("closed", default=True),
    )
    return {}


def _delete_topic(sim: Sim, values: Values) -> Json:
    places.delete_topic(sim.world, values.integer("chat_id"), values.integer("message_thread_id"))
    return {}


def _migrate(sim: Sim, values: Values) -> Json:
    return {"chat_id": places.migrate(sim.world, values.integer("chat_id"), values.integer("user_id")).id}


def _reset(sim: Sim, _: Values) -> Json:
    sim.world.populate()
    sim.wire.faults.clear()
    sim.wire.flood.clear()
    sim.world.events.publish("reset")
    return {}


ACTS: dict[str, Callable[[Sim, Values], Json]] = {
    "message": _message,
    "document": uploading.document,
    "media": uploading.media,
    "edit": _edit,
    "delete": _delete,
    "tap": _tap,
    "inline": _inline,
    "choose": _choose,
    "vote": _vote,
    "start": _start,
    "member": _member,
    "block": _block,
    "clock": _clock,
    "fault": _fault,
    "flood": _flood,
    "privacy": _privacy,
    "user": _person,
    "chat": _chat,
    "topic": _topic,
    "close_topic": _close_topic,
    "delete_topic": _delete_topic,
    "migrate": _migrate,
    "reset": _reset,
}
