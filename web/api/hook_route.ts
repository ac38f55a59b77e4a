/**
 * `POST /hooks/:platform`: what hooks post to us. The guard has asked for the header that only
 * our own clients send.
 *
 * @module
 */

import * as z from "zod";
import { MissingError } from "../problem.ts";
import { defineRoute, NOTHING } from "./route.ts";
import { named } from "./schema_parts.ts";

/** A hook is given whole files. */
const BODY = {
  schema: named("HookInput", z.unknown().describe("Whatever the assistant gives")),
  bytesMax: 64 * 1024 * 1024,
};

/** The answer comes once it is durable. */
export const HOOK_ROUTE = defineRoute({
  method: "post",
  path: "/hooks/:platform",
  id: "hook",
  summary: "What a hook of an assistant was given",
  inPath: { platform: z.string().max(64).describe("An assistant, in any spelling") },
  body: BODY,
  // No word more: an assistant reads what a hook answers.
  answer: NOTHING,
  handle: async (given, { context, body }) => {
    const platform = context.platformId(given.platform);
    if (platform === undefined) throw new MissingError("Cannot find this platform");
    await context.commands.takeHook(platform, body);
    return {};
  },
});
