// Every request of the clinic in the order of registration, with filters; one of them opened whole; the export.
import { ask, get } from "../api.js";
import { button, facts, fill, h, table } from "../dom.js";
import { field, form } from "../fields.js";
import { attempt } from "../live.js";
import { screen } from "../router.js";
import { formShown, groundsShown, left, outcomeShown } from "../shown.js";
import { saved } from "../signing.js";
import { at, inWords, isoDay, t } from "../words.js";

const SERVICES = ["home-visit", "appointment", "attachment"];
const HEADS = ["number", "service", "channel", "subject", "registered_at", "left", "outcome"];
const any = () => ["", t("any")];

async function draw(place, id, signal) {
  if (id) return entry(place, id);
  const service = field({ label: t("service"), required: false, options: [any(), ...SERVICES.map((one) => [one, t(`service_${one}`)])] });
  const channel = field({ label: t("channel"), required: false, options: [any(), ...["portal", "in_person", "phone"].map((one) => [one, t(`channel_${one}`)])] });
  const state = field({ label: t("state"), required: false, options: [any(), ["registered", t("registered")], ["answered", t("answered_state")]] });
  const day = field({ label: t("day"), type: "date", required: false });
  const list = h("div");
  const wrong = h("div");
  const show = () => attempt(wrong, () => lines(list, { service: service.value(), channel: channel.value(), state: state.value(), day: day.value() }, signal));
  const filters = form(t("filters"), show, h("div", { class: "row" }, service.node, channel.node, state.node, day.node),
    h("button", { type: "submit" }, t("show")));
  fill(place, filters, wrong, list, exporting());
  return show();
}

async function lines(list, wanted, signal) {
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  const shown = [];
  const more = async (path) => {
    const { body, headers } = await ask("GET", path);
    if (signal.aborted) return;
    shown.push(...body.requests);
    const next = /<([^>]+)>; rel="next"/.exec(headers.get("Link") ?? "")?.[1];
    fill(list, shown.length ? table(t("journal"), HEADS.map((one) => t(one)), shown.map(cells)) : h("p", {}, t("nothing_found")),
      next && button(t("show_more"), () => more(next)));
  };
  await more(`/v1/staff/journal?${query}`);
}

const cells = (one) => [h("a", { href: `#/journal/${one.id}` }, one.number), inWords(one.service_name), t(`channel_${one.channel}`),
  `${inWords(one.subject_name)} ${one.subject_iin}`.trim(), at(one.registered_at), left(one.remaining_seconds), outcomeShown(one.outcome)];

async function entry(place, id) {
  const { request: one, form: asked, steps, document: paper } = await get(`/v1/staff/journal/${id}`);
  fill(place, facts([[t("number"), one.number], [t("service"), inWords(one.service_name)], [t("channel"), t(`channel_${one.channel}`)],
    [t("applicant"), one.applicant_iin], [t("subject"), `${inWords(one.subject_name)} ${one.subject_iin}`.trim()],
    [t("registered_at"), at(one.registered_at)], [t("answer_by"), at(one.answer_by)], [t("outcome"), outcomeShown(one.outcome)]]),
    h("h2", {}, t("asked")), await formShown(one.service, asked), groundsShown(paper?.content.grounds),
    table(t("steps"), [t("number"), t("act"), t("begun"), t("ended"), t("in_term")], steps.map((step) => [
      String(step.step), inWords(step.action), at(step.started_at), at(step.ended_at), t(step.met ? "yes" : "no")])),
    h("p", {}, button(t("print"), () => print())), h("p", {}, h("a", { href: "#/journal" }, t("back"))));
}

function exporting() {
  const first = field({ label: t("first_day"), type: "date", value: isoDay() });
  const last = field({ label: t("last_day"), type: "date", value: isoDay() });
  const wrong = h("div");
  const take = (format) => (event) => attempt(wrong, async () => {
    const path = `/v1/staff/journal/export?first_day=${first.value()}&last_day=${last.value()}&format=${format}`;
    saved((await ask("GET", path, { accept: "*/*" })).body, `journal-${first.value()}.${format}`);
  }, event.currentTarget);
  return h("section", {}, h("h2", {}, t("export")), wrong, h("div", { class: "row" }, first.node, last.node,
    ["csv", "xlsx"].map((one) => button(t(`export_${one}`), take(one)))));
}

screen("journal", "journal", ["registry_desk", "head", "right_to_sign"], draw);
