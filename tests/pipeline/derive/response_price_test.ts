/** Tests of `pipeline/derive/response_price.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { openPrices } from "../../../core/prices.ts";
import { Words } from "../../../core/words.ts";
import { priceResponse } from "../../../pipeline/derive/response_price.ts";
import { toldResponse } from "../../../pipeline/derive/response_fact.ts";
import { keptNowhere, makeResponse } from "../../helpers/events.ts";

Deno.test("priceResponse() gives cost and effect of the cache, or none of them", () => {
  using db = openWriter(":memory:");
  const words = new Words(db), prices = openPrices(undefined);
  const priced = (event: ReturnType<typeof makeResponse>) => {
    const fact = toldResponse(event, 1, (word) => words.number(word));
    const { cost, cache_read_saved: saved, cache_write_extra: extra } = priceResponse(
      fact,
      prices,
      words,
    );
    return [cost, saved, extra];
  };
  const usage = { id: "a", input: 10, cacheRead: 1000, cacheCreation: 100 };

  // Opus 4.5: 5 dollars a million for input, 0.5 for a read, 6.25 for a write.
  assert.deepEqual(priced(makeResponse(usage)), [50 + 500 + 625, 4500, 125]);
  assert.deepEqual(priced(makeResponse({ ...usage, model: "other" })), [null, null, null]);
  assert.deepEqual(priced(keptNowhere()), [null, null, null]);
});
