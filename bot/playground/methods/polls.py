"""sendPoll, of which quizzes with one right answer are emulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.keyboards import read_markup
from bot.playground.methods.sending import posted
from bot.playground.refusals import bad_request, not_emulated

if TYPE_CHECKING:
    from bot.playground.fields import Fields
    from bot.playground.refusals import Json
    from bot.playground.world import World

MOST_OPTIONS = 12
_NOT_EMULATED = (
    "allows_multiple_answers",
    "allows_revoting",
    "allow_adding_options",
    "hide_results_until_closes",
    "members_only",
    "shuffle_options",
    "country_codes",
    "question_parse_mode",
    "question_entities",
    "explanation_parse_mode",
    "explanation_entities",
    "explanation_media",
    "description",
    "media",
    "open_period",
    "close_date",
    "is_closed",
    "business_connection_id",
    "allow_paid_broadcast",
)


def send_poll(world: World, fields: Fields) -> Json:
    fields.refuse(_NOT_EMULATED)
    if fields.text("type") != "quiz" or fields.text("is_anonymous") == "false":
        raise not_emulated("a poll other than an anonymous quiz")
    question = fields.text("question").strip()
    if not 1 <= len(question) <= 300:
        raise bad_request(
            "poll question must be non-empty" if not question else "poll question length must not exceed 300"
        )
    options = _options(fields)
    poll: Json = {
        "id": str(world.next_poll_id()),
        "question": question,
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "quiz",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
        "correct_option_ids": [_right(fields, len(options))],
    }
    if explanation := _explanation(fields):
        poll["explanation"] = explanation
    return posted(world, fields, {"poll": poll}, read_markup(fields))


def _options(fields: Fields) -> list[Json]:
    given = fields.decoded("options", "options")
    if not isinstance(given, list):
        raise bad_request("can't parse options: expected an Array")
    if not 2 <= len(given) <= MOST_OPTIONS:
        few = len(given) < 2
        raise bad_request(f"poll {'must have at least 2' if few else f'can have no more than {MOST_OPTIONS}'} options")
    return [{"persistent_id": str(at), "text": _option(each), "voter_count": 0} for at, each in enumerate(given)]


def _option(value: Any) -> str:
    text = value.get("text") if isinstance(value, dict) else value
    if not isinstance(text, str) or not text.strip():
        raise bad_request("poll options must be non-empty")
    if len(text) > 100:
        raise bad_request("poll options length must not exceed 100")
    return text.strip()


def _right(fields: Fields, count: int) -> int:
    given = fields.decoded("correct_option_ids", "correct option identifiers")
    if given is None and "correct_option_id" in fields:
        given = [fields.integer("correct_option_id")]
    if not isinstance(given, list) or len(given) != 1 or type(given[0]) is not int or not 0 <= given[0] < count:
        raise bad_request("wrong correct option ID specified")
    return int(given[0])


def _explanation(fields: Fields) -> str:
    text = fields.text("explanation").strip()
    if len(text) > 200 or text.count("\n") > 2:
        raise bad_request("message is too long")
    return text
