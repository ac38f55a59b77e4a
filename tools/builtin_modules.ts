/**
 * Has bundled code take modules of Node as values: where one is imported, the runtime goes through
 * all that Node's modules are made of, anew for every `import()`, which takes most of its time.
 */

const IMPORT = /(?<=^|[;}\n])import(?:\{([^}]+)\}| ([\w$]+) )from"(node:\w+)";/g;

/** The code, written as esbuild does without white space, with values in place of imports. */
export function takeBuiltinModules(code: string): string {
  return code.replaceAll(IMPORT, (_, names: string | undefined, whole: string, of: string) => {
    const wanted = names === undefined ? whole : `{${names.replaceAll(" as ", ":")}}`;
    return `const ${wanted}=globalThis.process.getBuiltinModule("${of}");`;
  });
}
