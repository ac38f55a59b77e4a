/**
 * Whose an export is, sealed under the key of a team: scrypt (RFC 7914) makes a key of that one,
 * and AES-256-GCM (NIST SP 800-38D) seals with it under a fresh nonce. Who lacks the key sees
 * noise that is another one in each export, and can link no two of them.
 *
 * @module
 */

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  scryptSync,
} from "node:crypto";

/** What is sealed. */
export interface Member {
  /** The same in all exports of an installation for a team: 32 hex digits. */
  readonly id: string;
  /** Milliseconds since 1970 UTC: it tells which of two exports of a day is the newer one. */
  readonly exportedAt: number;
}

/** What a sealed member looks like: hex of nonce, member and tag. */
export const SEALED_MEMBER_SHAPE = /^[0-9a-f]{104}$/;

const CIPHER = "aes-256-gcm";
const ID_BYTES = 16, TIME_BYTES = 8, NONCE_BYTES = 12;
// 32 MB for each guess; once for all files. The salt is one for all, as they share the key.
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const SALT = "blueplane.team/1";

/** Seals and opens under one team's key. */
export class MemberSeal {
  readonly #team: string;
  readonly #key: Uint8Array;

  /** @param team the key as its holders type it */
  constructor(team: string) {
    this.#team = team.normalize("NFC");
    this.#key = scryptSync(this.#team, SALT, 32, COST);
  }

  /** The id of an installation: the HMAC of its key under that of the team. */
  idOf(installKey: Uint8Array): string {
    return createHmac("sha256", this.#team).update(installKey).digest("hex").slice(
      0,
      2 * ID_BYTES,
    );
  }

  /** Seals a member; each time it is another text. */
  seal({ id, exportedAt }: Member): string {
    const plain = new DataView(new ArrayBuffer(ID_BYTES + TIME_BYTES));
    new Uint8Array(plain.buffer).setFromHex(id);
    plain.setFloat64(ID_BYTES, exportedAt);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce);
    const data = cipher.update(new Uint8Array(plain.buffer)).toString("hex") +
      cipher.final("hex");
    return nonce.toString("hex") + data + cipher.getAuthTag().toString("hex");
  }

  /** Opens what {@linkcode SEALED_MEMBER_SHAPE} matches; undefined under another key. */
  open(sealed: string): Member | undefined {
    const bytes = Uint8Array.fromHex(sealed), end = NONCE_BYTES + ID_BYTES + TIME_BYTES;
    const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(end));
    try {
      const plain = decipher.update(bytes.subarray(NONCE_BYTES, end));
      decipher.final();
      const exportedAt = new DataView(plain.buffer, plain.byteOffset).getFloat64(ID_BYTES);
      return { id: plain.toString("hex").slice(0, 2 * ID_BYTES), exportedAt };
    } catch (error) {
      // All that goes wrong here says the same: it was sealed under another key, or changed.
      if (!(error instanceof Error)) throw error;
      return undefined;
    }
  }
}
