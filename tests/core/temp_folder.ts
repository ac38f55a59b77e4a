/** A folder for the files of one test, gone when it is disposed. */

/** Where a test may write. */
export interface TempFolder extends Disposable {
  readonly path: string;
  /** The path of a file in it. */
  at(name: string): string;
}

/** Makes the folder. */
export function tempFolder(): TempFolder {
  const path = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
  return {
    path,
    at: (name) => `${path}/${name}`,
    [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }),
  };
}
