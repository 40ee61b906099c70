/** What is offered above the field: commands after "/" or by the button, inline results after the bot's name. */

import { byId, el, langOf } from "./dom.js";
import { sim } from "./api.js";

export class CommandMenu {
  commands = [];
  #list = byId("suggest");
  #field = byId("field");
  #shown = [];
  #at = -1;
  #asked = 0;
  #query = null;

  /**
   * @param {{choose: (name: string) => void, changed: () => void, post: (query: string, result: string) => void,
   *   start: (payload: string) => void}} hooks `changed` after the commands were fetched
   */
  constructor(world, hooks) {
    this.world = world;
    this.hooks = hooks;
    for (const type of ["load", "open", "person", "commands", "chat"]) world.addEventListener(type, () => this.#fetch());
    world.addEventListener("inline", ({ detail }) => this.#inline(detail));
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
    const query = this.#typedToBot();
    if (query !== null) {
      this.#ask(query);
      return;
    }
    this.#query = null;
    const typed = /^\/([a-z0-9_]*)$/i.exec(this.#field.value);
    this.#offer(typed ? this.commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : []);
  }

  /** @returns {string|null} what follows the bot's name, null where the text does not begin with it */
  #typedToBot() {
    const name = `@${this.world.bot?.username} `.toLowerCase();
    const text = this.#field.value;
    return text.toLowerCase().startsWith(name) && text.length - name.length <= 256 ? text.slice(name.length) : null;
  }

  async #ask(query) {
    if (this.#query === query) return;
    this.#query = query;
    try {
      await sim.inline(this.world.meId, query);
    } catch {
      this.close();
    }
  }

  #inline({ user_id: who, query, inline_query_id: id, results, button }) {
    if (who !== this.world.meId || this.#typedToBot() !== query) return;
    const way = button && { strong: button.text, words: "", run: () => this.hooks.start(button.start_parameter) };
    this.#show([...(way ? [way] : []), ...results.map(({ id: result, title, description }) => (
      { strong: title, words: description, kind: "result", run: () => this.hooks.post(id, result) }))], way && results.length ? 1 : 0);
  }

  #offer(commands) {
    this.#show(commands.map(({ command, description }) => (
      { strong: `/${command}`, words: description, run: () => this.hooks.choose(command), complete: `/${command} ` })));
  }

  toggle() {
    if (this.open) this.close();
    else this.#offer(this.commands);
    this.#field.focus();
  }

  close() {
    this.#show([]);
  }

  #show(offers, first = 0) {
    this.#shown = offers;
    this.#list.hidden = !offers.length;
    this.#list.replaceChildren(...offers.map((offer, at) => this.#option(offer, at)));
    this.#field.setAttribute("aria-expanded", String(this.open));
    this.#select(offers.length ? first : -1);
  }

  #option(offer, at) {
    const look = `command${offer.kind ? ` ${offer.kind}` : ""}`;
    return el("li", { id: `command-${at}`, role: "option", class: look, on: { click: () => this.#choose(offer) } },
      el("strong", { lang: langOf(offer.strong) }, offer.strong), el("span", { lang: langOf(offer.words) }, offer.words));
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

  #choose(offer) {
    this.close();
    offer.run();
  }

  /** @returns {boolean} whether the key was the menu's */
  key(event) {
    if (!this.open) return false;
    const count = this.#shown.length;
    const offer = this.#shown[this.#at];
    const moves = {
      ArrowDown: () => this.#select((this.#at + 1) % count),
      ArrowUp: () => this.#select((this.#at + count - 1) % count),
      Enter: () => this.#choose(offer),
      Tab: () => this.#complete(offer),
      Escape: () => this.close(),
    };
    if (!moves[event.key] || event.shiftKey) return false;
    moves[event.key]();
    event.preventDefault();
    return true;
  }

  #complete(offer) {
    if (!offer.complete) return;
    this.#field.value = offer.complete;
    this.#field.dispatchEvent(new Event("input"));
  }
}
