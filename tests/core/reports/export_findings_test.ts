/** Tests of `core/reports/export_findings.ts`. */

import assert from "node:assert/strict";
import { exportFindings } from "../../../core/reports/export_findings.ts";
import { makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { answering, makeExported, makeRequest } from "../../helpers/exports.ts";
import { filledHome } from "../../helpers/filled_home.ts";

function of(id: string) {
  return { id, at: NOON };
}

async function found(...events: Parameters<typeof filledHome>[0] & object) {
  await using home = await filledHome(events);
  return exportFindings(home.db, NOON + 60_000);
}

Deno.test("exportFindings() says which share of responses exports saw", async () => {
  const told = [
    makePrompt(of("p")),
    answering("q1", makeResponse({ ...of("m1"), input: 1 })),
    makeRequest(of("x1"), { request_id: "q1" }),
  ];
  const [all] = await found(...told);
  const [half] = await found(...told, makeResponse({ ...of("m2"), input: 2 }));

  assert.deepEqual([all?.severity, all?.numbers], [
    "ok",
    { requests: 1, seen_share: 1, responses: 1 },
  ]);
  assert.deepEqual([half?.severity, half?.numbers?.seen_share], ["warning", 0.5]);
  assert.match(half?.remedy ?? "", /service install/);
});

Deno.test("exportFindings() names what is new, and is silent without exports", async () => {
  const [, unknown] = await found(
    makePrompt(of("p")),
    makeExported("unknown_export", of("x1"), { kind: "brand_new" }),
    makeExported("unknown_export", of("x2"), { kind: "brand_new" }),
  );

  assert.match(unknown?.title ?? "", /^2 exported records of a kind .*: brand_new 2$/);
  assert.deepEqual(await found(makePrompt(of("p"))), []);
});
