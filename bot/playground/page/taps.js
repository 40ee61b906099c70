/** Taps on callback buttons: a button stays busy until the bot answers its tap, or for as long as Telegram would wait. */

import { sim } from "./api.js";
import { failed } from "./notices.js";

const PATIENCE = 15_000; // ms
const REMEMBERED = 50;

export class Taps {
  #busy = new Map();
  #early = [];

  constructor(world) {
    this.world = world;
  }

  async tap(message, button, node) {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    try {
      const { callback_query_id: id } = await sim.tap(this.world.meId, message.chat.id, message.message_id, button.callback_data);
      if (this.#early.includes(id)) rest(node);
      else this.#busy.set(id, { node, timer: setTimeout(() => this.answered({ callback_query_id: id }), PATIENCE) });
    } catch (error) {
      rest(node);
      failed(error);
    }
  }

  answered({ callback_query_id: id }) {
    const waiting = this.#busy.get(id);
    if (!waiting) {
      this.#early = [...this.#early.slice(1 - REMEMBERED), id]; // the event may overtake the answer to our own request
      return;
    }
    clearTimeout(waiting.timer);
    this.#busy.delete(id);
    rest(waiting.node);
  }
}

const rest = (node) => node.removeAttribute("aria-busy");
