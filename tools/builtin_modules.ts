/**
 * Has bundled code take modules of Node as values: where one is imported, the runtime goes through
 * all that Node's modules are made of, anew for every `import()`, which takes most of its time. So
 * does what makes a `require`, which packages call for nothing else: they are bundled themselves.
 */

const IMPORT = /(?<=^|[;}\n])import(?:\{([^}]+)\}| ([\w$]+) )from"(node:\w+)";/g;

const REQUIRE =
  /(?<=^|[;}\n])import\{createRequire as (\w+)\}from"node:module";var __require=\1\([^)]+\);/;
const TAKE = "globalThis.process.getBuiltinModule";

/** The code, written as esbuild does without white space, with values in place of imports. */
export function takeBuiltinModules(code: string): string {
  const required = code.replace(REQUIRE, `var __require=(name)=>${TAKE}(name);`);
  return required.replaceAll(
    IMPORT,
    (_, names: string | undefined, whole: string, of: string) => {
      const wanted = names === undefined ? whole : `{${names.replaceAll(" as ", ":")}}`;
      return `const ${wanted}=${TAKE}("${of}");`;
    },
  );
}
