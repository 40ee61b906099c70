/** One message as a phone would show it. */

import { button, el, face, icon, langOf, oneLine } from "./dom.js";
import { richText, webAddress } from "./entities.js";
import { fileBox } from "./file.js";
import { pictureBox } from "./picture.js";
import { pollBox } from "./poll.js";
import { clockTime, dayKey, dayName } from "./time.js";
import { has, t } from "./words.js";
import { nameOf } from "./world.js";

const STYLES = new Set(["primary", "success", "danger"]);
const MEDIA = ["photo", "document", "video", "voice", "audio", "sticker", "animation", "location", "contact"];
const BREAK_AFTER = 15 * 60; // seconds of silence after which the same person is named again

/**
 * @param {import("./world.js").World} world
 * @param {object} message Telegram's
 * @param {object|null} previous the message above it
 * @param {object} act what a person can do with it
 * @returns {HTMLElement} a row, with the day above it where a new day begins
 */
export function messageRow(world, message, previous, act) {
  const newDay = !previous || dayKey(message.date * 1000, world.zone) !== dayKey(previous.date * 1000, world.zone);
  const service = serviceText(message);
  const mine = world.mine(message);
  const follows = !newDay && !service && followsOn(message, previous);
  const kind = service ? "service" : mine ? "mine" : "theirs";
  const time = clockTime(message.date * 1000, world.zone);
  const article = el("article", {
    class: "message", tabindex: "-1", "data-message": message.message_id,
    "aria-label": `${mine ? t("you") : nameOf(message.from) || world.titleOf(world.chat)}, ${time}`,
  });
  if (service) article.append(el("p", {}, service));
  else article.append(...parts(world, message, { mine, follows, time }, act));
  const day = newDay ? el("p", { class: "day" }, el("span", {}, dayName(message.date * 1000, world.zone))) : null;
  return el("div", { class: `row ${kind}${follows ? " follows" : ""}`, "data-id": message.message_id }, day, article);
}

function followsOn(message, previous) {
  const close = message.date - previous.date < BREAK_AFTER;
  return close && previous.from?.id === message.from?.id && !serviceText(previous);
}

function parts(world, message, { mine, follows, time }, act) {
  const group = !world.isPrivate(world.chat);
  const someone = message.from ?? { id: message.sender_chat?.id, first_name: message.sender_chat?.title };
  const isBot = world.isBot(someone);
  const picture = group && !mine ? face(el("span", { "aria-hidden": "true" }), nameOf(someone), someone.id, isBot) : null;
  const colour = isBot ? "bot" : Math.abs(Number(someone.id)) % 5;
  const shown = message.poll ? pollBox(world, message, act) : media(message);
  const bubble = el("div", { class: "bubble" },
    group && !mine && !follows ? el("p", { class: `who who-${colour}` }, nameOf(someone)) : null,
    message.via_bot ? el("p", { class: "via" }, t("via", { name: `@${message.via_bot.username}` })) : null,
    message.reply_to_message ? quoted(message, act) : null,
    message.show_caption_above_media ? null : shown,
    body(message, time, act),
    message.show_caption_above_media ? shown : null);
  const keyboard = message.reply_markup?.inline_keyboard;
  const stack = el("div", { class: "stack" }, bubble, keyboard?.length ? keys(message, keyboard, act) : null);
  const look = { class: "round reply", tabindex: "-1", "aria-label": t("reply"), title: t("reply") };
  const reply = button(look, () => act.reply(message), icon("reply"));
  return [picture, stack, reply].filter(Boolean);
}

function body(message, time, act) {
  const text = wordsOf(message);
  const entities = message.entities ?? message.caption_entities;
  const stamp = el("time", { datetime: new Date(message.date * 1000).toISOString() }, time);
  return el("div", { class: "body" },
    el("div", { class: "text", lang: langOf(text) }, richText(text, entities, act)),
    el("span", { class: "meta" }, message.edit_date ? el("span", { class: "edited" }, t("edited")) : null, stamp));
}

function quoted(message, act) {
  const target = message.reply_to_message;
  const words = message.quote?.text ?? target.text ?? target.caption ?? mediaName(target) ?? t("replyGone");
  return button({ class: "quoted" }, () => act.jump(target.message_id),
    el("strong", {}, nameOf(target.from)), el("span", { lang: langOf(words) }, words.slice(0, 200)));
}

function mediaName(message) {
  if (message.poll) return t("media_poll", { what: message.poll.question });
  const kind = MEDIA.find((name) => message[name]);
  if (message.document) return t("media_document", { name: message.document.file_name });
  if (kind) return t(has(`media_${kind}`) ? `media_${kind}` : "media_other");
  return message.text === undefined && message.caption === undefined ? t("media_other") : null;
}

function media(message) {
  if (message.document) return fileBox(message.document);
  if (message.photo?.length) return pictureBox(message);
  const name = mediaName(message);
  return name ? el("p", { class: "media" }, name) : null;
}

function keys(message, keyboard, act) {
  const rows = keyboard.filter(Array.isArray).map((row) => row.map((each) => key(message, each, act)));
  return el("div", { class: "keys" }, rows.map((row) => el("div", { class: "key-row" }, row)));
}

function key(message, given, act) {
  const look = `key${STYLES.has(given.style) ? ` key-${given.style}` : ""}`;
  const label = el("span", { lang: langOf(given.text) }, given.text);
  const url = given.url ? webAddress(given.url) : null;
  if (url) {
    const visit = (event) => act.visit(url) && event.preventDefault();
    return el("a", { class: look, href: url.href, target: "_blank", rel: "noopener noreferrer", on: { click: visit } },
      label, icon("out"), el("span", { class: "unseen" }, t("opensLink")));
  }
  const asks = given.switch_inline_query;
  if (asks !== undefined) return button({ class: look }, () => act.share(asks), label, icon("out"));
  const tap = (event) => act.tap(message, given, event.currentTarget);
  return button({ class: look, disabled: given.callback_data === undefined }, tap, label);
}

export function serviceText(message) {
  if (message.new_chat_members) return t("joined", { names: message.new_chat_members.map(nameOf).join(", ") });
  if (message.left_chat_member) return t("left", { names: nameOf(message.left_chat_member) });
  if (message.group_chat_created || message.supergroup_chat_created) return t("created");
  if (message.pinned_message) return t("pinned");
  if (message.new_chat_title) return t("renamed", { title: message.new_chat_title });
  return message.migrate_to_chat_id || message.migrate_from_chat_id ? t("serviceOther") : null;
}

/** What a message says, as Telegram shows it: of a deep link's /start not what it carries. */
function wordsOf(message) {
  const text = String(message.text ?? message.caption ?? "");
  return /^(\/start(?:@\w+)?) [\w-]{1,64}$/.exec(text)?.[1] ?? text;
}

/** One line of a message, for the chat list and the reply bar. */
export function snippet(message) {
  const words = oneLine(wordsOf(message)).slice(0, 140);
  return serviceText(message) ?? mediaName(message) ?? words;
}
