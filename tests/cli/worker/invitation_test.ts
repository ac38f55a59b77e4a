/** Tests of invitations as text. */

import { deepEqual, match, throws } from "node:assert/strict";
import fc from "fast-check";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { decodeInvitation, encodeInvitation } from "../../../cli/worker/invitation.ts";

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);
const COPY = "; copy the whole line that blueplane worker --invite prints on the machine that " +
  "processes";
const NONE = { message: `Cannot join: this is no invitation${COPY}` };
const DAMAGED = {
  message: "Cannot join: the invitation is damaged, as when a part is missing or capitals " +
    `became small letters${COPY}`,
};

Deno.test("decodeInvitation() gives back every key that encodeInvitation() was given", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
      const line = encodeInvitation(key);
      match(line, /^blueplane-invite-1-[A-Za-z0-9_-]{48}$/);
      deepEqual(decodeInvitation(`  ${line}\r\n`), key);
    }),
    fcRuns(),
  );
});

Deno.test("decodeInvitation() refuses a line in which any one character is another", () => {
  const line = encodeInvitation(KEY);
  for (let at = 0; at < line.length; at++) {
    const other = line[at] === "A" ? "B" : "A";
    throws(
      () => decodeInvitation(line.slice(0, at) + other + line.slice(at + 1)),
      /^Error: Cannot/,
    );
  }
});

Deno.test("decodeInvitation() refuses what is none, and repeats nothing of it", () => {
  for (const text of ["", "hello", "🔑", encodeInvitation(KEY).slice(-30)]) {
    throws(() => decodeInvitation(text), NONE, text);
  }
});

Deno.test("decodeInvitation() says that a line is damaged, and repeats nothing of it", () => {
  const line = encodeInvitation(KEY);
  const damaged = [line.toLowerCase(), line.toUpperCase(), line.slice(0, -1), line.slice(9)];
  for (const text of [...damaged, `${line}A`, `${line} ${line}`, `> ${line}`]) {
    throws(() => decodeInvitation(text), DAMAGED, text);
  }
});

Deno.test("decodeInvitation() says what to do, when the line is of another version", () => {
  const line = encodeInvitation(KEY).replace("-1-", "-2-");
  throws(() => decodeInvitation(line), {
    message: "Cannot join: the invitation is of another version; install the same blueplane on " +
      "both machines",
  });
});
