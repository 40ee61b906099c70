/** A quiz poll: until one has answered only the options; then the right one, one's own, and why. */

import { button, el, langOf } from "./dom.js";
import { t } from "./words.js";

const answered = new Map(); // "who/poll" → option, as Telegram tells each person only their own

export function pollBox(world, message, act) {
  const { poll } = message;
  const mine = answered.get(`${world.meId}/${poll.id}`);
  const choose = (at) => async () => {
    answered.set(`${world.meId}/${poll.id}`, at);
    if (!await act.vote(message, at)) answered.delete(`${world.meId}/${poll.id}`);
  };
  const options = poll.options.map(({ text }, at) => (mine === undefined
    ? button({ class: "poll-option", lang: langOf(text) }, choose(at), text)
    : shown(text, poll.correct_option_ids.includes(at), at === mine)));
  return el("div", { class: "poll" },
    el("p", { class: "poll-question", lang: langOf(poll.question) }, poll.question),
    el("p", { class: "poll-kind" }, t("quiz")),
    options,
    mine !== undefined && poll.explanation ? el("p", { class: "poll-why", lang: langOf(poll.explanation) }, poll.explanation) : null,
    el("p", { class: "poll-kind" }, t("votes", { count: poll.total_voter_count })));
}

function shown(text, right, mine) {
  const mark = [right ? t("pollRight") : "", mine ? t("pollYours") : ""].filter(Boolean).join(" · ");
  return el("p", { class: `poll-option${right ? " right" : mine ? " wrong" : ""}`, lang: langOf(text) }, text,
    mark ? el("span", { class: "poll-mark" }, mark) : null);
}
