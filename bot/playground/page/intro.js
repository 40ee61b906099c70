/** The first words of a chat, and what to try in it. */

import { button, byId, el, face, langOf } from "./dom.js";
import { nextMonday } from "./time.js";
import { currentLanguage, list, t } from "./words.js";
import { nameOf } from "./world.js";

const SHOWN = 3;

/** Three questions: the bot's own examples in the page's language, filled up with some that fit any article. */
export function questions(world) {
  const own = world.examples[currentLanguage()] ?? [];
  const spare = list("questions");
  return own.length >= SHOWN ? own.slice(0, SHOWN) : [...own, ...spare.slice(own.length - SHOWN)].slice(0, SHOWN);
}

/**
 * What is worth trying in the open chat by me.
 * @returns {Array<{label: string, run: () => void}>}
 */
export function tries(world, act) {
  const { chat, bot } = world;
  if (!chat || !bot || !world.isInside(chat)) return [];
  const inGroup = !world.isPrivate(chat);
  const say = (text) => ({ label: text, run: () => act.send(text) });
  const address = inGroup ? `@${bot.username}` : "";
  const order = (name, rest = "") => ({ label: `/${name}${rest}`, run: () => act.send(`/${name}${address}${rest}`) });
  const asks = questions(world).map((question) => (inGroup ? order("ask", ` ${question}`) : say(question)));
  const known = new Set(act.commands().map(({ command }) => command));
  const runs = (name) => known.has(name);
  if (!inGroup) return runs("reload") ? [...asks, order("reload")] : asks;
  const posts = runs("subscribe") && world.statusIn(chat) !== "member" ? [order("subscribe")] : [];
  const wait = { label: t("tryNextWeek"), run: () => act.moveClock(nextMonday(world.now, world.zone)) };
  return [...asks.slice(0, posts.length ? 1 : SHOWN), ...posts, wait];
}

function buttons(world, act, kind) {
  const tryOut = (run) => () => {
    act.toField();
    run();
  };
  const item = ({ label, run }) => el("li", {}, button({ class: kind, lang: langOf(label) }, tryOut(run), label));
  return tries(world, act).map(item);
}

function introWords(world) {
  const { chat, bot, me } = world;
  const name = nameOf(bot);
  if (world.isPrivate(chat)) return [t("headline", { name }), t("lead")];
  const admin = ["creator", "administrator"].includes(world.statusIn(chat));
  const rights = t(admin ? "groupAdmin" : "groupMember", { name: nameOf(me) });
  return [t("groupTitle"), t("groupLead", { bot: bot.username }) + rights];
}

export function introCard(world, act) {
  const { chat, bot, me } = world;
  if (!chat || !bot || !me) return null;
  const [title, lead] = introWords(world);
  const more = world.isPrivate(chat) && me.role === "curator" ? t("curatorLead", { name: nameOf(me) }) : null;
  const seal = face(el("span", { "aria-hidden": "true" }), nameOf(bot), bot.id, true);
  const items = buttons(world, act, "try");
  const person = world.isPrivate(chat) ? personHint(me) : null;
  return el("section", { class: "intro", "aria-labelledby": "intro-title" },
    seal, el("h1", { id: "intro-title" }, title), el("p", {}, lead), more ? el("p", {}, more) : null,
    items.length ? el("h2", {}, t(person ? "tryTitle" : "tryHere")) : null, el("ul", { class: "tries" }, items), person);
}

function personHint(me) {
  const pane = matchMedia("(max-width: 719px)").matches;
  return el("p", { class: "hint" }, t(pane ? "personPane" : "personSide", { name: nameOf(me) }));
}

/** The same suggestions beside the chat, where they stay in reach once the first words have scrolled away. */
export function showTries(world, act) {
  byId("tries").replaceChildren(...buttons(world, act, "try small"));
}
