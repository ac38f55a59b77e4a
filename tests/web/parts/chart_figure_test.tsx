/** Tests of `web/parts/chart_figure.tsx`. */

import assert from "node:assert/strict";
import { ChartFigure } from "../../../web/parts/chart_figure.tsx";

const TABLE = { caption: "Cost", columns: [{ title: "Day" }], rows: [["1 Mar"]] };
const TWO = [{ name: "one", look: "s1" }, { name: "two", look: "s2" }];

Deno.test("ChartFigure() has its chart, what there is to see, and the same as a table", () => {
  const html = String(
    <ChartFigure caption="Cost by day" table={TABLE}>
      <svg></svg>
    </ChartFigure>,
  );

  assert.match(html, /^<figure><div class="drawing"><svg><\/svg><\/div>/);
  assert.match(html, /<figcaption>Cost by day<\/figcaption>/);
  assert.match(html, /<details><summary>As a table<\/summary>.*<th scope="row">1 Mar</);
});

Deno.test("ChartFigure() has a legend, and says what the script may draw", () => {
  const render = (legend: typeof TWO) =>
    String(<ChartFigure caption="" legend={legend} live="series" table={TABLE}>x</ChartFigure>);

  assert.match(render(TWO), /<rect class="s2"[^>]*><\/rect><\/svg>two<\/li>/);
  assert.match(render(TWO), /^<figure data-chart="series">/);
});
