/** Writing: the field, what it replies to, and what stands in its place when one may not write. */

import { sim } from "./api.js";
import { CommandMenu } from "./commands.js";
import { byId } from "./dom.js";
import { Attachment } from "./file.js";
import { snippet } from "./message.js";
import { failed, hideToasts } from "./notices.js";
import { t } from "./words.js";
import { nameOf } from "./world.js";

const LONGEST = 4096; // UTF-16 units, as Telegram counts
const LONGEST_CAPTION = 1024;

export class Composer {
  #field = byId("field");
  #replyTo = null;
  #drafts = new Map();
  #place = null;

  constructor(world, act) {
    this.world = world;
    this.act = act;
    this.attachment = new Attachment(() => this.#attached());
    this.menu = new CommandMenu(world, {
      choose: (name) => this.#command(name),
      changed: act.commandsChanged,
      post: (query, result) => { this.#set(""); act.post(query, result); },
      start: (payload) => { this.#set(""); world.open(world.meId); act.start(payload); },
    });
    for (const type of ["redraw", "open", "chat", "message"]) world.addEventListener(type, () => this.#arrange());
    for (const type of ["open", "person"]) world.addEventListener(type, () => this.#swapDraft());
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    byId("open-commands").addEventListener("click", () => this.menu.toggle());
    byId("start").addEventListener("click", () => { act.toField(); act.start(); });
    byId("replying-stop").addEventListener("click", () => this.replyTo(null));
    this.#field.addEventListener("input", () => { hideToasts(); this.#measure(); this.menu.update(); });
    this.#field.addEventListener("blur", () => this.menu.close());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    byId("replying").querySelector("div").addEventListener("click", () => this.#replyTo && act.jump(this.#replyTo.message_id));
  }

  /** Send a command of the menu; in a group it names its bot, as Telegram's own menu does it. A draft stays. */
  #command(name) {
    if (this.#field.value.startsWith("/")) this.#set("");
    this.act.send(this.world.isPrivate(this.world.chat) ? `/${name}` : `/${name}@${this.world.bot.username}`);
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return; // Enter that picks Chinese characters is not ours
    if (this.menu.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#replyTo) {
      this.replyTo(null);
    }
  }

  async #submit() {
    const text = this.#field.value;
    if (byId("send").disabled) return;
    const reply = this.#replyTo;
    this.#set("");
    this.replyTo(null);
    const sent = await (this.attachment.file
      ? this.act.attach(this.attachment, text.trim(), reply?.message_id) : this.act.send(text, reply?.message_id));
    this.#measure();
    if (sent || this.#field.value) return;
    this.#set(text); // nothing that was written is lost
    this.replyTo(reply);
  }

  #set(text) {
    this.#field.value = text;
    this.#measure();
    this.menu.close();
  }

  #attached() {
    this.#arrange();
    if (this.attachment.file) this.#field.focus();
  }

  #measure() {
    const limit = this.attachment.file ? LONGEST_CAPTION : LONGEST;
    const over = this.#field.value.length - limit;
    const count = byId("count");
    count.hidden = over <= 0;
    count.textContent = over > 0 ? t("tooLong", { count: over, limit: limit.toLocaleString("en") }) : "";
    byId("send").disabled = over > 0 || !(this.attachment.file || this.#field.value.trim());
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }

  replyTo(message) {
    this.#replyTo = message;
    byId("replying").hidden = !message;
    if (!message) return;
    byId("replying-who").textContent = nameOf(message.from);
    byId("replying-what").textContent = snippet(message);
    this.#field.focus();
  }

  /** Write something for the person, as a button that asks inline does. */
  write(text) {
    this.#set(text);
    this.#field.focus();
    this.menu.update();
  }

  #swapDraft() {
    if (this.#place) this.#drafts.set(this.#place, this.#field.value);
    this.#place = `${this.world.meId}/${this.world.chatId}`;
    this.replyTo(null);
    this.attachment.choose(null);
    this.#set(this.#drafts.get(this.#place) ?? "");
  }

  /** The field, or why one may not write here and how to mend it. */
  #arrange() {
    const { world } = this;
    const { chat, me } = world;
    if (!chat || !me) return;
    const personal = world.isPrivate(chat);
    const blocked = personal && chat.blocked;
    const outside = !personal && !world.isInside(chat);
    byId("barred").hidden = !blocked && !outside;
    byId("composer").hidden = blocked || outside;
    byId("barred-why").textContent = blocked ? t("blockedByYou") : t("notInside");
    const mend = byId("barred-mend");
    mend.textContent = t(blocked ? "unblock" : "join");
    mend.onclick = () => (blocked ? this.act.block(false) : sim.member(chat.id, me.id, "member").catch(failed));
    const started = !personal || chat.started || world.messagesOf(chat.id).size > 0;
    byId("start").hidden = started;
    byId("composer").classList.toggle("unstarted", !started);
    byId("attach").hidden = !personal;
    this.#field.placeholder = t(this.attachment.file ? "fieldCaption" : personal ? "field" : "fieldGroup");
    this.#place ??= `${world.meId}/${world.chatId}`;
    this.#measure();
  }
}
