// Free times of the clinic's doctors: a day, a doctor, a time.
import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { field } from "./fields.js";
import { attempt } from "./live.js";
import { at, isoDay, t, timeOf } from "./words.js";

const DAY = 86_400_000;

/** Return `node` to show, `field` to look over, and `value()`: the doctor and the time of the form. */
export async function times(bin) {
  const search = (query) => get(`/v1/appointments/slots?${new URLSearchParams({ bin, ...query })}`);
  const coming = await search({});
  const first = coming.slots[0]?.starts_at ?? coming.next_free ?? undefined;
  const day = field({ label: t("day"), type: "date", value: isoDay(first) });
  const doctor = field({ label: t("doctor"), required: false, options: [["", t("any_doctor")]] });
  const time = field({ label: t("free_time"), options: [["", ""]] });
  const told = h("p", { class: "hint", role: "status" });
  const wrong = h("div");
  const look = (anew) => attempt(wrong, async () => {
    const begins = new Date(`${day.value()}T00:00:00+05:00`);
    const within = { from: begins.toISOString(), to: new Date(begins.getTime() + DAY).toISOString() };
    const { slots, next_free: next } = await search({ ...within, ...(doctor.value() ? { doctor: doctor.value() } : {}) });
    if (anew) fill(doctor.input, options([["", t("any_doctor")], ...doctorsOf(slots)]));
    fill(time.input, options([["", ""], ...slots.map((one) => [`${one.starts_at} ${one.doctor.id}`, inLine(one)])]));
    fill(told, slots.length ? "" : `${t("no_free_time")} ${next ? t("next_free", { at: at(next) }) : ""}`);
  });
  day.input.addEventListener("change", () => { doctor.input.value = ""; if (day.value()) look(true); });
  doctor.input.addEventListener("change", () => { if (day.value()) look(false); });
  await look(true);
  return {
    node: h("div", {}, wrong, h("div", { class: "row" }, day.node, doctor.node), told, time.node),
    field: time,
    value() {
      const [starts_at, ...id] = time.value().split(" ");
      return { starts_at, doctor_id: id.join(" ") };
    },
  };
}

const options = (pairs) => pairs.map(([value, words]) => h("option", { value }, words));
const doctorsOf = (slots) => [...new Map(slots.map((one) => [one.doctor.id, one.doctor.name]))];
const inLine = (one) => `${timeOf(one.starts_at)} · ${one.doctor.replaced_by ?? one.doctor.name} · ${t("room", { room: one.room })}`;
