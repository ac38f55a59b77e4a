/** Tests of `web/live.ts`: over a real port and real WebSockets. */

import assert from "node:assert/strict";
import type { WSContext } from "hono/ws";
import { systemClock } from "../../core/clock.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { flatten } from "../../core/reports/live_numbers.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { Live, type Topic } from "../../web/live.ts";
import type { WebContext } from "../../web/web_context.ts";
import { startWeb, type WebServer } from "../../web/web_server.ts";
import { addWordBeside, wordsOf } from "../core/seen_rows.ts";
import { makePrompt, makeResponse, NOON } from "../helpers/events.ts";
import { filledHome, OPUS } from "../helpers/filled_home.ts";
import { until } from "../helpers/run_blueplane.ts";
import { openSocket, shakeHands, webContext } from "./open_web.ts";

const CLIENTS_MAX = 256;
const LATE = { session: "alpha", at: NOON + 200_000 };

Deno.test("Live() sends all numbers first, as the report has them", async () => {
  await using home = await filledHome();
  await using web = serve(webContext(home));

  await using client = await openSocket(web.url, "all");
  const [snapshot] = await client.take(1);

  const now = home.clock.now();
  const query = { period: rollingPeriod("all", now), now };
  const { totals, rates, coverage } = reportMetrics(home.db, query);
  assert.equal(snapshot!.schema, "blueplane.live/1");
  assert.equal(snapshot!.type, "snapshot");
  assert.equal(snapshot!.timestamp, "2026-03-01T13:00:00.000Z");
  assert.deepEqual(snapshot!.data, {
    ...flatten(totals, rates),
    ...coverage,
    files_done: 3,
    files_total: 3,
  });
});

Deno.test("Live() sends only the names that changed, after that", async () => {
  await using home = await filledHome();
  await using web = serve(webContext(home));
  await using client = await openSocket(web.url);
  await client.take(1);

  await home.tell(makePrompt({ id: "x1", ...LATE }));
  const [, change] = await client.take(2);

  assert.equal(change!.type, "change");
  assert.deepEqual(change!.data, {
    user_prompts: 4,
    interruption_rate: 0.2,
    productivity_score: 65.6,
    duration_ms: 255_000,
    active_ms: 255_000,
  });
});

Deno.test("Live() keeps the periods of its clients apart", async () => {
  await using home = await filledHome();
  await using web = serve(webContext(home));
  await using hour = await openSocket(web.url, "1h");
  await using all = await openSocket(web.url, "all");
  await Promise.all([hour.take(1), all.take(1)]);

  await home.tell(makePrompt({ id: "x1", session: "old", at: NOON - 3 * 86_400_000 }));
  await all.take(2);
  await home.tell(makePrompt({ id: "x2", ...LATE }));
  await hour.take(2);

  assert.equal(hour.messages[1]!.data.user_prompts, 3);
  assert.equal(all.messages[1]!.data.user_prompts, 6);
});

Deno.test("Live() says nothing, when what changed changes no number", async () => {
  await using home = await filledHome();
  await using web = serve(webContext(home));
  await using client = await openSocket(web.url, "1h");
  await client.take(1);

  await home.tell(makePrompt({ id: "x1", session: "old", at: NOON - 3 * 86_400_000 }));
  await home.tell(makePrompt({ id: "x2", ...LATE }));
  const [, change] = await client.take(2);

  assert.equal(change!.data.user_prompts, 3);
});

Deno.test("Live() sends at most ten messages a second, and the last number", async () => {
  await using home = await filledHome([]);
  await using web = serve(webContext(home, { clock: systemClock }));
  await using client = await openSocket(web.url, "all");
  let told = 0;

  await until("seven messages are here", async () => {
    const output = 1;
    await home.tell(makeResponse({ id: `m${told++}`, session: "s", model: OPUS, output }));
    return client.messages.length >= 7;
  });

  const times = client.messages.slice(1).map(({ timestamp }) => Date.parse(timestamp));
  // Six changes span five waits; the first one's report may have taken a while itself.
  assert.ok(times.at(-1)! - times[0]! >= 400, times.join(" "));
  await until(
    "the last number is here",
    () => client.messages.some(({ data }) => data.tokens_output === told),
  );
});

