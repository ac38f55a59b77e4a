/** Counts the bytes that this process really reads from files below a folder. */

/** What was read since the last look. */
export interface CountedReads extends Disposable {
  /** Bytes by path below the folder, and forgets them. */
  take(): ReadonlyMap<string, number>;
  /** All bytes, and forgets them. */
  takeBytes(): number;
}

type Path = string | URL;

/** Starts counting; disposing gives the system's functions back. */
export function countReads(folder: string): CountedReads {
  const real = Deno.realPathSync(folder);
  const bytes = new Map<string, number>();
  const note = (path: Path, size: number) => {
    const text = String(path);
    if (!text.startsWith(folder) && !text.startsWith(real)) return;
    bytes.set(text, (bytes.get(text) ?? 0) + size);
  };
  const before = { ...Deno };
  const counted = {
    openSync: (path: Path, options?: Deno.OpenOptions) =>
      counting(before.openSync(path, options), (size) => note(path, size)),
    open: async (path: Path, options?: Deno.OpenOptions) =>
      counting(await before.open(path, options), (size) => note(path, size)),
    readFileSync: (path: Path) => noting(path, before.readFileSync(path)),
    readFile: async (path: Path) => noting(path, await before.readFile(path)),
    readTextFileSync: (path: Path) => noting(path, before.readTextFileSync(path)),
    readTextFile: async (path: Path) => noting(path, await before.readTextFile(path)),
  };
  const noting = <T extends { readonly length: number }>(path: Path, content: T): T => {
    note(path, content.length);
    return content;
  };
  Object.assign(Deno, counted);
  const take = () => {
    const taken = new Map(bytes);
    bytes.clear();
    return taken;
  };
  return {
    take,
    takeBytes: () => take().values().reduce((sum, size) => sum + size, 0),
    [Symbol.dispose]() {
      for (const name of Object.keys(counted) as (keyof typeof counted)[]) {
        Object.assign(Deno, { [name]: before[name] });
      }
    },
  };
}

function counting(file: Deno.FsFile, note: (size: number) => void): Deno.FsFile {
  const readSync = file.readSync.bind(file), read = file.read.bind(file);
  file.readSync = (buffer) => {
    const size = readSync(buffer);
    note(size ?? 0);
    return size;
  };
  file.read = async (buffer) => {
    const size = await read(buffer);
    note(size ?? 0);
    return size;
  };
  return file;
}
