/** Telegram's text + entities as nodes. Offsets are UTF-16 units, which is what JavaScript's strings count in. */

import { button, el, icon } from "./dom.js";
import { t } from "./words.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const MOST_ENTITIES = 500; // Telegram parses 100; nesting is as deep as their number, so a bound keeps the stack safe

/**
 * @param {string} text
 * @param {Array<{type: string, offset: number, length: number}>} entities nested or side by side; what overlaps is cut
 * @param {{send: Function, visit: (url: URL) => boolean}} act
 * @returns {DocumentFragment}
 */
export function richText(text, entities, act) {
  const waiting = (entities ?? [])
    .filter((entity) => Number.isInteger(entity?.offset) && Number.isInteger(entity?.length))
    .slice(0, MOST_ENTITIES)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(String(text ?? ""), 0, Infinity, waiting, act);
}

function build(text, start, limit, waiting, act) {
  const out = document.createDocumentFragment();
  const end = Math.min(limit, text.length);
  let at = start;
  while (waiting.length && waiting[0].offset < end) {
    const entity = waiting.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    const block = BLOCKS.has(entity.type);
    let before = text.slice(at, from);
    if (block && before.endsWith("\n")) before = before.slice(0, -1); // a block already stands on its own line
    out.append(before, wrap(entity, build(text, from, to, waiting, act), text.slice(from, to), act));
    at = block && text[to] === "\n" && to < end ? to + 1 : to;
  }
  out.append(text.slice(at, end));
  return out;
}

function wrap(entity, inner, raw, act) {
  const tag = TAGS[entity.type];
  if (tag) return el(tag, {}, inner);
  switch (entity.type) {
    case "pre": return el("pre", { tabindex: "0" }, el("code", {}, inner));
    case "spoiler": return spoiler(inner);
    case "blockquote": return el("blockquote", {}, inner);
    case "expandable_blockquote": return foldedQuote(inner);
    case "text_link": return link(entity.url, inner, act);
    case "url": return link(raw, inner, act);
    case "email": return link(`mailto:${raw}`, inner, act);
    case "mention": return link(`https://t.me/${raw.slice(1)}`, inner, act);
    case "bot_command": return command(raw, inner, act);
    default: return el("span", {}, inner);
  }
}

/** @returns {URL|null} an address that is safe to follow; null for javascript:, data: and anything malformed */
export function webAddress(raw) {
  try {
    const text = String(raw).trim();
    const url = new URL(/^(https?:\/\/|mailto:|[a-z][a-z0-9+.-]*:\/\/)/i.test(text) ? text : `https://${text}`);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

function link(raw, inner, act) {
  const url = webAddress(raw);
  if (!url) return el("span", {}, inner);
  const visit = (event) => act.visit(url) && event.preventDefault();
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", on: { click: visit } }, inner);
}

// A link, as a button would let a full stop after it begin a line.
function command(raw, inner, act) {
  const send = (event) => {
    event.preventDefault();
    act.send(raw);
  };
  return el("a", { href: "#field", on: { click: send } }, inner);
}

function spoiler(inner) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler") }, inner);
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.className = "spoiler shown";
    ["role", "tabindex", "aria-label"].forEach((name) => node.removeAttribute(name));
  };
  node.addEventListener("click", show, { once: true });
  node.addEventListener("keydown", show);
  return node;
}

// One observer for all quotes: a quote that fits on its line needs no handle.
const fits = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const quote = target.parentElement;
    if (!quote || quote.classList.contains("open")) continue;
    const folded = target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1;
    quote.classList.toggle("whole", !folded);
    quote.querySelector("button").hidden = !folded;
  }
});

function foldedQuote(inner) {
  const words = el("div", { class: "quote-text" }, inner);
  const turn = () => {
    if (handle.hidden) return;
    const open = quote.classList.toggle("open");
    handle.setAttribute("aria-expanded", String(open));
    handle.setAttribute("aria-label", t(open ? "fold" : "unfold"));
  };
  const handle = button({ class: "fold", "aria-expanded": "false", "aria-label": t("unfold") }, turn, icon("fold"));
  const quote = el("blockquote", { class: "folded" }, words, handle);
  words.addEventListener("click", (event) => {
    if (!event.target.closest("a, button") && getSelection().isCollapsed) turn();
  });
  fits.observe(words);
  return quote;
}
