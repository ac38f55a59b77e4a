/** Tests of `core/reports/late_digest.ts`. */

import assert from "node:assert/strict";
import { addDigest, emptyDigest } from "../../../core/reports/digest.ts";
import { digestTexts } from "../../../core/reports/digest_text.ts";
import { LateDigest, readTexts } from "../../../core/reports/late_digest.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { readDigest, wholeQuery } from "../../../core/reports/digests.ts";

Deno.test("LateDigest() has every number of its texts, whatever is asked first", async () => {
  await using home = await filledHome();
  const now = home.clock.now(), query = wholeQuery({ from: undefined, to: now }, {}, now);
  const texts = digestTexts(
    readDigest(home.db, { ...query, parts: { ...query.parts, tools: true } }),
  );
  const [one, two] = [new LateDigest([texts]), new LateDigest([texts, texts])];
  const names = Object.keys(emptyDigest()) as (keyof LateDigest)[];

  for (const [late, count] of [[one, 1], [two, 2]] as const) {
    const read = readTexts(Array(count).fill(texts));
    assert.deepEqual(names.map((name) => late[name]), names.map((name) => read[name]));
  }
  const sum = emptyDigest();
  for (const late of [one, two]) addDigest(sum, late);
  assert.deepEqual(digestTexts(sum), digestTexts(readTexts([texts, texts, texts])));
  assert.ok(one.calls.size > 0 && one.durations.size > 0 && one.isTimed && one.durationMs > 0);
});
