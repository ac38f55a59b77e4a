/** Tests of `cli/formats/finding_formats.ts`. */

import { equal } from "node:assert/strict";
import { findingsCsv, findingsMarkdown } from "../../../cli/formats/finding_formats.ts";
import type { Finding } from "../../../core/finding.ts";

const FINDINGS: readonly Finding[] = [
  { id: "disk", severity: "ok", title: "1 GB free", details: ["/home/ada"] },
  { id: "port", severity: "warning", title: "Port 1 is taken", remedy: "Take a, or b" },
];

Deno.test("findingsCsv() has a row for each, and no path", () => {
  equal(
    findingsCsv(FINDINGS).replaceAll("\r\n", "\n"),
    "id,severity,title,remedy\ndisk,ok,1 GB free,\n" +
      'port,warning,Port 1 is taken,"Take a, or b"\n',
  );
});

Deno.test("findingsMarkdown() has a row for each", () => {
  equal(
    findingsMarkdown(FINDINGS),
    "| severity | title | remedy |\n| --- | --- | --- |\n| ok | 1 GB free |  |\n" +
      "| warning | Port 1 is taken | Take a, or b |\n",
  );
});