Deno.test("Live() goes on, when the clock was set back by an hour", async () => {
  await using home = await filledHome();
  await using web = serve(webContext(home));
  await using client = await openSocket(web.url, "all");
  await home.tell(makePrompt({ id: "x1", ...LATE }));
  await client.take(2);

  home.clock.advance(-3_600_000);
  await home.tell(makePrompt({ id: "x2", ...LATE, at: NOON - 3_000_000 }));

  await until("the change is here", () => client.messages.length === 3, 2000);
});

Deno.test("Live() is refused to a page of another site, before the upgrade", async () => {
  await using home = await filledHome([]);
  await using web = serve(webContext(home));

  const foreign: Record<string, string>[] = [
    { Origin: "http://evil.example" },
    { Origin: "null" },
    { Host: "evil.example" },
  ];
  for (const headers of foreign) {
    const { connection, answer } = await shakeHands(web.url, headers);
    connection.close();
    assert.equal(answer, "HTTP/1.1 403 Forbidden", JSON.stringify(headers));
  }
});

Deno.test("Live() is open to the page that the server sent itself", async () => {
  await using home = await filledHome([]);
  await using web = serve(webContext(home));

  const { connection, answer } = await shakeHands(web.url, { Origin: web.url });
  connection.close();

  assert.equal(answer, "HTTP/1.1 101 Switching Protocols");
});

Deno.test("Live() turns a client away, while there are too many", async () => {
  await using home = await filledHome([]);
  using live = new Live(webContext(home));
  const open = () => {
    const own = recordingSocket();
    const events = live.connect(topicOf(() => ({ value: 1 })));
    events.onOpen!(new Event("open"), own.socket);
    return { ...own, end: () => events.onClose!(new CloseEvent("close"), own.socket) };
  };
  const all = Array.from({ length: CLIENTS_MAX }, open);

  const refused = open();
  all[0]!.end();
  const taken = open();

  assert.deepEqual([refused.sent.length, refused.closed], [0, [1013]]);
  assert.deepEqual([taken.sent.length, taken.closed], [1, []]);
});

Deno.test("Live() closes its sockets and listens no longer, when disposed", async () => {
  await using home = await filledHome([]);
  let listeners = 0;
  const onChange = () => {
    listeners++;
    return { [Symbol.dispose]: () => listeners-- };
  };
  const live = new Live(webContext(home, { onChange }));
  const { socket, sent, closed } = recordingSocket();
  live.connect(topicOf(() => ({ user_prompts: 1 }))).onOpen!(new Event("open"), socket);

  live[Symbol.dispose]();

  assert.equal(sent.length, 1);
  assert.deepEqual(closed, [1001]);
  assert.equal(listeners, 0);
});

Deno.test("Live() tells of one state, when another process writes meanwhile", async () => {
  await using home = await filledHome([]);
  using live = new Live(webContext(home));
  const topic = topicOf(() => {
    const before = wordsOf(home.db).length;
    addWordBeside(home.path, "beside");
    return { new: wordsOf(home.db).length - before };
  });
  const { socket, sent } = recordingSocket();

  live.connect(topic).onOpen!(new Event("open"), socket);

  assert.deepEqual(sent.map((text) => JSON.parse(String(text)).data), [{ new: 0 }]);
});

Deno.test("Live.connect() closes the socket, when the report fails", async () => {
  await using home = await filledHome([]);
  using live = new Live(webContext(home));
  const topic = topicOf(() => {
    throw new Error("Cannot read the report: the disk is gone");
  });
  const { socket, closed } = recordingSocket();

  // What an event listener throws ends the process.
  assert.doesNotThrow(() => live.connect(topic).onOpen!(new Event("open"), socket));

  assert.deepEqual(closed, [1011]);
});

