/** Writes small transcripts in the shape in which the assistant's own program leaves them. */

/** What differs from the usual transcript. */
export interface TranscriptOptions {
  /** Makes the session's id and all ids in it. @default {1} */
  readonly session?: number;
  /** The working folder. @default {"/home/ada/engine"} */
  readonly cwd?: string;
  /** Milliseconds; a line comes each second from then on. @default a minute ago */
  readonly startedAt?: number;
}

/** What an API response tells. */
export interface ResponseSketch {
  /** Output tokens. @default {100} */
  readonly output?: number;
  readonly model?: string;
  readonly text?: string;
  /** The tool that it asks for. */
  readonly tool?: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

/** How a call of a tool ended. */
export interface ResultSketch {
  readonly content?: unknown;
  readonly isError?: boolean;
  readonly toolUseResult?: unknown;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** One transcript file; every method appends a line. */
export class Transcript {
  readonly path: string;
  readonly sessionId: string;
  readonly #session: number;
  readonly #cwd: string;
  #time: number;
  #count = 0;
  #lastUuid: string | null = null;
  #lastToolUse = "";

  /** @param claude the assistant's folder, whose `projects` holds the file */
  constructor(claude: string, options: TranscriptOptions = {}) {
    const { session = 1, cwd = "/home/ada/engine", startedAt = Date.now() - MINUTE_MS } = options;
    this.#session = session;
    this.#cwd = cwd;
    this.#time = startedAt;
    this.sessionId = `${hex(session, 8)}-0000-4000-8000-00000000cafe`;
    const folder = `${claude}/projects/${cwd.replaceAll(/[^A-Za-z0-9]/g, "-")}`;
    Deno.mkdirSync(folder, { recursive: true });
    this.path = `${folder}/${this.sessionId}.jsonl`;
  }

  /** Something that a person typed. */
  prompt(text?: string): this {
    // The same words at the same time would be the same prompt, replayed.
    text ??= `Look at part ${this.#count} of engine ${this.#session}`;
    return this.add("user", { message: { role: "user", content: text } });
  }

  /** One API response in one line. */
  response(sketch: ResponseSketch = {}): this {
    const { output = 100, model = "claude-opus-4-6", text = "Yes.", tool, input = {} } = sketch;
    const id = `${hex(this.#session, 8)}${hex(this.#count, 8)}`;
    if (tool !== undefined) this.#lastToolUse = `toolu_${id}`;
    const content = tool === undefined
      ? [{ type: "text", text }]
      : [{ type: "tool_use", id: this.#lastToolUse, name: tool, input }];
    return this.add("assistant", {
      requestId: `req_${id}`,
      message: {
        id: `msg_${id}`,
        type: "message",
        role: "assistant",
        model,
        content,
        stop_reason: tool === undefined ? "end_turn" : "tool_use",
        stop_sequence: null,
        usage: {
          input_tokens: 5,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
          output_tokens: output,
          service_tier: "standard",
        },
      },
    });
  }

  /** The result of the tool that the last response asked for. */
  result({ content = "done", isError, toolUseResult }: ResultSketch = {}): this {
    const block = {
      tool_use_id: this.#lastToolUse,
      type: "tool_result",
      content,
      ...(isError ? { is_error: true } : {}),
    };
    return this.add("user", {
      message: { role: "user", content: [block] },
      ...(toolUseResult === undefined ? {} : { toolUseResult }),
    });
  }

  /** A line of any type. */
  add(type: string, fields: Readonly<Record<string, unknown>>): this {
    return this.write(`${this.line(type, fields)}\n`);
  }

  /** The text of a line, which is not written; a later line is its child. */
  line(type: string, fields: Readonly<Record<string, unknown>>): string {
    const uuid = `${hex(this.#count++, 8)}-0000-4000-8000-${hex(this.#session, 12)}`;
    const parentUuid = this.#lastUuid;
    this.#lastUuid = uuid;
    this.#time += SECOND_MS;
    return JSON.stringify({
      parentUuid,
      isSidechain: false,
      userType: "external",
      cwd: this.#cwd,
      sessionId: this.sessionId,
      version: "2.1.231",
      gitBranch: "main",
      type,
      uuid,
      timestamp: new Date(this.#time).toISOString(),
      ...fields,
    });
  }

  /** Appends bytes as they are. */
  write(text: string | Uint8Array): this {
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    Deno.writeFileSync(this.path, bytes, { append: true });
    return this;
  }
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}
