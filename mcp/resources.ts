/**
 * Resources and subscriptions to them: whoever subscribed is told when the document of a resource
 * has become another.
 *
 * @module
 */

import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import {
  ErrorCode,
  ReadResourceRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { Bell } from "../core/bell.ts";
import type { Database } from "../core/database.ts";
import { PERIODS } from "../core/reports/period.ts";
import { reportSessions } from "../core/reports/sessions_report.ts";
import type { McpContext } from "./mcp_context.ts";
import { ANNOUNCE_EVERY_MS } from "./metrics_tools.ts";
import type { OwnSession } from "./own_session.ts";
import { documentOf } from "./resource_documents.ts";
import {
  CURRENT_URI,
  LIMITS_URI,
  PRIVACY_URI,
  RECENT_URI,
  SESSION_TEMPLATE,
  SUMMARY_TEMPLATE,
  SUMMARY_URI,
} from "./resource_uris.ts";

const TYPE = "application/json";
const LISTED = 10;
const SUBSCRIPTIONS_MAX = 100;
/** The protocol's number for a resource that there is not. */
const NOT_FOUND = -32002;

const FIXED = [
  [CURRENT_URI, "This session", "How the session that asks goes, up to a second ago"],
  [RECENT_URI, "Recent sessions", "The latest sessions, a line each"],
  [SUMMARY_URI, "Metrics", "The last 24 hours in numbers"],
  [LIMITS_URI, "Limits", "How much of the account's limits is used, and where that goes"],
  [PRIVACY_URI, "Privacy", "What is kept and what never is"],
] as const;

/** Finds who asks, of a request that says no more than its connection does. */
type FindOwn = (db: Database) => OwnSession | undefined;

/** Adds the resources. */
export function addResources(server: McpServer, context: McpContext, own: FindOwn): void {
  const read = async (uri: string) => {
    const document = await readDocument(context, uri, own);
    if (document === undefined) {
      throw refusal(NOT_FOUND, "Cannot read the resource: there is none of this name");
    }
    return { contents: [{ uri, mimeType: TYPE, text: document }] };
  };
  for (const [uri, title, description] of FIXED) {
    server.registerResource(
      title.toLowerCase().replaceAll(" ", "_"),
      uri,
      { title, description, mimeType: TYPE },
      () => read(uri),
    );
  }
  const ids = (prefix: string) =>
    context.read((db) =>
      reportSessions(db, { limit: LISTED }).sessions.map(({ session_id }) => session_id)
        .filter((id) => id.startsWith(prefix))
    );
  server.registerResource(
    "session",
    new ResourceTemplate(SESSION_TEMPLATE, {
      list: async () => ({
        resources: (await ids("")).map((id) => ({
          uri: SESSION_TEMPLATE.replace("{id}", id),
          name: `session ${id.slice(0, 8)}`,
        })),
      }),
      complete: { id: ids },
    }),
    { title: "A session", description: "One session in numbers", mimeType: TYPE },
    (uri: URL) => read(uri.href),
  );
  server.registerResource(
    "summary",
    new ResourceTemplate(SUMMARY_TEMPLATE, {
      list: undefined,
      complete: {
        period: (prefix: string) => Object.keys(PERIODS).filter((one) => one.startsWith(prefix)),
      },
    }),
    { title: "Metrics of a period", description: "1h 24h 7d 30d all", mimeType: TYPE },
    (uri: URL) => read(uri.href),
  );
  // The SDK's own says of what it does not know that the arguments are wrong, and repeats it.
  server.server.setRequestHandler(
    ReadResourceRequestSchema,
    ({ params }: { params: { uri: string } }) => read(params.uri),
  );
}

async function readDocument(
  context: McpContext,
  uri: string,
  own: FindOwn,
): Promise<string | undefined> {
  const document = await context.read((db) =>
    documentOf(uri, { db, own: own(db), now: context.clock.now() })
  );
  return document && JSON.stringify(document);
}

/** Announces changes until disposed. */
export class Subscriptions implements AsyncDisposable {
  readonly #server: McpServer;
  readonly #context: McpContext;
  readonly #own: FindOwn;
  /** The document of each resource as it was announced last. */
  readonly #known = new Map<string, string | undefined>();
  readonly #bell = new Bell();
  readonly #stop = new AbortController();
  readonly #onTrouble: (error: unknown) => void;
  #listening: Disposable | undefined;
  #announcing: Promise<void> | undefined;

  constructor(
    server: McpServer,
    context: McpContext,
    own: FindOwn,
    onTrouble: (error: unknown) => void,
  ) {
    this.#server = server;
    this.#context = context;
    this.#own = own;
    this.#onTrouble = onTrouble;
    server.server.setRequestHandler(
      SubscribeRequestSchema,
      async ({ params: { uri } }: { params: { uri: string } }) => {
        await this.#add(uri);
        return {};
      },
    );
    server.server.setRequestHandler(
      UnsubscribeRequestSchema,
      ({ params: { uri } }: { params: { uri: string } }) => {
        this.#known.delete(uri);
        return {};
      },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#listening?.[Symbol.dispose]();
    await this.#announcing;
  }

  async #add(uri: string): Promise<void> {
    if (this.#known.size >= SUBSCRIPTIONS_MAX) {
      const text = "Cannot subscribe: there are too many; end some";
      throw refusal(ErrorCode.InvalidRequest, text);
    }
    const document = await readDocument(this.#context, uri, this.#own);
    if (document === undefined) {
      throw refusal(NOT_FOUND, "Cannot subscribe: there is no such resource");
    }
    this.#known.set(uri, document);
    this.#listening ??= this.#context.onChange(() => this.#bell.ring());
    this.#announcing ??= this.#announce();
  }

  async #announce(): Promise<void> {
    const { clock } = this.#context, { signal } = this.#stop;
    while (!signal.aborted) {
      if (await this.#bell.wait(clock, FOREVER_MS, signal)) await this.#compare();
      await clock.sleep(ANNOUNCE_EVERY_MS, signal);
    }
  }

  async #compare(): Promise<void> {
    for (const [uri, before] of [...this.#known]) {
      try {
        const now = await readDocument(this.#context, uri, this.#own);
        if (now === before || !this.#known.has(uri)) continue;
        this.#known.set(uri, now);
        await this.#server.server.sendResourceUpdated({ uri });
      } catch (error) {
        // The next change tries again.
        this.#onTrouble(error);
      }
    }
  }
}

/** The longest time that the system's timers take. */
const FOREVER_MS = 2 ** 31 - 1;

/** The protocol's error. The SDK's own class would put the number into the words: clients do. */
function refusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { code });
}
