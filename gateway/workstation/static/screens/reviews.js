// Citizens' calls for a person's review of a refusal: read, answered in Kazakh and Russian, signed.
import { get, post } from "../api.js";
import { fill, h } from "../dom.js";
import { field, filled, form } from "../fields.js";
import { attempt } from "../live.js";
import { go, screen } from "../router.js";
import { groundsShown } from "../shown.js";
import { signing } from "../signing.js";
import { t } from "../words.js";
import { drawBoard, whole } from "./proposals.js";

async function draw(place, id) {
  if (!id) return drawBoard(place, "reviews");
  const path = `/v1/staff/reviews/${id}`;
  const one = await get(path);
  const stands = field({ label: t("refusal_stands"), options: [["yes", t("stands")], ["no", t("stands_not")]] });
  const words = [["kk", "answer_kk"], ["ru", "answer_ru"]].map(([, key]) => field({ label: t(key), lines: 4, maxlength: 2000 }));
  const wrong = h("div");
  const signed = h("div");
  const drawUp = (pressed) => filled(words) && attempt(wrong, async () => {
    const [kk, ru] = words.map((each) => each.value());
    const { version } = await post(`${path}/draft`, { stands: stands.value() === "yes", kk, ru });
    fill(signed, signing(`${path}/content?version=${version}`, (cms) => send(path, cms, version)));
    signed.querySelector("button").focus();
  }, pressed);
  return fill(place, await whole(one), h("h2", {}, t("refusal")), groundsShown(one.refusal.grounds), wrong,
    form(t("answer"), drawUp, stands.node, words.map((each) => each.node), h("button", { type: "submit" }, t("draw_up"))), signed);
}

async function send(path, cms, version) {
  await post(`${path}/confirmation`, { cms, version });
  go("reviews", t("answered"));
}

screen("reviews", "reviews", ["head", "right_to_sign"], draw);
