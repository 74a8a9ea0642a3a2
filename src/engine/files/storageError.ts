import * as l10n from "@vscode/l10n";

/** Something couldn't be kept on this machine. The message is for people; the cause is Node's. */
export class StorageError extends Error {
  override readonly name = "StorageError";
}

/** Compares the name, because each bundle has its own copy of the class. */
export function isStorageError(error: unknown): error is StorageError {
  return error instanceof Error && error.name === "StorageError";
}

/**
 * Runs a task that uses the disk. A system error becomes a StorageError; so does one of a lock that
 * the task took, because people know what they wanted to keep and not the lock. Every other error,
 * such as an AbortError, is thrown unchanged.
 * @param words puts the system's reason into a sentence: what couldn't be kept, where, and what
 * that means
 */
export async function withStorageWords<T>(
  task: () => Promise<T>,
  words: (reason: string) => string,
): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const reason = systemReason(isStorageError(error) ? error.cause : error);
    if (reason === undefined) {
      throw error;
    }
    throw new StorageError(words(reason), { cause: isStorageError(error) ? error.cause : error });
  }
}

/** What the system says in our words, to follow a colon; undefined for any other error. */
export function systemReason(error: unknown): string | undefined {
  const code = systemCode(error);
  return code === undefined ? undefined : reasonInWords(code);
}

/** A code such as ENOSPC; undefined for an error that isn't the system's. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) {
    return undefined;
  }
  return isSystemCode(error.code) ? error.code : undefined;
}

export function isSystemCode(code: string): boolean {
  return /^E[A-Z0-9]+$/u.test(code);
}

function reasonInWords(code: string): string {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return l10n.t("the disk is full");
    case "EROFS":
      return l10n.t("the disk is read-only");
    case "EACCES":
    case "EPERM":
      return l10n.t("permission denied");
    case "ENOENT":
      return l10n.t("the folder isn't there");
    case "EISDIR":
      return l10n.t("a folder is in the file's place");
    case "ENOTDIR":
    case "EEXIST":
      return l10n.t("a file is in the folder's place");
    case "EBUSY":
      return l10n.t("another program uses it");
    case "EMFILE":
    case "ENFILE":
      return l10n.t("too many files are open");
    case "EIO":
      return l10n.t("the disk failed");
    default:
      return l10n.t("the system says {0}", code);
  }
}
