/** The clock that server and bot share. Moving it makes whatever falls due happen now. */

import { sim } from "./api.js";
import { button, byId } from "./dom.js";
import { failed, toast } from "./notices.js";
import { dayAndTime, instantOf, nextMonday, wallTime } from "./time.js";
import { t } from "./words.js";

const MOVES = [["minute", 60], ["hour", 3600], ["day", 86_400]];

export class ClockPanel {
  constructor(world) {
    this.world = world;
    for (const type of ["redraw", "clock"]) world.addEventListener(type, () => this.#tick());
    world.addEventListener("redraw", () => this.#showMoves());
    byId("clock-set").addEventListener("submit", (event) => { event.preventDefault(); this.#set(); });
    setInterval(() => this.#tick(), 1000);
  }

  #tick() {
    const { now, zone } = this.world;
    const shown = byId("clock-now");
    const text = dayAndTime(now, zone);
    if (shown.textContent === text) return;
    shown.textContent = text;
    shown.dateTime = new Date(now).toISOString();
    byId("clock-zone").textContent = zone;
    const input = byId("clock-to");
    if (document.activeElement !== input) input.value = new Date(wallTime(now, zone)).toISOString().slice(0, 16);
  }

  #showMoves() {
    const choice = (label, run) => button({ class: "quiet" }, run, t(label));
    byId("clock-moves").replaceChildren(
      ...MOVES.map(([label, seconds]) => choice(label, () => this.#send({ move: seconds }))),
      choice("monday", () => this.moveTo(nextMonday(this.world.now, this.world.zone))));
  }

  #set() {
    const wall = Date.parse(`${byId("clock-to").value}Z`);
    if (Number.isFinite(wall)) this.moveTo(instantOf(wall, this.world.zone));
  }

  /** @param {number} instant ms since 1970 */
  moveTo(instant) {
    return this.#send({ to: new Date(instant).toISOString() });
  }

  async #send(change) {
    try {
      const { now } = await sim.clock(change) ?? {};
      if (now !== undefined) this.world.apply({ type: "clock", now });
      toast(t("clockMoved", { time: dayAndTime(this.world.now, this.world.zone) }));
    } catch (error) {
      failed(error);
    }
  }
}
