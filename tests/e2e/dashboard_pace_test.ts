/** How often a page is told of what is written, and of what; served by the binary. */

import { deepEqual, ok } from "node:assert/strict";
import { startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { type LiveSocket, openLiveSocket } from "./live_socket.ts";

/** Calls that are written in about two seconds, a line for each and one for its result. */
const CALLS = 100;
const EVERY_MS = 20;
const MESSAGES_A_SECOND_MAX = 10;
/** A timer of the runtime goes off so much too early at most, by its whole milliseconds. */
const EARLY_MS = 2;

Deno.test("blueplane serve sends ten messages a second at most, of what changed", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt().response();
  const { server, url } = await startServe(machine);
  await using _server = server;
  await using socket = await openLiveSocket(url);

  for (let i = 0; i < CALLS; i++) {
    transcript.response({ tool: "Grep" }).result();
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  await until("all was told", () => socket.data.tool_uses === CALLS);

  const told = messagesOf(socket);
  deepEqual(told.map(({ type }) => type).slice(0, 2), ["snapshot", "change"]);
  // It moved meanwhile, and not only when all was written.
  ok(told.length > 3, `${told.length} messages`);
  deepEqual(secondsWithMore(told.slice(1)), []);
  deepEqual(repeated(told), []);
});

interface Message {
  readonly type: string;
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}

function messagesOf({ messages }: LiveSocket): Message[] {
  return messages.map((text) => {
    const { type, timestamp, data } = JSON.parse(text);
    return { type, at: Date.parse(timestamp), data };
  });
}

/** Spans of fewer than a second in which too many were sent, by the server's own clock. */
function secondsWithMore(told: readonly Message[]): number[] {
  return told.slice(MESSAGES_A_SECOND_MAX)
    .map(({ at }, i) => at - told[i]!.at)
    .filter((span) => span < 1000 - MESSAGES_A_SECOND_MAX * EARLY_MS);
}

/** Names of values that were sent again, though they were as before. */
function repeated(told: readonly Message[]): string[] {
  const held = new Map<string, string>();
  return told.flatMap(({ data }) =>
    Object.entries(data).filter(([name, value]) => {
      const text = JSON.stringify(value), isOld = held.get(name) === text;
      held.set(name, text);
      return isOld;
    }).map(([name]) => name)
  );
}
