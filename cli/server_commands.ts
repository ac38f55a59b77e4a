/**
 * What the web face may have done by the pipeline of a server, also while there is none: it waits
 * for Redis, or it is being closed.
 *
 * @module
 */

import { answerExport } from "../capture/otlp_answer.ts";
import type { HeldExports } from "../capture/held_exports.ts";
import { OtlpError } from "../capture/otlp_error.ts";
import { PostedEventError, readPosted } from "../capture/posted_events.ts";
import { readExport } from "../capture/read_export.ts";
import { findPlatform, readHook } from "../capture/registry.ts";
import { spoolEvents } from "../capture/spool.ts";
import { encodeEvent, type TelemetryEvent } from "../core/event.ts";
import { requirePast } from "../core/purge.ts";
import type { PipelinePort } from "../pipeline/pipeline.ts";
import type {
  CommandAnswer,
  CommandArgument,
  CommandName,
} from "../pipeline/pipeline_commands.ts";
import { NotReadyError, RequestError } from "../web/problem.ts";
import type { Commands } from "../web/web_context.ts";
import { redisSettings } from "./redis_settings.ts";
import type { Workspace } from "./workspace.ts";

/** What the commands ask for at each call. */
export interface CommandParts {
  /** The pipeline, while there is one. */
  readonly pipeline: () => PipelinePort | undefined;
  /** Takes what of exports may have to wait. */
  readonly held: HeldExports;
  /** What stops the work now. */
  readonly trouble: () => string | undefined;
}

/** What is thrown for a request that is not what it should be. */
const REFUSALS = [OtlpError, PostedEventError, RangeError];

/** Makes them. */
export function serverCommands(workspace: Workspace, parts: CommandParts): Commands {
  const { io, home } = workspace;
  // Where the queue can be lost, hooks go to the spool: no file tells again what they told.
  const canBeLost = redisSettings(workspace) !== undefined;
  const store = async (told: readonly TelemetryEvent[]) => {
    const events = told.map(encodeEvent);
    if (events.length === 0) return;
    const pipeline = canBeLost ? undefined : parts.pipeline();
    if (pipeline) await pipeline.accept(events, []);
    else spoolEvents(home.spool, events, io.clock.now());
  };
  return {
    async takeHook(id, payload) {
      const now = io.clock.now();
      const platform = findPlatform(id);
      await store(platform ? await readHook(platform, payload, now, workspace) : []);
    },
    async takeExport(signal, encoding, body) {
      const context = { ...workspace, held: parts.held, receivedAt: io.clock.now() };
      const read = () => readExport(signal, encoding, body, context);
      const { events, rejected } = await ofRequest(read);
      await store(events);
      return answerExport(signal, encoding, rejected);
    },
    async takeEvents(posted) {
      const read = () => readPosted(posted, workspace);
      const { events, leftOut, fieldsDropped } = await ofRequest(read);
      await store(events);
      return { events: events.length, leftOut, fieldsDropped };
    },
    replay: (choice) => perform(parts, "replay", choice),
    drop: (choice) => perform(parts, "drop", choice),
    rebuild: (choice) => perform(parts, "rebuild", choice),
    async purge(choice) {
      await ofRequest(() => requirePast(choice, io.clock.now()));
      return await perform(parts, "purge", choice);
    },
    archive: (choice) => perform(parts, "archive", choice),
    changeInsights: (change) => perform(parts, "changeInsights", change),
  };
}

/** @throws {RequestError} when the body is not what it should be */
async function ofRequest<Read>(read: () => Read | Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    if (!REFUSALS.some((kind) => error instanceof kind)) throw error;
    throw new RequestError((error as Error).message, { cause: error });
  }
}

/** @throws {NotReadyError} when that cannot be done now, with the reason */
async function perform<Name extends CommandName>(
  { pipeline, trouble }: CommandParts,
  name: Name,
  argument: CommandArgument<Name>,
): Promise<CommandAnswer<Name>> {
  const port = pipeline();
  if (!port) throw new NotReadyError(trouble() ?? "Cannot answer: the server starts or stops");
  try {
    return await port.command(name, argument);
  } catch (error) {
    const reason = trouble();
    if (reason === undefined) throw error;
    throw new NotReadyError(reason, { cause: error });
  }
}
