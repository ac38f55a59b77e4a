/** Tests of examining what is not captured. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkCapture } from "../../../cli/doctor/capture_check.ts";
import { readConfig } from "../../../core/config.ts";

function check(file?: string) {
  const config = readConfig({ flags: {}, env: () => undefined, file });
  return checkCapture({ config })[0]!;
}

Deno.test("checkCapture() notes what is off, and warns of a pause", () => {
  equal(check().severity, "ok");
  const { severity, title, details, numbers } = check(
    '{ "capture": { "off": ["git"], "exclude": ["/home/ada/private"] } }',
  );
  equal(severity, "note");
  match(title, /^By your settings capture is not whole \(off: git; 1 folder left out\)$/);
  deepEqual(details, ["/home/ada/private"]);
  deepEqual(numbers, { paused: 0, off: 1, excluded_folders: 1 });
  const paused = check('{ "capture": { "paused": true } }');
  deepEqual([paused.severity, paused.title], [
    "warning",
    "By your settings capture is paused",
  ]);
});
