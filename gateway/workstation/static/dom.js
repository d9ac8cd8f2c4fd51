// Elements made by hand: text is always text, so nothing that a person has typed can become markup.

/** Return a new element; `on` names listeners, children are elements, texts, lists of them, or nothing. */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  const { on = {}, ...rest } = attributes;
  for (const [name, value] of Object.entries(rest)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  for (const [event, act] of Object.entries(on)) made.addEventListener(event, act);
  made.append(...flat(children));
  return made;
}

/** Put children into an element in place of what is there. */
export function fill(element, ...children) {
  element.replaceChildren(...flat(children));
  return element;
}

export function button(words, act, attributes = {}) {
  return h("button", { type: "button", ...attributes, on: { click: act } }, words);
}

/** Return rows of names and values; what is not known is left out. */
export function facts(rows) {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return h("dl", {}, known.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** Return a table; where the screen is narrow each row is a card, so its roles are said and not left to its display. */
export function table(caption, heads, rows) {
  const head = h("thead", { role: "rowgroup" }, h("tr", { role: "row" },
    heads.map((one) => h("th", { scope: "col", role: "columnheader" }, one))));
  const lines = rows.map((cells) => h("tr", { role: "row" }, cells.map((one, place) => place === 0
    ? h("th", { scope: "row", role: "rowheader" }, one)
    : h("td", { "data-head": heads[place], role: "cell" }, one))));
  return h("table", { role: "table" }, h("caption", {}, caption), head, h("tbody", { role: "rowgroup" }, lines));
}

function flat(children) {
  return children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false);
}
