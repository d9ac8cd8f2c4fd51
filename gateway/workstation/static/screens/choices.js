// Who decides each service's requests of the portal: the rules at once, or an official who confirms them.
import { get, put } from "../api.js";
import { button, fill, h } from "../dom.js";
import { attempt, say } from "../live.js";
import { screen } from "../router.js";
import { t } from "../words.js";

async function draw(place) {
  const wrong = h("div");
  const { services } = await get("/v1/staff/deciding");
  const cards = services.map((one) => {
    const other = one.by === "rules" ? "official" : "rules";
    const choose = (event) => attempt(wrong, async () => {
      await put("/v1/staff/deciding", { service: one.service, by: other });
      await draw(place);
      say(`${t(`service_${one.service}`)}: ${t(`by_${other}`)}`);
    }, event.currentTarget);
    return h("li", {}, h("h2", {}, t(`service_${one.service}`)), h("p", {}, t(`by_${one.by}`)), button(t(`choose_${other}`), choose));
  });
  fill(place, wrong, h("p", {}, t("choices_hint")), h("ul", { class: "cards" }, cards));
}

screen("choices", "choices", ["administrator", "head"], draw);
