// The registry desk: a person who came or phones is looked up, the form filled for them, signed, and the answer said.
import { ask, post } from "../api.js";
import { asking } from "../asking.js";
import { another, compared, questions } from "../callers.js";
import { button, fill, h } from "../dom.js";
import { field, filled, form } from "../fields.js";
import { attempt } from "../live.js";
import { screen } from "../router.js";
import { saying } from "../saying.js";
import { organisation } from "../session.js";
import { signing } from "../signing.js";
import { times } from "../times.js";
import { language, t } from "../words.js";

const SERVICES = ["home-visit", "appointment", "attachment"];
const CHANNELS = ["in_person", "phone"];

/** Put the next step in place of the one before; its heading takes the focus. */
function step(place, title, ...children) {
  const heading = h("h2", { tabindex: "-1" }, title);
  fill(place, heading, children);
  heading.focus();
}

function draw(place, parameter, signal) {
  const service = field({ label: t("service"), options: SERVICES.map((one) => [one, t(`service_${one}`)]) });
  const channel = field({ label: t("channel"), options: CHANNELS.map((one) => [one, t(`channel_${one}`)]) });
  const spoken = field({ label: t("persons_language"), options: ["kk", "ru", "en"].map((one) => [one, t(`language_${one}`), one === language()]) });
  const iin = field({ label: t("iin"), inputmode: "numeric", pattern: "[0-9]{12}", maxlength: 12 });
  const wrong = h("div");
  const look = (pressed) => filled([iin]) && attempt(wrong, async () => {
    const asked = { service: service.value(), channel: channel.value() };
    const lookup = await post("/v1/staff/lookups", { ...asked, iin: iin.value() });
    const talk = { asked, spoken: { language: spoken.value() }, signal, again: () => { draw(place, "", signal); service.input.focus(); } };
    if (lookup.identified) await filling(place, talk, lookup);
    else step(place, t("ask_caller"), questions(lookup, talk.spoken.language, (told) => filling(place, talk, told)), away(talk));
  }, pressed);
  fill(place, wrong, form(t("look_up"), look, service.node, channel.node, spoken.node, iin.node,
    h("button", { type: "submit" }, t("look_up"))));
}

const away = (talk) => h("p", {}, button(t("next_person"), talk.again));

async function filling(place, talk, lookup) {
  const { asked } = talk;
  const wanted = await asking(asked.service, lookup.prefilled);
  const time = asked.service === "appointment" ? await times(organisation()) : null;
  const scans = asked.channel === "in_person" ? scanning() : null;
  const wrong = h("div");
  let subject = null;
  const drawUp = (pressed) => filled([time?.field, ...wanted.fields].filter(Boolean)) && attempt(wrong, async () => {
    const body = { ...asked, lookup_id: lookup.id, form: { ...wanted.value(), ...time?.value() }, scans: scans?.values() ?? [] };
    if (subject) body.subject_lookup_id = subject.id;
    const draft = await post("/v1/staff/requests", body, { "Idempotency-Key": crypto.randomUUID() }).catch((problem) => {
      wanted.blame(problem.problem?.errors ?? []);
      throw problem;
    });
    sign(place, talk, draft);
  }, pressed);
  step(place, t("fill_form"), asked.channel === "phone" ? h("p", { class: "note" }, t("identified")) : compared(lookup.person),
    another(asked, lookup, (told) => { subject = told; }),
    form(t("fill_form"), drawUp, time?.node, wanted.nodes, scans?.node, wrong, h("button", { type: "submit" }, t("to_signature"))), away(talk));
}

function sign(place, talk, draft) {
  const send = async (cms) => {
    const one = await post(draft.links.signature, { cms });
    const told = h("div");
    step(place, t("say_to_person"), told, away(talk));
    saying(told, one, talk.spoken, talk.signal);
  };
  step(place, t(`service_${draft.service}`), signing(draft.links.content, send), away(talk));
}

/** Return the place where scans are chosen; each is kept at once, and named. */
function scanning() {
  const kept = [];
  const wrong = h("div");
  const list = h("ul");
  const scan = field({ label: t("scan"), type: "file", required: false, hint: t("scan_hint"), accept: "application/pdf,image/jpeg,image/png" });
  scan.input.addEventListener("change", () => attempt(wrong, async () => {
    const [file] = scan.input.files;
    if (!file) return;
    const { body } = await ask("POST", "/v1/staff/scans", { body: file, type: file.type || "application/octet-stream" });
    kept.push(body.id);
    scan.input.value = "";
    list.append(h("li", {}, t("scan_kept", { name: file.name })));
  }));
  return { node: h("div", {}, scan.node, wrong, h("div", { role: "status" }, list)), values: () => kept };
}

screen("desk", "desk", ["registry_desk"], draw);
