/** A session that a test tells step by step, and what insights are found in such sessions. */

import type { EventRecord, EventType, TelemetryEvent } from "../../core/event.ts";
import type { SafeText } from "../../core/privacy.ts";
import {
  type Insight,
  type InsightsQuery,
  reportInsights,
} from "../../core/reports/insights_report.ts";
import {
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
  type ResponseSketch,
} from "./events.ts";
import { filledHome, ONE } from "./filled_home.ts";

/** What is told of a call; it goes well, takes a second and says nothing else by default. */
export interface CallSketch {
  readonly outcome?: string;
  readonly error?: string;
  /** A letter stands for a path. */
  readonly file?: string;
  readonly extension?: string;
  readonly form?: string;
  readonly characters?: number;
  readonly durationMs?: number;
  readonly tookMs?: number;
  readonly added?: number;
  readonly removed?: number;
  readonly sidechain?: boolean;
  readonly server?: string;
  /** Searches of the web that it made. */
  readonly searches?: number;
  /** The response that asked for it. */
  readonly message?: string;
  /** Of what kind the tool is; what is known of its name by default. */
  readonly kind?: string;
}

/** What is told of a response besides. */
type Answer = Omit<ResponseSketch, "id"> & {
  readonly fast?: boolean;
  /** Whose tokens they are, where they are not the client's own. */
  readonly tokens?: "estimated" | "not_kept";
  /** What else its payload tells. */
  readonly told?: EventRecord;
};

/** Each step comes a second after the one before. */
export class Story {
  readonly events: TelemetryEvent[] = [];
  readonly #session: string;
  readonly #project: string;
  readonly #platform: string;
  #at: number;

  constructor(session = "s1", { at = NOON, project = ONE, platform = "claude_code" } = {}) {
    this.#session = session;
    this.#project = project;
    this.#platform = platform;
    this.#at = at;
  }

  /** Lets time pass. */
  wait(ms: number): this {
    this.#at += ms;
    return this;
  }

  /** Tells a part so many times. */
  times(count: number, tell: (story: this, i: number) => unknown): this {
    for (let i = 0; i < count; i++) tell(this, i);
    return this;
  }

  /** Something typed. */
  prompt(): this {
    return this.#add(makePrompt(this.#place()));
  }

  /** Anything else that was typed or happened, without more to say of it by default. */
  input(type: EventType, payload: EventRecord = {}): this {
    return this.#add(makeEvent(type, this.#place(), payload));
  }

  /** A response of the model. */
  response({ fast, tokens, told = {}, ...rest }: Answer = {}): this {
    const event = makeResponse({ ...this.#place(), ...rest });
    const more: EventRecord = {
      ...(fast ? { fast } : {}),
      ...(tokens ? { tokens: tokens as SafeText } : {}),
    };
    return this.#add({ ...event, payload: { ...event.payload, ...more, ...told } });
  }

  /** A call that a hook saw a person being asked for. */
  askedCall(tool: string, sketch: CallSketch = {}): this {
    const { id, ...place } = this.#place();
    const asked = makeEvent("permission_request", { ...place, id }, { tool: tool as SafeText });
    this.events.push({ ...asked, hookType: "PermissionRequest" as SafeText });
    return this.call(tool, sketch);
  }

  /** A call of a tool, and how it ended. */
  call(tool: string, sketch: CallSketch = {}): this {
    const { outcome = "ok", tookMs = 0, sidechain = false, added, removed } = sketch;
    const place = { ...this.#place(), sidechain };
    const use = makeToolUse({
      ...place,
      use: place.id,
      tool,
      ...textsOf(sketch),
      message: sketch.message,
    });
    const payload: EventRecord = {
      ...use.payload,
      ...(sketch.form ? { form: sketch.form as SafeText } : {}),
      ...(sketch.file ? { file: `file-${sketch.file}` as SafeText } : {}),
      ...(sketch.kind ? { tool_kind: sketch.kind as SafeText } : {}),
      ...(sketch.server ? { mcp_server: sketch.server as SafeText } : {}),
    };
    this.events.push({ ...use, payload });
    if (outcome === "none") return this.wait(1000);
    const result = makeToolResult({
      ...place,
      id: `${place.id}-end`,
      use: place.id,
      at: this.#at + tookMs,
      outcome,
      added: added ?? 0,
      removed: removed ?? 0,
    });
    const told: EventRecord = {
      ...result.payload,
      ...(sketch.error ? { error_class: sketch.error as SafeText } : {}),
      ...(sketch.characters === undefined ? {} : { characters: sketch.characters }),
      ...(sketch.searches === undefined ? {} : { web_searches: sketch.searches }),
      ...(sketch.durationMs === undefined ? {} : { duration_ms: sketch.durationMs }),
    };
    return this.#add({ ...result, payload: told });
  }

  #place() {
    const id = `${this.#session}-${this.events.length}`;
    return {
      id,
      session: this.#session,
      project: this.#project,
      platform: this.#platform,
      at: this.#at,
    };
  }

  #add(event: TelemetryEvent): this {
    this.events.push(event);
    return this.wait(1000);
  }
}

function textsOf({ file, extension = file === undefined ? undefined : "ts" }: CallSketch) {
  return extension === undefined ? {} : { extension };
}

/** What is found of one kind in these sessions, through the real pipeline. */
export async function findInsights(
  kind: string,
  stories: Story | readonly Story[],
  query: InsightsQuery = {},
): Promise<Insight[]> {
  await using home = await filledHome([stories].flat().flatMap(({ events }) => events));
  return reportInsights(home.db, { limit: 0, ...query }).insights
    .filter((insight) => insight.kind === kind);
}
