/** Tests of `web/pages/data/health_table.tsx`. */

import assert from "node:assert/strict";
import type { Finding } from "../../../../core/finding.ts";
import { HealthTable } from "../../../../web/pages/data/health_table.tsx";

const FINDINGS: readonly Finding[] = [
  { id: "a", severity: "ok", title: "All is well" },
  { id: "b", severity: "warning", title: "Much waits", remedy: "Do <it>", details: ["/home/x"] },
  { id: "c", severity: "note", title: "Remark" },
];

Deno.test("HealthTable() begins with the gravest, says what to do, and shows no detail", () => {
  const html = String(
    <HealthTable findings={FINDINGS} trouble="Cannot store: the disk is full" />,
  );

  const said = [...html.matchAll(/class="wrapped">([^<]*)/g)].map(([, text]) => text);
  assert.deepEqual(said, [
    "Cannot store: the disk is full",
    "Much waits",
    "Remark",
    "All is well",
  ]);
  assert.match(html, /Do &lt;it&gt;/);
  assert.doesNotMatch(html, /\/home/);
});
