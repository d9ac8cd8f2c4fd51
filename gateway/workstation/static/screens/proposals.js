// What the rules propose and an official confirms with their EDS, or returns with a remark. The nearest deadline is first.
import { get, post } from "../api.js";
import { button, facts, fill, h } from "../dom.js";
import { field, filled, form } from "../fields.js";
import { attempt, say } from "../live.js";
import { go, screen } from "../router.js";
import { formShown, groundsShown, left, masked, outcomeShown } from "../shown.js";
import { signing } from "../signing.js";
import { at, t } from "../words.js";

/** Draw a board of what waits; each leads to its own page. */
export async function drawBoard(place, kind) {
  const board = await get(`/v1/staff/${kind}`);
  const cards = board.waiting.map((one) => h("li", {},
    h("p", {}, h("a", { href: `#/${kind}/${one.request_id}` }, `№ ${one.number}`), " · ", t(`service_${one.service}`)),
    h("p", {}, outcomeShown(one.outcome), " ", left(one.remaining_seconds), one.rings && h("strong", { class: "near" }, ` · ${t("rings")}`)),
    one.remark && h("p", { class: "note" }, one.remark)));
  fill(place, board.silent.length ? h("p", { class: "wrong" }, t("silent")) : null,
    cards.length ? h("ul", { class: "cards" }, cards) : h("p", {}, t("nothing_waits")),
    button(t("refresh"), () => drawBoard(place, kind)));
}

/** Return what is told of anything that waits. */
export const whole = async (one) => [
  facts([[t("number"), one.number], [t("service"), t(`service_${one.service}`)], [t("applicant"), masked(one.applicant_iin)],
    [t("subject"), masked(one.subject_iin)], [t("registered_at"), at(one.registered_at)], [t("decide_until"), at(one.until)],
    [t("left"), left(one.remaining_seconds)], [t("outcome"), outcomeShown(one.outcome)], [t("remark"), one.remark]]),
  h("h2", {}, t("asked")), await formShown(one.service, one.form), groundsShown(one.document.grounds ?? one.grounds)];

async function draw(place, id) {
  if (!id) return drawBoard(place, "proposals");
  const path = `/v1/staff/proposals/${id}`;
  const one = await get(path);
  const remark = field({ label: t("remark"), lines: 3, maxlength: 1000 });
  const wrong = h("div");
  const back = (pressed) => filled([remark]) && attempt(wrong, async () => {
    await post(`${path}/return`, { version: one.version, remark: remark.value() });
    go("proposals", t("returned"));
  }, pressed);
  const confirm = async (cms) => {
    const done = await post(`${path}/confirmation`, { cms, version: one.version });
    if (done.state === "answered") go("proposals", t("confirmed"));
    else { await draw(place, id); say(t("facts_changed")); }
  };
  return fill(place, await whole(one), signing(`${path}/content?version=${one.version}`, confirm), h("h2", {}, t("give_back")), wrong,
    form(t("give_back"), back, remark.node, h("button", { type: "submit" }, t("give_back"))));
}

screen("proposals", "proposals", ["head", "right_to_sign"], draw);
