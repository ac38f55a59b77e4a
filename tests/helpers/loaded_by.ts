/** What is loaded with a module at once: no types, and nothing that is imported later. */
export function loadedBy(entry: string): string[] {
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry],
    stderr: "null",
  }).outputSync();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as {
    modules: {
      specifier: string;
      dependencies?: { code?: { specifier: string }; isDynamic?: boolean }[];
    }[];
  };
  const loaded = new Set([entry]);
  for (const name of loaded) {
    const { dependencies = [] } = modules.find(({ specifier }) => specifier === name) ?? {};
    for (const { code, isDynamic } of dependencies) {
      if (code && !isDynamic) loaded.add(code.specifier);
    }
  }
  return [...loaded];
}
