import { equal, match, rejects } from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import { withStorageWords } from "../../../../src/engine/files/storageError.ts";

const CODES = [
  ...["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "ENOENT", "EISDIR", "ENOTDIR", "EEXIST"],
  ...["EBUSY", "EMFILE", "ENFILE", "EIO", "ELOOP", "ENAMETOOLONG"],
];

const failing = (code: string) =>
  withStorageWords(
    () => Promise.reject(Object.assign(new Error(`${code}: write '/x'`), { code })),
    (reason) => `It couldn't be kept: ${reason}.`,
  );

describe("what the disk refused", () => {
  for (const code of CODES) {
    it(`is said in our words for ${code}, and keeps the system's as its cause`, () =>
      rejects(failing(code), (error: Error) => {
        equal(error.name, "StorageError");
        match(error.message, /^It couldn't be kept: [a-z][a-z' -]*(?: E[A-Z]+)?\.$/u);
        match(String(error.cause), new RegExp(code, "u"));
        return true;
      }));
  }

  it("is said of a disk that is really full", () =>
    rejects(
      withStorageWords(
        () => appendFile("/dev/full", "x"),
        (reason) => reason,
      ),
      { name: "StorageError", message: "the disk is full" },
    ));

  it("is no word of ours for an error that isn't the system's", async () => {
    const error = Object.assign(new Error("x"), { code: "ERR_INVALID_ARG_TYPE" });
    await rejects(
      withStorageWords(
        () => Promise.reject(error),
        () => "no",
      ),
      (thrown) => thrown === error,
    );
  });
});
