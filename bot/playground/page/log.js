/** The open chat's messages: a window on the newest ones that grows upwards as one scrolls back. */

import { byId, el } from "./dom.js";
import { introCard } from "./intro.js";
import { messageRow } from "./message.js";
import { t } from "./words.js";
import { nameOf } from "./world.js";

const PAGE = 80;
const MOST_AT_END = 320; // rows kept while one reads the newest: older ones are built again when scrolled to
const NEAR = 80; // px from the end that still count as being there
const TYPING = 5000; // ms that Telegram shows an action for, unless a message ends it

export class Log {
  #root = byId("log");
  #list = byId("rows");
  #toEnd = byId("to-end");
  #rows = new Map();
  #dirty = new Set();
  #stuck = true;
  #top = 0;
  #missed = 0;
  #typing = null;

  constructor(world, act) {
    this.world = world;
    this.act = act;
    for (const type of ["redraw", "open"]) world.addEventListener(type, () => this.#show());
    world.addEventListener("reopen", () => this.toEnd());
    for (const type of ["message", "edit", "delete"]) world.addEventListener(type, ({ detail }) => this.#note(detail));
    world.addEventListener("action", ({ detail }) => detail.chat_id === world.chatId && this.#showTyping(detail.action));
    world.addEventListener("chat", () => this.refreshIntro());
    this.#root.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#toEnd.addEventListener("click", () => this.toEnd());
    const keepEnd = new ResizeObserver(() => this.#stuck && this.#scrollToEnd());
    keepEnd.observe(this.#root);
    keepEnd.observe(this.#list);
  }

  #ids() {
    return [...this.world.messagesOf(this.world.chatId).keys()];
  }

  #row(id, previousId) {
    const messages = this.world.messagesOf(this.world.chatId);
    return messageRow(this.world, messages.get(id), messages.get(previousId) ?? null, this.act);
  }

  #show() {
    this.#root.setAttribute("aria-busy", "true"); // a chat that opens is not news: only what comes later is read out
    this.#rows.clear();
    this.#dirty.clear();
    this.#stopTyping();
    this.#top = 0;
    const ids = this.#ids();
    const first = Math.max(0, ids.length - PAGE);
    for (let at = first; at < ids.length; at += 1) this.#rows.set(ids[at], this.#row(ids[at], ids[at - 1]));
    this.#list.replaceChildren(...this.#rows.values());
    this.refreshIntro();
    this.toEnd();
    requestAnimationFrame(() => this.#root.setAttribute("aria-busy", "false"));
  }

  /** What this chat is for, above its first message. */
  refreshIntro() {
    const old = this.#list.querySelector(".intro");
    const focused = old ? [...old.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    old?.remove();
    const ids = this.#ids();
    if (ids.length && !this.#rows.has(ids[0])) return;
    const card = introCard(this.world, this.act);
    if (card) this.#list.prepend(card);
    if (focused >= 0) card?.querySelectorAll("button")[focused]?.focus();
    if (this.#stuck) this.#scrollToEnd();
  }

  #note({ chat_id, message, message_id }) {
    if (chat_id !== this.world.chatId) return;
    if (!this.#dirty.size) requestAnimationFrame(() => this.#flush());
    this.#dirty.add(message?.message_id ?? message_id);
  }

  #flush() {
    const messages = this.world.messagesOf(this.world.chatId);
    const changed = [...this.#dirty];
    this.#dirty.clear();
    for (const id of changed) if (!messages.has(id)) this.#drop(id);
    const ids = this.#ids();
    for (const id of changed.filter((each) => messages.has(each)).slice(-MOST_AT_END)) this.#place(id, ids);
    if (this.#stuck && this.#rows.size > MOST_AT_END) this.#trim();
    const fresh = changed.map((id) => messages.get(id)).filter((message) => message && !message.edit_date);
    if (fresh.some((message) => this.world.mine(message))) this.toEnd();
    else if (this.#stuck) this.#scrollToEnd();
    else this.#showMissed(fresh.length);
    if (fresh.some((message) => this.world.isBot(message.from))) this.#stopTyping();
  }

  #drop(id) {
    this.#rows.get(id)?.remove();
    this.#rows.delete(id);
  }

  #place(id, ids) {
    const at = ids.indexOf(id);
    const node = this.#row(id, ids[at - 1]);
    const old = this.#rows.get(id);
    if (old) old.replaceWith(node);
    else if (this.#rows.size && id < this.#rows.keys().next().value) return; // above the window: built when scrolled to
    else this.#list.insertBefore(node, this.#typing);
    this.#rows.set(id, node);
  }

  #trim() {
    const extra = [...this.#rows.keys()].slice(0, this.#rows.size - PAGE * 2);
    extra.forEach((id) => this.#drop(id));
    this.#list.querySelector(".intro")?.remove();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#root;
    // Only scrolling up leaves the end: rows that grow below one's eyes do not.
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.#stuck = true;
    else if (scrollTop < this.#top) this.#stuck = false;
    this.#top = scrollTop;
    if (this.#stuck) this.#missed = 0;
    this.#toEnd.hidden = this.#stuck;
    byId("to-end-count").textContent = this.#missed || "";
    if (scrollTop < clientHeight) this.#older();
  }

  #older() {
    const ids = this.#ids();
    const first = ids.indexOf(this.#rows.keys().next().value);
    if (first <= 0) return;
    const from = Math.max(0, first - PAGE);
    const older = ids.slice(from, first).map((id, at) => [id, this.#row(id, ids[from + at - 1])]);
    const { scrollHeight, scrollTop } = this.#root;
    this.#root.setAttribute("aria-busy", "true");
    this.#list.prepend(...older.map(([, node]) => node));
    this.#rows = new Map([...older, ...this.#rows]);
    if (from === 0) this.refreshIntro();
    this.#root.scrollTop = scrollTop + this.#root.scrollHeight - scrollHeight;
    requestAnimationFrame(() => this.#root.setAttribute("aria-busy", "false"));
  }

  #showMissed(count) {
    this.#missed += count;
    this.#toEnd.hidden = false;
    byId("to-end-count").textContent = this.#missed || "";
  }

  toEnd() {
    this.#stuck = true;
    this.#missed = 0;
    this.#toEnd.hidden = true;
    this.#scrollToEnd();
  }

  #scrollToEnd() {
    this.#root.scrollTop = this.#rows.size ? this.#root.scrollHeight : 0;
  }

  /** Scroll to a message and point it out; older ones are built on the way. */
  jump(id) {
    if (!this.world.messagesOf(this.world.chatId).has(id)) return;
    while (!this.#rows.has(id) && this.#ids()[0] < this.#rows.keys().next().value) this.#older();
    const row = this.#rows.get(id);
    row.scrollIntoView({ block: "center" });
    row.querySelector(".message").focus({ preventScroll: true });
    row.classList.add("pointed");
    row.addEventListener("animationend", () => row.classList.remove("pointed"), { once: true });
  }

  #showTyping(action) {
    this.#stopTyping();
    const words = t(action === "typing" ? "typing" : "uploading");
    const dots = el("p", { class: "bubble" }, el("i"), el("i"), el("i"));
    this.#typing = el("div", { class: "row theirs typing", "aria-hidden": "true" }, dots);
    this.#list.append(this.#typing);
    byId("chat-about").textContent = `${nameOf(this.world.bot)}: ${words}`;
    if (this.#stuck) this.#scrollToEnd();
    this.typingEnds = setTimeout(() => this.#stopTyping(), TYPING);
  }

  #stopTyping() {
    clearTimeout(this.typingEnds);
    this.#typing?.remove();
    this.#typing = null;
    this.act.describeChat();
  }
}
