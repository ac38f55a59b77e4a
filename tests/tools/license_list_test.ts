/** Tests of the list of licences. */

import { ok } from "node:assert/strict";
import { licenseList } from "../../tools/license_list.ts";

const app = { name: "app", version: "1.2.3", license: "ISC" };

Deno.test("licenseList() holds the runtime's notice and each package's text, always", () => {
  const list = licenseList([{ ...app, text: "Copyright A" }]);
  ok(list.includes(`## Deno ${Deno.version.deno}\n\nLicence: MIT\n`));
  ok(list.includes("the Deno authors"));
  ok(list.includes("## app 1.2.3\n\nLicence: ISC\n\n```text\nCopyright A\n```\n"));
});

Deno.test("licenseList() says so, when a package holds no text", () => {
  ok(licenseList([{ ...app, text: "" }]).endsWith("The package holds no licence text.\n"));
});

Deno.test("licenseList() takes a longer fence, when a text holds one", () => {
  const list = licenseList([{ ...app, text: "```js\n1\n```" }]);
  ok(list.endsWith("\n````text\n```js\n1\n```\n````\n"));
});
