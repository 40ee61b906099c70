// Basic accessibility of the page as it stands now: returns the problems found, one line each.
() => {
  const problems = [];
  const visible = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !node.closest("[inert]");
  const words = (ids) => (ids ?? "").split(/\s+/).filter(Boolean).map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const spoken = (node) => [...node.childNodes].map((child) => {
    if (child.nodeType === Node.TEXT_NODE) return child.data;
    return child.nodeType !== Node.ELEMENT_NODE || child.getAttribute("aria-hidden") === "true" ? "" : spoken(child);
  }).join("");
  const nameOf = (node) => [
    words(node.getAttribute("aria-labelledby")), node.getAttribute("aria-label"),
    [...(node.labels ?? [])].map((label) => label.textContent).join(" "),
    node.matches("input, select, textarea") ? "" : spoken(node),
  ].find((text) => text?.trim());
  const show = (node) => `<${node.tagName.toLowerCase()} id="${node.id}" class="${node.getAttribute("class") ?? ""}"> ${node.textContent.trim().slice(0, 40)}`;

  for (const node of document.querySelectorAll("button, a[href], input, select, textarea, summary, [role=button], [role=option], [role=log], nav, aside, dialog[open]")) {
    if (visible(node) && !nameOf(node)) problems.push(`no name: ${show(node)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => problems.push(`id twice: ${id}`));
  for (const name of ["aria-labelledby", "aria-controls", "aria-activedescendant", "popovertarget"]) {
    for (const node of document.querySelectorAll(`[${name}]`)) {
      for (const id of node.getAttribute(name).split(/\s+/)) if (!document.getElementById(id)) problems.push(`${name} leads nowhere: ${show(node)}`);
    }
  }
  for (const node of document.querySelectorAll("[tabindex]")) if (node.tabIndex > 0) problems.push(`positive tabindex: ${show(node)}`);
  for (const node of document.querySelectorAll("button")) if (!node.hasAttribute("type")) problems.push(`button without type: ${show(node)}`);
  for (const role of ["main", "nav", "aside"]) if (document.querySelectorAll(role).length !== 1) problems.push(`not one <${role}>`);
  if (document.querySelectorAll("h1").length !== 1) problems.push("not one <h1>");
  if (!document.documentElement.lang) problems.push("no lang");
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) problems.push("the page scrolls sideways");

  // WCAG 2.2, 1.4.3: contrast of text with what is behind it. Colours are computed as rgb() or color(srgb …).
  const colour = (text) => {
    const numbers = text.match(/[\d.]+(e-?\d+)?/g).map(Number);
    const scale = text.startsWith("color(") ? 255 : 1;
    return [...numbers.slice(0, 3).map((value) => value * scale), numbers[3] ?? 1];
  };
  const over = (front, back) => [0, 1, 2].map((at) => front[at] * front[3] + back[at] * (1 - front[3])).concat(1);
  const behind = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const layer = colour(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((back, front) => over(front, back), [255, 255, 255, 1]);
  };
  const opacity = (node) => {
    let product = 1;
    for (let at = node; at; at = at.parentElement) product *= Number(getComputedStyle(at).opacity);
    return product;
  };
  const light = ([red, green, blue]) => {
    const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let checked = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || node.closest("noscript, .unseen, .skip, option") || node.closest(":disabled") || !visible(node)) continue;
    checked += 1;
    const style = getComputedStyle(node);
    if (style.color === "rgba(0, 0, 0, 0)") continue; // a spoiler's words are meant to be unseen
    const back = behind(node);
    const front = colour(style.color);
    const [first, second] = [light(over([...front.slice(0, 3), front[3] * opacity(node)], back)), light(back)].sort((a, b) => b - a);
    const ratio = (first + 0.05) / (second + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) problems.push(`contrast ${ratio.toFixed(2)}: ${show(node)}`);
  }
  if (checked < 10) problems.push("hardly any text was checked");
  return problems;
}
