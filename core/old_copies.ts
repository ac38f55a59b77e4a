/**
 * Copies of the database that are kept beside it: as it was before an upgrade, or damaged.
 *
 * @module
 */

/** A copy. */
export interface OldCopy {
  readonly path: string;
  /** Its name in the data folder. */
  readonly name: string;
  readonly kind: "schema" | "damaged";
  readonly bytes: number;
}

const NAME = /^(schema|damaged)-[0-9TZ.-]+(-wal|-shm|\.tmp)?$/;

/** All that there are, with the logs that belong to them. */
export function oldCopies(database: string): OldCopy[] {
  const at = database.lastIndexOf("/") + 1;
  const folder = database.slice(0, at), base = `${database.slice(at)}.`;
  return [...Deno.readDirSync(folder === "" ? "." : folder)].flatMap(({ name, isFile }) => {
    const kind = name.startsWith(base) ? NAME.exec(name.slice(base.length))?.[1] : undefined;
    if (!isFile || kind === undefined) return [];
    const path = folder + name;
    const copy = { path, name, kind: kind as OldCopy["kind"], bytes: Deno.statSync(path).size };
    return [copy];
  }).sort((a, b) => a.name < b.name ? -1 : 1);
}
