/** Pictures: one in its message, and the same one large over everything. */

import { sim } from "./api.js";
import { button, byId, el } from "./dom.js";
import { t } from "./words.js";

/** @param {object} message with `photo`, Telegram's sizes, the largest last; its caption tells what the picture shows */
export function pictureBox(message) {
  const { file_id: id, width, height } = message.photo.at(-1);
  const [what] = (message.caption ?? "").split("\n");
  const alt = what ? t("pictureTold", { what }) : t("media_photo");
  const picture = el("img", { src: sim.picture(id), width, height, alt });
  const label = { title: t("pictureLarge"), "aria-label": `${alt} – ${t("pictureLarge")}` };
  const open = button({ class: `picture${message.has_media_spoiler ? " veiled" : ""}`, ...label }, () => {
    if (!open.classList.replace("veiled", "bared")) enlarge(picture); // the first tap lifts a veil
  }, picture);
  picture.addEventListener("error", () => open.replaceWith(el("p", { class: "media" }, t("media_photo"))));
  return open;
}

function enlarge({ src, alt }) {
  const large = byId("view-picture");
  large.src = src;
  large.alt = alt;
  byId("view").classList.remove("whole");
  byId("view").showModal();
}

/** A tap on the large picture shows each of its points, another one the whole of it; one beside it closes. */
export function followPictures() {
  const view = byId("view");
  byId("view-zoom").addEventListener("click", () => view.classList.toggle("whole"));
  byId("view-close").addEventListener("click", () => view.close());
  view.addEventListener("click", (event) => {
    if (event.target === view) view.close();
  });
}
