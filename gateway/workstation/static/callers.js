// Whom the desk has before it: what is compared with the document, a caller's questions, a child or a ward.
import { post } from "./api.js";
import { button, facts, fill, h } from "./dom.js";
import { field, filled, form } from "./fields.js";
import { attempt, Told } from "./live.js";
import { dateOf, inWords, t } from "./words.js";

/** Return the questions for a caller in their language; `known(lookup)` is called once they are answered rightly. */
export function questions(lookup, language, known) {
  const wrong = h("div");
  const asked = lookup.questions.map((one) => [one.code, field({ label: one.text[language], maxlength: 100 })]);
  for (const [, one] of asked) one.node.querySelector("label").lang = language;
  const check = (pressed) => filled(asked.map(([, one]) => one)) && attempt(wrong, async () => {
    const answers = Object.fromEntries(asked.map(([code, one]) => [code, one.value()]));
    const told = await post(`/v1/staff/lookups/${lookup.id}/answers`, { answers }).catch((problem) => {
      const left = problem.problem?.tries_left;
      throw left === undefined ? problem : new Told(`${problem.message}. ${t("tries_left", { count: left })}`);
    });
    await known(told);
  }, pressed);
  return [h("p", {}, t("ask_caller_hint")), wrong,
    form(t("ask_caller"), check, asked.map(([, one]) => one.node), h("button", { type: "submit" }, t("check_answers")))];
}

/** Return what the employee compares with the document in hand; nothing of a person who phones. */
export const compared = (person) => (person ? [h("p", { class: "note" }, t("compare")), facts([
  [t("name"), inWords({ ...person.name, en: person.name.ru })], [t("iin"), person.iin], [t("birth_date"), dateOf(person.birth_date)],
  [t("deceased"), dateOf(person.deceased)],
  ...person.documents.map((one) => [t(`document_${one.kind}`), paper(one)]),
  [t("home_address"), inWords(person.registered_address)]])] : null);

const paper = (one) => [one.expires ? t("document_until", { number: one.number, until: dateOf(one.expires) }) : one.number,
  one.in_force ? "" : h("strong", { class: "bad" }, ` · ${t("not_in_force")}`)];

/** Return the part in which a child or a ward is named; `chosen(lookup)` is called with theirs. */
export function another(asked, lookup, chosen) {
  const wrong = h("div");
  const shown = h("div", { role: "status" });
  const iin = field({ label: t("another_iin"), inputmode: "numeric", pattern: "[0-9]{12}", maxlength: 12 });
  const look = (event) => filled([iin]) && attempt(wrong, async () => {
    const told = await post("/v1/staff/lookups", { ...asked, iin: iin.value(), applicant_lookup_id: lookup.id });
    chosen(told);
    const name = told.person ? inWords({ ...told.person.name, en: told.person.name.ru }) : iin.value();
    fill(shown, h("p", {}, h("strong", {}, t("asked_for", { name }))), told.entitled === false && h("p", { class: "note" }, t("not_entitled")));
  }, event.currentTarget);
  return h("details", {}, h("summary", {}, t("for_another")), wrong, iin.node, button(t("add_another"), look), shown);
}
