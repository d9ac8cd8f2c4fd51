// Forms and documents as rows of names and values, whatever service they are of.
import { get } from "./api.js";
import { facts, h } from "./dom.js";
import { at, inWords, t } from "./words.js";

const forms = new Map();

/** Return the schema of a service's form; it is asked for once. */
export async function schemaOf(service) {
  if (!forms.has(service)) forms.set(service, (await get(`/v1/services/${service}/form`)).schema);
  return forms.get(service);
}

/** Return what was asked, under the form's own titles and in its order; a call for review has no form of a service. */
export async function formShown(service, form) {
  if (form?.review_of) return facts([[t("review_reason"), form.reason], [t("review_document"), form.document_token]]);
  const schema = await schemaOf(service);
  return facts(rowsOf(schema, form ?? {}, schema.$defs ?? {}));
}

/** Return the part of a schema that a property refers to. */
export const inside = (property, defs) => (property.$ref ? defs[property.$ref.split("/").pop()] : null);

function rowsOf(schema, form, defs) {
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const value = form[name] ?? null;
    if (name === "provider_bin" || value === null) return [];
    const inner = inside(property, defs);
    if (inner) return rowsOf(inner, value, defs);
    return [[inWords(property.titles) || name, name.endsWith("_at") ? at(value) : String(value)]];
  });
}

/** Return an IIN with its last four digits alone, as the journal shows it. */
export const masked = (iin) => (iin ? `********${iin.slice(-4)}` : iin);

/** Return the grounds of a refusal, each with its clause. */
export const groundsShown = (grounds) => (grounds?.length
  ? h("ul", {}, grounds.map((one) => h("li", {}, typeof one === "string" ? one : `${one.clause}: ${inWords(one.text ?? one.words)}`)))
  : null);

export const outcomeShown = (outcome) => (outcome
  ? h("strong", { class: outcome === "granted" ? "well" : "bad" }, t(outcome)) : null);

/** Return how much is left, as words: days where there are days. */
export function left(seconds) {
  if (seconds === null || seconds === undefined) return "";
  if (seconds < 0) return h("span", { class: "bad" }, t("term_over"));
  const minutes = Math.floor(seconds / 60);
  const words = minutes >= 2880 ? t("days_left", { count: Math.floor(minutes / 1440) }) : t("minutes_left", { count: minutes });
  return h("span", { class: minutes < 10 ? "near" : null }, words);
}
