// Forms and documents as rows of names and values, whatever service they are of.
import { get } from "./api.js";
import { facts, h } from "./dom.js";
import { at, inWords, t } from "./words.js";

const forms = new Map();

/** Return what was asked in a service's form, under the form's own titles. */
export async function formShown(service, form) {
  if (!forms.has(service)) forms.set(service, (await get(`/v1/services/${service}/form`)).schema);
  const schema = forms.get(service);
  return facts(rowsOf(schema, form, schema.$defs ?? {}));
}

function rowsOf(schema, form, defs) {
  return Object.entries(form ?? {}).flatMap(([name, value]) => {
    const property = schema.properties?.[name] ?? {};
    const inner = property.$ref ? defs[property.$ref.split("/").pop()] : null;
    if (name === "provider_bin" || value === null) return [];
    if (inner) return rowsOf(inner, value, defs);
    return [[inWords(property.titles) || name, name.endsWith("_at") ? at(value) : String(value)]];
  });
}

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
