/** Where a linted file lies in the tree. */

const root = decodeURIComponent(new URL("../../../", import.meta.url).pathname);

/** The path of a linted file below the tree's root, with `/` between its parts. */
export function placeOf(fileName: string): string {
  // Windows has backslashes, and no slash before its drive letter.
  const path = fileName.replaceAll("\\", "/");
  const rooted = /^[A-Za-z]:/.test(path) ? `/${path}` : path;
  if (rooted.startsWith(root)) return rooted.slice(root.length);
  return path;
}

/** The first folder of a path; a file in the root has none and gives `""`. */
export function topFolder(path: string): string {
  const slash = path.indexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** The folder a path lies in, without a slash at its end; `""` for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Says whether a file is test or tool, to which the rules for the product do not apply. */
export function isTestOrTool(path: string): boolean {
  return path.startsWith("tests/") || path.startsWith("tools/");
}

/** Says whether `path` lies in `folder`, at any depth; everything lies in `""`. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}

/** The path that a relative import names, seen from the file `from`. */
export function resolveFrom(from: string, specifier: string): string {
  return decodeURIComponent(new URL(specifier, `file:///${from}`).pathname).slice(1);
}
