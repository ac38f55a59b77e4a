/**
 * The first working folder that a transcript names, without reading all of it.
 *
 * @module
 */

const START_BYTES = 256 * 1024;
const CWD = /"cwd"\s*:\s*("(?:[^"\\]|\\.)*")/;

/** Undefined where its beginning names none, or it cannot be read. */
export function firstFolder(path: string): string | undefined {
  const named = CWD.exec(startOf(path))?.[1];
  try {
    return named === undefined ? undefined : JSON.parse(named) as string;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function startOf(path: string): string {
  try {
    using file = Deno.openSync(path, { read: true });
    const bytes = new Uint8Array(START_BYTES);
    return new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
  } catch (error) {
    // Whoever reads its lines tells what is wrong with it.
    if (error instanceof Error) return "";
    throw error;
  }
}
