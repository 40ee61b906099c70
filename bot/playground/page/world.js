/** What the page knows: the server's world, who I am in it, and which chat is open. Views listen; only this file writes. */

const KEPT_CALLS = 500;
const KEPT_MESSAGES = 2500; // a chat; the server keeps 2000
const INSIDE = new Set(["creator", "administrator", "member", "restricted"]);

const isChinese = (code) => Boolean(code?.startsWith("zh"));

export const nameOf = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(" ") || user?.username || "";

export class World extends EventTarget {
  bot = null;
  users = [];
  chats = new Map();
  calls = [];
  examples = {};
  zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  meId = null;
  chatId = null;
  unread = new Map();
  #messages = new Map();
  #now = Date.now();
  #nowAt = performance.now();

  /** @param {object} state the answer of /sim/state */
  load(state) {
    this.bot = state.bot;
    this.users = state.users ?? [];
    this.examples = state.examples ?? {};
    this.zone = state.zone ?? this.zone;
    this.chats = new Map((state.chats ?? []).map((chat) => [chat.id, chat]));
    this.calls = (state.calls ?? []).slice(-KEPT_CALLS);
    this.#messages = new Map();
    for (const [chatId, messages] of Object.entries(state.messages ?? {})) {
      this.#messages.set(Number(chatId), new Map(messages.map((message) => [message.message_id, message])));
    }
    this.unread.clear();
    this.#setNow(state.now);
    if (!this.me) this.meId = this.#firstMe()?.id ?? null;
    if (!this.chat) this.chatId = this.meId;
    this.#emit("load");
  }

  /** Who speaks the browser's language, so that the first words on the page are in it. */
  #firstMe() {
    const mine = isChinese(navigator.language);
    return this.users.find(({ language_code: code }) => isChinese(code) === mine) ?? this.users[0];
  }

  /** @param {{type: string}} event of /sim/events; applying one twice changes nothing */
  apply(event) {
    const change = this[`_${event.type}`];
    if (change) change.call(this, event);
    this.#emit(event.type, event);
  }

  _message({ chat_id, message }) {
    const known = this.messagesOf(chat_id);
    const fresh = !known.has(message.message_id);
    known.set(message.message_id, message);
    if (known.size > KEPT_MESSAGES) known.delete(known.keys().next().value);
    if (!fresh || chat_id === this.chatId || this.mine(message)) return;
    this.unread.set(chat_id, (this.unread.get(chat_id) ?? 0) + 1);
  }

  _edit({ chat_id, message }) {
    const known = this.messagesOf(chat_id);
    if (known.has(message.message_id)) known.set(message.message_id, message);
  }

  _delete({ chat_id, message_id }) {
    this.messagesOf(chat_id).delete(message_id);
  }

  _call(call) {
    if (call.id !== undefined && this.calls.some(({ id }) => id === call.id)) return;
    this.calls.push(call);
    if (this.calls.length > KEPT_CALLS) this.calls.shift();
  }

  _clock({ now }) {
    this.#setNow(now);
  }

  _chat({ chat }) {
    this.chats.set(chat.id, { ...this.chats.get(chat.id), ...chat });
  }

  #setNow(now) {
    const time = typeof now === "number" ? now * 1000 : Date.parse(now);
    if (!Number.isFinite(time)) return;
    this.#now = time;
    this.#nowAt = performance.now();
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Milliseconds since 1970 by the server's clock, which runs on between its reports. */
  get now() {
    return this.#now + (performance.now() - this.#nowAt);
  }

  get me() {
    return this.users.find(({ id }) => id === this.meId) ?? null;
  }

  get chat() {
    return this.chats.get(this.chatId) ?? null;
  }

  get language() {
    return isChinese(this.me?.language_code) ? "zh" : "en";
  }

  /** Mine first, then every group: one that I left can be joined again. */
  get visibleChats() {
    const all = [...this.chats.values()];
    const shared = all.filter(({ type, migrated_to }) => type !== "private" && !migrated_to);
    return [...all.filter(({ id }) => id === this.meId), ...shared];
  }

  messagesOf(chatId) {
    if (!this.#messages.has(chatId)) this.#messages.set(chatId, new Map());
    return this.#messages.get(chatId);
  }

  lastMessage(chatId) {
    let last = null;
    for (const message of this.messagesOf(chatId).values()) last = message;
    return last;
  }

  mine(message) {
    return message.from?.id === this.meId;
  }

  isBot(user) {
    return user?.id === this.bot?.id;
  }

  isPrivate(chat) {
    return chat?.type === "private";
  }

  statusIn(chat, userId = this.meId) {
    return chat?.members?.[userId] ?? (this.isPrivate(chat) ? "member" : "left");
  }

  isInside(chat, userId = this.meId) {
    return INSIDE.has(this.statusIn(chat, userId));
  }

  titleOf(chat) {
    return this.isPrivate(chat) ? nameOf(this.bot) : chat?.title ?? "";
  }

  become(userId) {
    if (userId === this.meId) return;
    const wasPrivate = this.isPrivate(this.chat);
    this.meId = userId;
    if (wasPrivate) this.chatId = userId;
    this.unread.clear();
    this.#emit("person");
  }

  open(chatId) {
    if (!this.chats.has(chatId)) return;
    this.unread.delete(chatId);
    const same = chatId === this.chatId;
    this.chatId = chatId;
    this.#emit(same ? "reopen" : "open");
  }
}
