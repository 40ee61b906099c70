/** The command menu above the field: opens with "/" or its button, narrows as one types, all of it by keyboard too. */

import { byId, el, langOf } from "./dom.js";
import { sim } from "./api.js";

export class CommandMenu {
  commands = [];
  #list = byId("suggest");
  #field = byId("field");
  #shown = [];
  #at = -1;
  #asked = 0;

  /** @param {{choose: (name: string) => void, changed: () => void}} hooks `changed` after the commands were fetched */
  constructor(world, hooks) {
    this.world = world;
    this.hooks = hooks;
    for (const type of ["load", "open", "person", "commands", "chat"]) world.addEventListener(type, () => this.#fetch());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  }

  async #fetch() {
    const asked = ++this.#asked;
    const { meId, chatId } = this.world;
    if (meId === null || chatId === null) return;
    try {
      const commands = await sim.commands(meId, chatId);
      if (asked === this.#asked) this.commands = Array.isArray(commands) ? commands : [];
    } catch {
      if (asked === this.#asked) this.commands = [];
    }
    byId("open-commands").hidden = !this.commands.length;
    this.hooks.changed();
  }

  get open() {
    return !this.#list.hidden;
  }

  /** Show what fits the field's text: all for "/", fewer as it grows, none once a space follows the command. */
  update() {
    const typed = /^\/([a-z0-9_]*)$/i.exec(this.#field.value);
    this.#show(typed ? this.commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : []);
  }

  toggle() {
    if (this.open) this.close();
    else this.#show(this.commands);
    this.#field.focus();
  }

  close() {
    this.#show([]);
  }

  #show(commands) {
    this.#shown = commands;
    this.#list.hidden = !commands.length;
    this.#list.replaceChildren(...commands.map((command, at) => this.#option(command, at)));
    this.#field.setAttribute("aria-expanded", String(this.open));
    this.#select(commands.length ? 0 : -1);
  }

  #option({ command, description }, at) {
    return el("li", { id: `command-${at}`, role: "option", class: "command", on: { click: () => this.#choose(command) } },
      el("strong", {}, `/${command}`), el("span", { lang: langOf(description) }, description));
  }

  #select(at) {
    this.#at = at;
    [...this.#list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (at < 0) {
      this.#field.removeAttribute("aria-activedescendant");
      return;
    }
    this.#field.setAttribute("aria-activedescendant", `command-${at}`);
    this.#list.children[at].scrollIntoView({ block: "nearest" });
  }

  #choose(name) {
    this.close();
    this.hooks.choose(name);
  }

  /** @returns {boolean} whether the key was the menu's */
  key(event) {
    if (!this.open) return false;
    const count = this.#shown.length;
    const { command } = this.#shown[this.#at];
    const moves = {
      ArrowDown: () => this.#select((this.#at + 1) % count),
      ArrowUp: () => this.#select((this.#at + count - 1) % count),
      Enter: () => this.#choose(command),
      Tab: () => this.#complete(command),
      Escape: () => this.close(),
    };
    if (!moves[event.key] || event.shiftKey) return false;
    moves[event.key]();
    event.preventDefault();
    return true;
  }

  #complete(command) {
    this.#field.value = `/${command} `;
    this.#field.dispatchEvent(new Event("input"));
  }
}
