// Which screen is shown: the address after # names it. Each screen begins at its heading, which takes the focus.
import { fill, h } from "./dom.js";
import { say, wrong } from "./live.js";
import { t } from "./words.js";

const screens = new Map();
let leaving = new AbortController();
let roles = new Set();
let afterwards = "";

/** Put a screen in: its title's key, whose it is, and `draw(place, parameter, left)`. */
export function screen(name, title, whose, draw) {
  screens.set(name, { title, whose, draw });
}

export const mine = () => [...screens].filter(([, one]) => one.title && one.whose.some((role) => roles.has(role)));
export const actAs = (codes) => { roles = new Set(codes); };
export const has = (...codes) => codes.some((one) => roles.has(one));

/** Go to a screen; `words` are said once it is there. */
export function go(name, words = "", parameter = "") {
  afterwards = words;
  const wanted = `#/${name}${parameter ? `/${parameter}` : ""}`;
  if (location.hash === wanted) draw();
  else location.hash = wanted;
}

/** Draw what the address names; a screen that is not of one's roles is the first of one's own instead. */
export async function draw() {
  leaving.abort();
  leaving = new AbortController();
  const [, asked = "", parameter = ""] = location.hash.split("/");
  const known = screens.get(asked);
  const allowed = known && known.whose.some((role) => roles.has(role));
  const [name, one] = allowed ? [asked, known] : mine()[0] ?? [];
  if (!one) return;
  for (const link of document.querySelectorAll("#screens a")) {
    if (link.hash === `#/${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const place = h("div");
  begin(t(one.title || `${name}_title`), place);
  const { signal } = leaving;
  try {
    await one.draw(place, allowed ? parameter : "", signal);
  } catch (problem) {
    if (!signal.aborted) fill(place, wrong(problem));
  }
}

/** Empty the page but for a heading; the focus goes there. */
export function begin(title, ...children) {
  const heading = h("h1", { tabindex: "-1" }, title);
  document.title = `${title} · ${t("workstation")}`;
  say(afterwards);
  afterwards = "";
  fill(document.getElementById("main"), heading, children);
  heading.focus();
}

export function clear() {
  leaving.abort();
  roles = new Set();
}
