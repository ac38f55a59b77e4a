/**
 * `POST /api/v1/privacy/audit`: looks at every byte for what must not be there. It takes a while,
 * so that only our own clients may ask for it.
 *
 * @module
 */

import * as z from "zod";
import { defineRoute } from "./route.ts";
import { MOMENT, named } from "./schema_parts.ts";

const AUDITED = named(
  "PrivacyAudit",
  z.object({
    schema: z.literal("blueplane.privacy_audit_summary/1"),
    audited_at: MOMENT,
    clean: z.boolean().describe("Whether nothing was found"),
    findings: z.array(z.object({ place: z.string(), kind: z.string(), count: z.number() })),
    places: z.number(),
    bytes: z.number(),
    events: z.number(),
    own_words: z.number().describe("Pieces of the assistants' own files that were looked for"),
  }),
);

/** The answer comes when all was looked at. */
export const AUDIT_ROUTE = defineRoute({
  method: "post",
  path: "/api/v1/privacy/audit",
  id: "auditPrivacy",
  summary: "Looks at every byte that is stored for what must not be there",
  body: { schema: named("NoChoice", z.strictObject({})), bytesMax: 1024 },
  answer: AUDITED,
  handle: async (_given, { context }) => {
    const { at, ownWords, clean, findings, places, bytes, events } = await context.audit.run();
    return {
      schema: "blueplane.privacy_audit_summary/1",
      audited_at: new Date(at).toISOString(),
      clean,
      findings,
      places,
      bytes,
      events,
      own_words: ownWords,
    };
  },
});
