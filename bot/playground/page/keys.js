/** Keys and fingers on the messages: arrows go from one to the next, R or a long press replies. */

import { byId } from "./dom.js";

const LONG_PRESS = 500; // ms
const SLIP = 10; // px a finger may slide and still press

export function followKeys(world, act) {
  const log = byId("log");
  const messageOf = (node) => {
    const article = node.closest?.(".message");
    return article ? world.messagesOf(world.chatId).get(Number(article.dataset.message)) : null;
  };

  log.addEventListener("keydown", (event) => {
    const current = event.target.closest(".message");
    if (event.target !== log && event.target !== current) return;
    const all = [...log.querySelectorAll(".message")];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) {
      const next = current ? all.indexOf(current) + step : all.length - 1;
      all[Math.max(0, Math.min(all.length - 1, next))]?.focus();
    } else if (event.key.toLowerCase() === "r" && current && !event.ctrlKey && !event.metaKey) {
      act.reply(messageOf(current));
    } else if (event.key === "Escape") {
      byId("field").focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  let timer = null;
  let start = null;
  const stop = () => clearTimeout(timer);
  log.addEventListener("pointerdown", (event) => {
    stop();
    const message = event.pointerType === "mouse" || event.target.closest("button, a") ? null : messageOf(event.target);
    if (!message) return;
    start = event;
    timer = setTimeout(() => {
      navigator.vibrate?.(10);
      act.reply(message);
    }, LONG_PRESS);
  });
  log.addEventListener("pointermove", (event) => {
    if (start && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > SLIP) stop();
  });
  for (const type of ["pointerup", "pointercancel", "scroll"]) log.addEventListener(type, stop, { passive: true });
}
