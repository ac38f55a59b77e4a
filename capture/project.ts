/**
 * From a working folder to the project that it belongs to: its repository's root where there is
 * one, else the folder itself. Hash and label come from the same path, so that they match.
 *
 * @module
 */

import type { Privacy, SafeText } from "../core/privacy.ts";
import {
  cleanPath,
  folderKey,
  folderName,
  foldersUpward,
  withoutWorktree,
} from "./folder_path.ts";
import { findRepository } from "./repository.ts";

/** A project as events know it, and as its own user does. */
export interface Project {
  /** What events hold. */
  readonly hash: SafeText;
  /** The last part of its path: for screens, stored nowhere. */
  readonly label: string;
}

/** Finds projects; each working folder is looked up once. */
export class Projects {
  readonly #privacy: Privacy;
  readonly #home: string;
  readonly #known = new Map<string, Project>();

  /** @param home the user's home folder */
  constructor(privacy: Privacy, home: string) {
    this.#privacy = privacy;
    this.#home = home;
  }

  /** The project of a working folder, whichever system the path is of. */
  of(cwd: string): Project {
    const known = this.#known.get(cwd);
    if (known) return known;
    const folder = withoutWorktree(cleanPath(cwd), this.#home);
    const project = this.#make(findRepository(folder, this.#home) ?? folder);
    this.#known.set(cwd, project);
    return project;
  }

  /**
   * Every project that a working folder may have belonged to: a repository above it may be gone
   * since its transcripts were read.
   */
  candidates(cwd: string): readonly Project[] {
    const folder = withoutWorktree(cleanPath(cwd), this.#home);
    const upward = foldersUpward(folder, this.#home).map((path) => this.#make(path));
    return [this.of(cwd), this.#make(folder), ...upward];
  }

  /** A project that is exactly this, as what lies on another machine. */
  exactly(name: string): Project {
    return this.#make(cleanPath(name));
  }

  #make(path: string): Project {
    return {
      hash: this.#privacy.hash(`project ${folderKey(path)}`),
      label: folderName(path),
    };
  }
}