Deno.test("Live.connect() closes a socket that opens after the end", async () => {
  await using home = await filledHome([]);
  const live = new Live(webContext(home));
  const { socket, closed } = recordingSocket();
  const events = live.connect(topicOf(() => ({})));

  live[Symbol.dispose]();
  events.onOpen!(new Event("open"), socket);

  assert.deepEqual(closed, [1001]);
});

Deno.test("Live() survives a report that fails, and goes on with the next", async () => {
  await using home = await filledHome();
  let broken = false;
  const coverage = () => {
    if (broken) throw new Error("Cannot read the coverage: the disk is gone");
    return { files_done: 3, files_total: 3 };
  };
  using uncaught = uncaughtErrors();
  await using web = serve(webContext(home, { coverage }));
  await using first = await openSocket(web.url, "all");
  await first.take(1);

  broken = true;
  await home.tell(makePrompt({ id: "x1", ...LATE }));
  await until(
    "the report failed",
    () => uncaught.count > 0 || first.socket.readyState !== WebSocket.OPEN,
    3000,
  );
  broken = false;

  assert.equal(uncaught.count, 0);
  await using second = await openSocket(web.url, "all");
  assert.equal((await second.take(1))[0]!.data.user_prompts, 6);
});

Deno.test("Live() reads once and writes one text, when many ask the same", async () => {
  await using home = await filledHome([]);
  using live = new Live(webContext(home));
  let reads = 0;
  const all = Array.from({ length: 5 }, () => {
    const own = recordingSocket();
    live.connect(topicOf(() => ({ reads: ++reads, same: 7 }))).onOpen!(
      new Event("open"),
      own.socket,
    );
    return own;
  });
  assert.equal(reads, 1);

  await home.tell(makePrompt({ id: "x1", ...LATE }));
  await until("the change is here", () => all.every(({ sent }) => sent.length === 2));

  assert.equal(reads, 2);
  assert.equal(new Set(all.map(({ sent }) => sent[1])).size, 1);
  assert.deepEqual(JSON.parse(String(all[0]!.sent[1])).data, { reads: 2 });
});

Deno.test("Live() tells who comes late what is so now, and the others with them", async () => {
  await using home = await filledHome([]);
  using live = new Live(webContext(home));
  let value = 1;
  const topic = topicOf(() => ({ value }));
  const first = recordingSocket(), second = recordingSocket();
  live.connect(topic).onOpen!(new Event("open"), first.socket);

  value = 2;
  home.clock.advance(5000);
  live.connect(topic).onOpen!(new Event("open"), second.socket);

  assert.deepEqual(first.sent.map((text) => JSON.parse(String(text)).data.value), [1, 2]);
  assert.deepEqual(second.sent.map((text) => JSON.parse(String(text)).data.value), [2]);
});

function topicOf(read: Topic["read"]): Topic {
  return { key: "test", read };
}

function serve(context: WebContext): WebServer {
  return startWeb(context, { host: "127.0.0.1", port: 0 });
}

/** A socket that only notes what it is told. */
function recordingSocket() {
  const sent: unknown[] = [], closed: (number | undefined)[] = [];
  const socket = {
    close: (code?: number) => void closed.push(code),
    send: (message: unknown) => void sent.push(message),
  } as unknown as WSContext;
  return { socket, sent, closed };
}

/** Counts errors that nobody caught, which would end the process. */
function uncaughtErrors(): Disposable & { readonly count: number } {
  let count = 0;
  const note = (event: ErrorEvent) => {
    event.preventDefault();
    count++;
  };
  globalThis.addEventListener("error", note);
  return {
    get count() {
      return count;
    },
    [Symbol.dispose]: () => globalThis.removeEventListener("error", note),
  };
}
