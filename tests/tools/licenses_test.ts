/** Tests of how packages and their licences are found. */

import { deepEqual, equal } from "node:assert/strict";
import {
  type ModuleGraph,
  packagesInUse,
  packagesOf,
  readNotices,
} from "../../tools/licenses.ts";

function pack(name: string, dependencies: string[] = []) {
  return { name, version: "1.0.0", dependencies };
}

const npmPackages = {
  "app@1.0.0_peer@1.0.0": pack("app", ["deep@1.0.0", "peer@1.0.0"]),
  "deep@1.0.0": pack("deep", ["app@1.0.0_peer@1.0.0"]),
  "peer@1.0.0": pack("peer"),
  "only-tests@1.0.0": pack("only-tests", ["deep@1.0.0"]),
};

Deno.test("packagesOf() follows dependencies and no more, when they go in circles", () => {
  const graph: ModuleGraph = {
    modules: [{}, { npmPackage: "app@1.0.0_peer@1.0.0" }],
    npmPackages,
  };
  deepEqual(packagesOf([graph]).map(({ name }) => name), ["app", "deep", "peer"]);
});

Deno.test("packagesOf() names a package once, when several entry points import it", () => {
  const peer = { modules: [{ npmPackage: "peer@1.0.0" }], npmPackages };
  const deep = { modules: [{ npmPackage: "deep@1.0.0" }], npmPackages };
  deepEqual(packagesOf([peer, deep]).map(({ name }) => name), ["app", "deep", "peer"]);
});

/** Calls `check` with a new folder that holds `files`, and removes it. */
function withFolder(files: Record<string, string>, check: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, text] of Object.entries(files)) {
      Deno.writeTextFileSync(`${folder}/${name}`, text);
    }
    check(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("readNotices() joins all licence files, when there are several", () => {
  const files = {
    "package.json": `{"license": "MIT"}`,
    "license.md": "B\n",
    "NOTICE": "A\n",
    "licenses.ts": "code",
    "README.md": "no",
  };
  withFolder(files, (localPath) => {
    const [notice] = readNotices([{ ...pack("app"), localPath }]);
    deepEqual(notice, { name: "app", version: "1.0.0", license: "MIT", text: "A\n\nB" });
  });
});

Deno.test("readNotices() names the licence, when an old package writes it as objects", () => {
  const cases = {
    [`{"license": {"type": "ISC"}}`]: "ISC",
    [`{"licenses": [{"type": "MIT"}, {"type": "BSD"}]}`]: "MIT OR BSD",
    [`{}`]: "unknown",
  };
  for (const [json, license] of Object.entries(cases)) {
    withFolder({ "package.json": json }, (localPath) => {
      equal(readNotices([{ ...pack("old"), localPath }])[0]?.license, license);
    });
  }
});

Deno.test("readNotices() says unknown, when the package has no folder", () => {
  const notice = { name: "app", version: "1.0.0", license: "unknown", text: "" };
  deepEqual(readNotices([pack("app")]), [notice]);
});

Deno.test("packagesInUse() names the package that the price table is made of", async () => {
  const notices = readNotices(await packagesInUse(Deno.env.toObject()));
  const found = notices.filter(({ name }) => name === "@pydantic/genai-prices");

  deepEqual(found.map(({ license }) => license), ["MIT"]);
  equal(/MIT License/.test(found[0]!.text), true);
});
