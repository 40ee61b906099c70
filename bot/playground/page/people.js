/** Left: who I am, and the chats. */

import { button, byId, el, face, langOf } from "./dom.js";
import { serviceText, snippet } from "./message.js";
import { clockTime } from "./time.js";
import { t } from "./words.js";
import { nameOf } from "./world.js";

export class People {
  #pending = false;

  constructor(world, act) {
    this.world = world;
    this.act = act;
    world.addEventListener("redraw", () => this.#showPeople());
    for (const type of ["redraw", "open", "reopen", "message", "edit", "delete", "chat"]) {
      world.addEventListener(type, () => this.#later());
    }
  }

  #showPeople() {
    const { world } = this;
    byId("brand-name").textContent = nameOf(world.bot);
    face(byId("brand-seal"), nameOf(world.bot), 0, true);
    byId("people").replaceChildren(...world.users.map((user) => this.#person(user)));
  }

  #person(user) {
    const speaks = t(user.language_code?.startsWith("zh") ? "languageOf_zh" : "languageOf_en");
    const curator = user.role === "curator" ? ` · ${t("curator")}` : "";
    const become = () => {
      this.world.become(user.id);
      this.act.toChat();
    };
    const radio = el("input", { type: "radio", name: "me", value: user.id, class: "unseen", on: { click: become } });
    radio.checked = user.id === this.world.meId;
    return el("label", { class: "person" }, radio, face(el("span", { "aria-hidden": "true" }), nameOf(user), user.id),
      el("span", { class: "person-words" }, el("strong", {}, nameOf(user)), el("small", {}, speaks + curator)));
  }

  #later() {
    if (this.#pending) return;
    this.#pending = true;
    requestAnimationFrame(() => {
      this.#pending = false;
      this.#showChats();
    });
  }

  #showChats() {
    const list = byId("chats");
    const focused = list.contains(document.activeElement);
    list.replaceChildren(...this.world.visibleChats.map((chat) => this.#chat(chat)));
    if (focused) list.querySelector("[aria-current]")?.focus();
  }

  #chat(chat) {
    const { world } = this;
    const last = world.lastMessage(chat.id);
    const unread = world.unread.get(chat.id);
    const words = last ? this.#lastWords(chat, last) : t("nothingYet");
    const title = world.titleOf(chat);
    const look = {
      class: `chat-item${world.isInside(chat) ? "" : " outside"}`,
      "data-chat": chat.id,
      "aria-current": chat.id === world.chatId ? "true" : null,
    };
    const open = () => {
      world.open(chat.id);
      this.act.toField();
    };
    const time = last ? el("small", {}, clockTime(last.date * 1000, world.zone)) : null;
    const badge = unread ? el("span", { class: "badge" }, String(unread), el("span", { class: "unseen" }, t("unread"))) : null;
    return el("li", {}, button(look, open,
      face(el("span", { "aria-hidden": "true" }), title, chat.id, world.isPrivate(chat)),
      el("span", { class: "chat-words" },
        el("span", { class: "chat-line" }, el("strong", { lang: langOf(title) }, title), time),
        el("span", { class: "chat-line" }, el("span", { class: "chat-last", lang: langOf(words) }, words), badge))));
  }

  #lastWords(chat, message) {
    const words = snippet(message);
    if (this.world.isPrivate(chat) || !message.from || serviceText(message)) return words;
    return `${this.world.mine(message) ? t("you") : nameOf(message.from)}: ${words}`;
  }
}
