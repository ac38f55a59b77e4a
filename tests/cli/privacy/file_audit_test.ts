/** Tests of the look at files. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { auditFile, filesBelow, whyUnaudited } from "../../../cli/privacy/file_audit.ts";
import { homeAt } from "../../../core/home.ts";
import { PrivacyAudit } from "../../../core/privacy_audit.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";

Deno.test("filesBelow() gives every file by its place, and follows no link", () => {
  using machine = tempMachine();
  const folder = `${machine.path}/some`;
  Deno.mkdirSync(`${folder}/logs`, { recursive: true });
  Deno.writeTextFileSync(`${folder}/a`, "");
  Deno.writeTextFileSync(`${folder}/logs/b`, "");
  Deno.symlinkSync(machine.user, `${folder}/link`);

  const places = [...filesBelow(folder)].map(({ place }) => place).sort();

  deepEqual(places, ["a", "logs/b"]);
});

Deno.test("auditFile() looks at every byte of a file that is larger than a read, once", () => {
  using machine = tempMachine();
  const path = `${machine.path}/large`;
  const bytes = new Uint8Array(17 << 20);
  for (const at of [0, (8 << 20) - 5, (8 << 20) + 5000, (17 << 20) - 12]) {
    bytes.set(new TextEncoder().encode("/home/ada/no"), at);
  }
  Deno.writeFileSync(path, bytes);
  const audit = new PrivacyAudit([]);
  let seen = 0;

  const place = auditFile(audit, { path, place: "large" }, (more) => seen += more);

  deepEqual(place, { place: "large", bytes: bytes.length });
  equal(seen, bytes.length);
  deepEqual(audit.findings, [{ place: "large", kind: "path", count: 4 }]);
});

Deno.test("auditFile() lets a log hold sentences, and nothing else", () => {
  using machine = tempMachine();
  const path = `${machine.path}/log`;
  Deno.writeTextFileSync(path, "weave it again as it does not answer at all");
  const audit = new PrivacyAudit([]);

  auditFile(audit, { path, place: "logs/serve.log" }, () => {});
  auditFile(audit, { path, place: "all.tar.gz: logs/serve.log" }, () => {});
  auditFile(audit, { path, place: "spool/1" }, () => {});

  deepEqual(audit.findings, [{ place: "spool/1", kind: "free_text", count: 1 }]);
});

Deno.test("whyUnaudited() says why of a key and of what users write, of nothing else", () => {
  const home = homeAt("/h");

  ok(
    [home.key, home.config, home.prices, home.configSchema].every((path) =>
      whyUnaudited(home, path)
    ),
  );
  for (
    const path of [home.database, home.log, home.installs, `${home.spool}/1`, "/x/config.json"]
  ) {
    equal(whyUnaudited(home, path), undefined);
  }
});
