/**
 * Files as Cursor names them: paths, addresses, and objects with both.
 *
 * @module
 */

import { type Privacy, safeExtension, type SafeText } from "../../core/privacy.ts";
import { objectOf, textOf } from "../json_access.ts";

/** The path of a file or folder on this machine; undefined for what lies elsewhere. */
export function localPath(place: unknown): string | undefined {
  if (typeof place === "string") return pathOfText(place);
  const { external, fsPath, path } = objectOf(place);
  const address = textOf(external);
  if (address !== undefined && !address.startsWith("file:")) return undefined;
  const native = textOf(fsPath) ?? textOf(path);
  return native ?? (address === undefined ? undefined : pathOfText(address));
}

/** What an event says of a file. */
export function fileFacts(
  place: unknown,
  privacy: Privacy,
): { readonly file_extension?: SafeText; readonly file?: SafeText } {
  const path = localPath(place);
  if (path === undefined) return {};
  return { file_extension: safeExtension(path), file: privacy.hash(`file ${path}`) };
}

function pathOfText(text: string): string | undefined {
  if (text === "") return undefined;
  if (!text.startsWith("file:")) return /^[a-z][a-z+.-]+:\/\//i.test(text) ? undefined : text;
  const path = decode(text.replace(/^file:\/\//, ""));
  return path.replace(/^\/(?=[A-Za-z]:)/, "");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text;
  }
}
