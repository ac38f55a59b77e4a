/** Tests of the key under a passphrase. */

import { deepEqual, equal, throws } from "node:assert/strict";
import { isSealedKey, openKey, sealKey } from "../../../cli/backup/sealed_key.ts";
import { keyPrint } from "../../../core/home.ts";

const KEY = new Uint8Array(32).map((_, i) => i * 7);

Deno.test("openKey() opens for the passphrase alone, however it is typed", () => {
  const sealed = sealKey(KEY, "caf\u00e9 noir 7");

  deepEqual(openKey(sealed, keyPrint(KEY), "cafe\u0301 noir 7"), KEY);
  equal(isSealedKey(JSON.parse(JSON.stringify(sealed))), true);
  equal(JSON.stringify(sealed).includes(Uint8Array.from(KEY).toHex()), false);
  const changed = { ...sealed, data: sealed.data.replace(/^./, (c) => c === "0" ? "1" : "0") };
  throws(() => openKey(changed, keyPrint(KEY), "caf\u00e9 noir 7"), /another one/);
});

Deno.test("sealKey() refuses a passphrase that is too short", () => {
  throws(() => sealKey(KEY, "1234567"), /fewer than 8 characters/);
});

Deno.test("isSealedKey() refuses what would take all memory or time", () => {
  const hex = (bytes: number) => "0".repeat(2 * bytes);
  const sealed = {
    kdf: "scrypt",
    n: 2 ** 17,
    r: 8,
    p: 1,
    salt: hex(16),
    nonce: hex(12),
    tag: hex(16),
    data: hex(32),
  };
  equal(isSealedKey(sealed), true);
  for (
    const change of [
      { n: 2 ** 30 },
      { n: 1000 },
      { n: 1 },
      { r: 1000 },
      { p: 0 },
      { kdf: "none" },
      { data: hex(33) },
      { salt: "zz" },
      { tag: undefined },
    ]
  ) equal(isSealedKey({ ...sealed, ...change }), false, JSON.stringify(change));
  equal(isSealedKey(null), false);
});
