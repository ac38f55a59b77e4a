/** A folder that is gone when it is disposed, with a path for a database file in it. */

/** Where a test's database lies. */
export interface TempDatabase extends Disposable {
  readonly path: string;
}

/** Makes the folder. */
export function tempDatabase(): TempDatabase {
  const folder = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
  return {
    path: `${folder}/telemetry.db`,
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}
