/** The open chat's head: its name, who is in it, and the menu with what else one can do. */

import { sim } from "./api.js";
import { button, byId, el, face, langOf } from "./dom.js";
import { failed, toast } from "./notices.js";
import { t } from "./words.js";
import { nameOf } from "./world.js";

const SETTABLE = ["administrator", "member", "left"];

export class Head {
  constructor(world, act) {
    this.world = world;
    this.act = act;
    for (const type of ["redraw", "open", "chat"]) world.addEventListener(type, () => this.#show());
    byId("chat-menu").addEventListener("beforetoggle", ({ newState }) => newState === "open" && this.#openMenu());
  }

  #show() {
    const { world } = this;
    if (!world.chat) return;
    const title = world.titleOf(world.chat);
    const heading = byId("chat-title");
    heading.textContent = title;
    heading.lang = langOf(title) ?? "";
    face(byId("chat-face"), title, world.chat.id, world.isPrivate(world.chat));
    document.title = `${title} · ${nameOf(world.me)}`;
    this.describe();
    if (byId("chat-menu").matches(":popover-open")) this.#fillMenu();
  }

  describe() {
    const { world } = this;
    const { chat } = world;
    if (!chat) return;
    const count = Object.keys(chat.members ?? {}).filter((id) => world.isInside(chat, id)).length;
    const status = t(`status_${world.statusIn(chat)}`);
    byId("chat-about").textContent = world.isPrivate(chat) ? t("bot") : t("members", { count, status });
  }

  #openMenu() {
    const { bottom, right } = byId("chat-more").getBoundingClientRect();
    const { style } = byId("chat-menu");
    style.setProperty("--menu-top", `${bottom + 4}px`);
    style.setProperty("--menu-end", `${Math.max(8, document.documentElement.clientWidth - right)}px`);
    this.#fillMenu();
  }

  #fillMenu() {
    const { world } = this;
    const { chat, me } = world;
    const menu = byId("chat-menu");
    const item = (label, run) => button({ class: "menu-item" }, () => { menu.hidePopover(); run(); }, label);
    const copy = item(t("transcript"), () => this.#copy());
    if (world.isPrivate(chat)) {
      menu.replaceChildren(item(t(chat.blocked ? "unblock" : "block"), () => this.act.block(!chat.blocked)), copy);
      return;
    }
    const leave = world.isInside(chat) ? item(t("leave"), () => sim.member(chat.id, me.id, "left").catch(failed)) : null;
    menu.replaceChildren(...[this.#members(chat), leave, copy].filter(Boolean));
  }

  #members(chat) {
    const all = [...this.world.users, this.world.bot];
    return el("fieldset", { class: "members" }, el("legend", {}, t("membersTitle")), all.map((user) => this.#member(chat, user)));
  }

  #member(chat, user) {
    const status = this.world.statusIn(chat, user.id);
    const offered = SETTABLE.includes(status) ? SETTABLE : [status, ...SETTABLE];
    const change = ({ target }) => sim.member(chat.id, user.id, target.value).catch(failed);
    const select = el("select", { disabled: status === "creator", on: { change } },
      offered.map((each) => el("option", { value: each, selected: each === status }, t(`status_${each}`))));
    return el("label", { class: "member" }, el("span", {}, nameOf(user)), select);
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(await sim.transcript(this.world.chatId));
      toast(t("copied"));
    } catch (error) {
      failed(error);
    }
  }
}
