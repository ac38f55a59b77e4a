/** Tests of `web/parts/tabs.tsx`. */

import assert from "node:assert/strict";
import { Tabs } from "../../../web/parts/tabs.tsx";

Deno.test("Tabs() links to each, and marks where one is", () => {
  const items = ["cost", "tokens"].map((name) => ({
    name,
    href: `/?measure=${name}`,
    isCurrent: name === "tokens",
  }));

  assert.equal(
    String(<Tabs label="Measure" items={items} />),
    '<nav class="tabs" aria-label="Measure"><a href="/?measure=cost">cost</a>' +
      '<a href="/?measure=tokens" aria-current="true">tokens</a></nav>',
  );
});
