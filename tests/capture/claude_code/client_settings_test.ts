/** Tests of `capture/claude_code/client_settings.ts`: how long transcripts last. */

import assert from "node:assert/strict";
import { cleanupFindings } from "../../../capture/claude_code/client_settings.ts";
import { type TempFolder, tempFolder } from "../../core/temp_folder.ts";

Deno.test("cleanupFindings() warn of the usual 30 days, when nothing is set", () => {
  using folder = tempFolder();

  const [finding] = cleanupFindings([{ path: folder.path, named: false }]);

  assert.equal(finding!.severity, "warning");
  assert.match(finding!.title, /after 30 days$/);
  assert.ok(finding!.remedy);
});

Deno.test("cleanupFindings() take the shortest of all folders", () => {
  using folder = tempFolder();
  const roots = [{ "cleanupPeriodDays": 99999 }, { "cleanupPeriodDays": 60 }, {}]
    .map((settings, i) => root(folder, `r${i}`, JSON.stringify(settings)));

  const days = (...some: typeof roots) => cleanupFindings(some)[0]!.numbers!.cleanup_period_days;

  assert.equal(days(...roots), 30);
  assert.equal(days(roots[0]!, roots[1]!), 60);
  assert.equal(cleanupFindings([roots[0]!])[0]!.severity, "ok");
  assert.equal(cleanupFindings([roots[0]!])[0]!.remedy, undefined);
});

Deno.test("cleanupFindings() find settings above a folder of projects", () => {
  using folder = tempFolder();
  const { path } = root(folder, "r", '{"cleanupPeriodDays":7}');
  Deno.mkdirSync(`${path}/projects`);

  const [finding] = cleanupFindings([{ path: `${path}/projects`, named: true }]);

  assert.equal(finding!.numbers!.cleanup_period_days, 7);
});

Deno.test("cleanupFindings() say nothing, when the assistant is not here", () => {
  using folder = tempFolder();

  assert.deepEqual(cleanupFindings([{ path: folder.at("none"), named: false }]), []);
});

Deno.test("cleanupFindings() assume the usual, when settings are broken or strange", () => {
  using folder = tempFolder();
  for (const [i, text] of ["{secret", "null", "[]", '{"cleanupPeriodDays":"x"}'].entries()) {
    const [finding] = cleanupFindings([root(folder, `r${i}`, text)]);

    assert.equal(finding!.numbers!.cleanup_period_days, 30, text);
    assert.equal(finding!.numbers!.settings_broken, text === "{secret" ? 1 : 0);
    assert.ok(!JSON.stringify(finding).includes("secret"));
  }
});

Deno.test("cleanupFindings() hold a path in their details alone", () => {
  using folder = tempFolder();

  const { details, ...finding } = cleanupFindings([{ path: folder.path, named: true }])[0]!;

  assert.ok(details!.join().includes(folder.path));
  assert.ok(!JSON.stringify(finding).includes(folder.path));
});

function root(folder: TempFolder, name: string, settings: string) {
  Deno.mkdirSync(folder.at(name));
  Deno.writeTextFileSync(`${folder.at(name)}/settings.json`, settings);
  return { path: folder.at(name), named: true };
}
