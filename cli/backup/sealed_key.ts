/**
 * The key of an installation under a passphrase: scrypt (RFC 7914) makes a key of that one, and
 * AES-256-GCM (NIST SP 800-38D) seals with it. Whoever changes a bit, or has another passphrase,
 * gets nothing.
 *
 * @module
 */

import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { KEY_BYTES, keyPrint } from "../../core/home.ts";
import { UsageError } from "../exit.ts";

/** What a backup holds of it; texts are hex. */
export interface SealedKey {
  readonly kdf: "scrypt";
  readonly n: number;
  readonly r: number;
  readonly p: number;
  readonly salt: string;
  readonly nonce: string;
  readonly tag: string;
  readonly data: string;
}

/** The shortest that is taken. */
export const PASSPHRASE_CHARACTERS_MIN = 8;

// 128 MB and about half a second for each guess.
const COST = { n: 2 ** 17, r: 8, p: 1 } as const;
const MEMORY_BYTES_MAX = 512 * 1024 * 1024;
const CIPHER = "aes-256-gcm";

/**
 * Seals a key.
 *
 * @throws {UsageError} for a passphrase that is too short
 */
export function sealKey(key: Uint8Array, passphrase: string): SealedKey {
  if ([...passphrase].length < PASSPHRASE_CHARACTERS_MIN) {
    throw new UsageError(
      `Cannot use the passphrase: it has fewer than ${PASSPHRASE_CHARACTERS_MIN} characters`,
    );
  }
  const salt = randomBytes(16), nonce = randomBytes(12);
  const cipher = createCipheriv(CIPHER, derive(passphrase, salt, COST), nonce);
  cipher.setAAD(new TextEncoder().encode(keyPrint(key)));
  const data = cipher.update(key).toString("hex") + cipher.final("hex");
  const hex = { salt: salt.toString("hex"), nonce: nonce.toString("hex") };
  return { kdf: "scrypt", ...COST, ...hex, tag: cipher.getAuthTag().toString("hex"), data };
}

/**
 * Opens it.
 *
 * @param print that of the key
 * @throws {UsageError} for another passphrase, or what was changed
 */
export function openKey(sealed: SealedKey, print: string, passphrase: string): Uint8Array {
  const hex = (text: string) => Uint8Array.fromHex(text);
  try {
    const derived = derive(passphrase, hex(sealed.salt), sealed);
    const decipher = createDecipheriv(CIPHER, derived, hex(sealed.nonce));
    decipher.setAAD(new TextEncoder().encode(print));
    decipher.setAuthTag(hex(sealed.tag));
    const key = new Uint8Array([...decipher.update(hex(sealed.data)), ...decipher.final()]);
    if (key.length === KEY_BYTES && keyPrint(key) === print) return key;
  } catch (error) {
    // All that goes wrong here says the same, and no more is to be learned of it.
    if (!(error instanceof Error)) throw error;
  }
  throw new UsageError("Cannot open the key of the backup: the passphrase is another one");
}

/** Whether it has the form, and asks for no more memory and time than it may. */
export function isSealedKey(value: unknown): value is SealedKey {
  if (typeof value !== "object" || value === null) return false;
  const { kdf, n, r, p, salt, nonce, tag, data } = value as Partial<SealedKey>;
  const isHex = (text: unknown, bytes: number) =>
    typeof text === "string" && new RegExp(`^[0-9a-f]{${2 * bytes}}$`).test(text);
  const isCount = (count: unknown, max: number) =>
    typeof count === "number" && Number.isInteger(count) && count >= 1 && count <= max;
  return kdf === "scrypt" && isCount(n, 2 ** 18) && Number.isInteger(Math.log2(n!)) && n! > 1 &&
    isCount(r, 8) && isCount(p, 4) && isHex(salt, 16) && isHex(nonce, 12) && isHex(tag, 16) &&
    isHex(data, KEY_BYTES);
}

function derive(
  passphrase: string,
  salt: Uint8Array,
  { n, r, p }: Pick<SealedKey, "n" | "r" | "p">,
): Uint8Array {
  // However it is typed, it is the same.
  const bytes = new TextEncoder().encode(passphrase.normalize("NFC"));
  return scryptSync(bytes, salt, 32, { N: n, r, p, maxmem: MEMORY_BYTES_MAX });
}
