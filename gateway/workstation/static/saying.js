// The answer at the desk: what is said to the person, in their language, readable in one glance; and the paper.
import { ask, get } from "./api.js";
import { button, fill, h } from "./dom.js";
import { attempt } from "./live.js";
import { saved } from "./signing.js";
import { inWords, t } from "./words.js";

const AGAIN = 2_000;
const LANGUAGES = { kk: "Қазақша", ru: "Русский", en: "English" };

/** Draw what to say of a request; while its answer is not there it is asked for again. */
export function saying(place, one, spoken, signal) {
  const said = h("div", { class: one.outcome === "refused" ? "say refused" : "say", role: "status" });
  const choices = Object.entries(LANGUAGES).map(([code, name]) => button(name, () => speak(code), { lang: code }));
  const speak = (code) => {
    spoken.language = code;
    fill(said, h("p", { lang: code }, one.say?.text[code] ?? one.say?.text.kk ?? ""));
    choices.forEach((each) => each.setAttribute("aria-pressed", String(each.lang === code)));
  };
  const wrong = h("div");
  const print = (event) => attempt(wrong, async () => {
    const { body } = await ask("GET", one.links.document, { accept: "application/pdf" });
    saved(body, `${one.number}.pdf`);
  }, event.currentTarget);
  speak(spoken.language);
  fill(place, said, h("div", { class: "row", role: "group", "aria-label": t("say_language") }, choices),
    one.say?.do && h("p", { class: "note" }, h("strong", {}, `${t("do_beside")}: `), inWords(one.say.do)),
    h("p", {}, `№ ${one.number}`), wrong, one.printable && h("div", { class: "big" }, button(t("print_document"), print, { class: "main" })));
  if (one.say && !one.say.final) setTimeout(() => follow(place, one, spoken, signal), AGAIN);
}

async function follow(place, one, spoken, signal) {
  if (signal.aborted || !place.isConnected) return;
  const now = await get(one.links.self).catch(() => one);
  if (signal.aborted || !place.isConnected) return;
  if (now.say?.final) saying(place, now, spoken, signal);
  else setTimeout(() => follow(place, now, spoken, signal), AGAIN);
}
