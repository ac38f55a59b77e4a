/**
 * Paths of working folders as text: one written form for the ways in which Windows, WSL and Unix
 * name the same folder, on whichever system they are read.
 *
 * @module
 */

const DRIVE = /^[A-Za-z]:(?=[\\/]|$)/;
const SHARE = /^(?:\\\\|\/\/)(?=[^\\/])/;
const WSL_SHARE = /^(?:\\\\|\/\/)wsl(?:\$|\.localhost)[\\/][^\\/]+/i;
/** Folders that hold a user's projects and are none themselves. */
const WIDE = /^(?:\/|\/root|\/(?:home|users)(\/[^/]+)?|[a-z]:(\/|\/users(\/[^/]+)?)?)$/i;
const WORKTREE = /^(.+?)\/\.(?:claude\/)?worktrees\/[^/]+(?:\/|$)/;
const DEPTH_MAX = 40;

/**
 * The form in which a folder is compared: `/` between its parts and none at its end, a drive as
 * `c:`, also where WSL mounts it, and a share of WSL as the Linux path in it.
 */
export function cleanPath(path: string): string {
  const plain = path.replace(/^(?:\\\\\?\\)+(UNC\\)?/i, (_, unc) => unc ? "\\\\" : "");
  const wsl = WSL_SHARE.exec(plain)?.[0];
  const text = wsl === undefined ? plain : plain.slice(wsl.length) || "/";
  const isShare = wsl === undefined && SHARE.test(text);
  const isWindows = wsl !== undefined || isShare || DRIVE.test(text);
  const slashed = (isWindows ? text.replaceAll("\\", "/") : text).replaceAll(/\/{2,}/g, "/");
  const mounted = (isShare ? `/${slashed}` : slashed)
    .replace(/^\/mnt\/([A-Za-z])(?=\/|$)/, "$1:")
    .replace(DRIVE, (drive) => drive.toLowerCase())
    .replace(/(?<=.)\/$/, "");
  return /^[a-z]:$/.test(mounted) ? `${mounted}/` : mounted;
}

/** What is equal for one folder: Windows does not tell capitals from small letters. */
export function folderKey(clean: string): string {
  return DRIVE.test(clean) || clean.startsWith("//") ? clean.toLowerCase() : clean;
}

/** The last part of a path. */
export function folderName(clean: string): string {
  return clean.split("/").filter(Boolean).at(-1) ?? clean;
}

/** Whether a folder is a root, a home or what holds homes: too wide to be taken for a project. */
export function isWide(clean: string, home: string): boolean {
  return WIDE.test(clean) || folderKey(clean) === folderKey(cleanPath(home));
}

/** The folder, or the repository above it where its path says that it is a worktree's. */
export function withoutWorktree(clean: string, home: string): string {
  const repository = WORKTREE.exec(clean)?.[1];
  return repository === undefined || isWide(repository, home) ? clean : repository;
}

/** The folder and all above it that are not too wide. */
export function foldersUpward(clean: string, home: string): string[] {
  const folders: string[] = [];
  for (let at = clean; at !== "" && !isWide(at, home) && folders.length < DEPTH_MAX;) {
    folders.push(at);
    at = at.slice(0, Math.max(0, at.lastIndexOf("/")));
  }
  return folders;
}
