// What is said without moving anybody's place: a status line, and a box for what went wrong.
import { fill, h } from "./dom.js";
import { t } from "./words.js";

const line = () => document.getElementById("status");

/** Say politely that something is done or going on. */
export const say = (words) => fill(line(), words);

/** Return the box of what went wrong; it takes the focus, so that nobody has to look for it. */
export function wrong(problem) {
  const told = problem.problem ?? {};
  const grounds = (told.errors ?? []).map((one) => h("li", {}, [one.pointer, one.code].filter(Boolean).join(": ")));
  const words = told.type === undefined && !told.title ? t("no_answer") : problem.message;
  const box = h("div", { class: "wrong", role: "alert", tabindex: "-1" },
    h("p", {}, h("strong", {}, words)),
    told.detail ? h("p", {}, told.detail) : null,
    told.code ? h("p", { class: "faint" }, told.code) : null,
    grounds.length ? h("ul", {}, grounds) : null);
  queueMicrotask(() => box.focus());
  return box;
}

/** Do something that may be refused; what is wrong is shown in `place`, and the button waits meanwhile. */
export async function attempt(place, act, pressed = null) {
  fill(place);
  if (pressed?.getAttribute("aria-disabled") === "true") return undefined;
  pressed?.setAttribute("aria-disabled", "true");
  say(t("working"));
  try {
    const done = await act();
    if (line().textContent === t("working")) say("");
    return done;
  } catch (problem) {
    if (!(problem instanceof Error)) throw problem;
    say("");
    if (problem.problem === undefined && !(problem instanceof TypeError) && !problem.told) throw problem;
    fill(place, problem.told ? wrong({ message: problem.message, problem: { title: problem.message } }) : wrong(problem));
    return undefined;
  } finally {
    pressed?.removeAttribute("aria-disabled");
  }
}

/** Something that we say ourselves, not an end point. */
export class Told extends Error {
  told = true;
}
