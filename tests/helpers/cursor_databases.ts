/** Databases as Cursor leaves them, and a process that writes to one. */

import { DatabaseSync } from "node:sqlite";

/** A row: of `ItemTable` unless its key begins as those of `cursorDiskKV` do. */
export type PlainRow = readonly [key: string | null, value: string | Uint8Array | null];

type Sql = readonly [sql: string, ...parameters: (string | number | null)[]];

const TABLES = ["ItemTable", "cursorDiskKV"].map((table) =>
  `create table if not exists ${table} (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)`
);

/** Makes a database with these rows and closes it: nothing lies beside it. */
export function makeState(
  path: string,
  rows: Iterable<PlainRow> = [],
  mode: "wal" | "delete" = "wal",
): void {
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  using db = new DatabaseSync(path);
  db.exec(`pragma journal_mode = ${mode}; pragma synchronous = off; begin`);
  for (const sql of TABLES) db.exec(sql);
  const inserts = {
    ItemTable: insertInto("ItemTable"),
    cursorDiskKV: insertInto("cursorDiskKV"),
  };
  const statements = {
    ItemTable: db.prepare(inserts.ItemTable),
    cursorDiskKV: db.prepare(inserts.cursorDiskKV),
  };
  for (const [key, value] of rows) statements[tableOf(key)].run(key, value);
  db.exec("commit");
}

/** Changes a closed database, as a program that is not Cursor may. */
export function changeState(path: string, change: (db: DatabaseSync) => void): void {
  using db = new DatabaseSync(path);
  change(db);
}

/** Starts a writer. */
export async function startWriter(path: string, mode = "wal"): Promise<CursorWriter> {
  const writer = new CursorWriter(path, mode);
  await writer.answer();
  return writer;
}

/** A running Cursor, as far as its database sees it. Disposing it kills it. */
export class CursorWriter implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #output: ReadableStreamDefaultReader<Uint8Array>;
  #answers = "";
  #hasEnded = false;

  constructor(path: string, mode: string) {
    const script = new URL("./cursor_writer.ts", import.meta.url).pathname;
    this.#process = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-config", decodeURIComponent(script), path, mode],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#input = this.#process.stdin.getWriter();
    this.#output = this.#process.stdout.getReader();
  }

  /** Runs statements as one transaction, which is committed then. */
  async run(...statements: readonly Sql[]): Promise<void> {
    await this.#input.write(new TextEncoder().encode(`${JSON.stringify(statements)}\n`));
    await this.answer();
  }

  /** Writes rows. */
  async put(...rows: readonly PlainRow[]): Promise<void> {
    await this.run(...rows.map(([key, value]): Sql => [
      insertInto(tableOf(key)),
      key,
      value as string | null,
    ]));
  }

  /** Waits for the next line of the writer. */
  async answer(): Promise<void> {
    while (!this.#answers.includes("\n")) {
      const { value, done } = await this.#output.read();
      if (done) throw new Error("Cannot write as Cursor does: the writer ended");
      this.#answers += new TextDecoder().decode(value);
    }
    this.#answers = this.#answers.slice(this.#answers.indexOf("\n") + 1);
  }

  /** Ends it as a user does: its log is taken into the database. */
  async close(): Promise<void> {
    await this.#input.close();
    await this.#end();
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#input.abort().catch(() => undefined);
    await this.#end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#hasEnded) await this.kill();
  }

  async #end(): Promise<void> {
    this.#hasEnded = true;
    await this.#output.cancel();
    await this.#process.status;
  }
}

/** What lies in a folder, with sizes: to see that nothing was written beside a database. */
export function listFolder(path: string): string[] {
  return [...Deno.readDirSync(path)].map(({ name }) =>
    `${name} ${Deno.statSync(`${path}/${name}`).size}`
  ).sort();
}

function insertInto(table: string): string {
  return `insert into ${table} (key, value) values (?, ?)`;
}

function tableOf(key: string | null): "ItemTable" | "cursorDiskKV" {
  const isKeyed = /^(composerData|bubbleId|agentKv|checkpointId|codeBlock\w+):/.test(key ?? "");
  return isKeyed ? "cursorDiskKV" : "ItemTable";
}
