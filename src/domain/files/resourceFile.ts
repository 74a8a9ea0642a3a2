import * as l10n from "@vscode/l10n";
import { about } from "../../base/text.ts";
import { type DocumentContent, readDocument } from "../documents/parse.ts";
import type { DocumentProblem } from "../documents/problem.ts";
import type { FileKind } from "./filePaths.ts";
import { FILE_SHAPES } from "./fileShapes.ts";

/** The file of a server or portal. */
export interface ResourceFile {
  readonly kind: FileKind;
  readonly id: string;
  /** Relative to the folder, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly content: DocumentContent;
}

export function readResourceFile(of: Omit<ResourceFile, "content">): ResourceFile {
  return { ...of, content: readDocument(of.text, FILE_SHAPES[of.kind], { comments: true }) };
}

/** A sentence that says in which line of which file it is. */
export function placed(path: string, line: number, message: string): string {
  return about(`${path}:${line}`, message);
}

export function problemIn(
  { path, text }: Pick<ResourceFile, "path" | "text">,
  { span, message }: Pick<DocumentProblem, "span" | "message">,
): string {
  return placed(path, text.slice(0, span.offset).split("\n").length, message);
}

/** What is wrong with files, whatever the account has. */
export function problemsOfFiles(files: readonly ResourceFile[]): readonly string[] {
  const own = files.flatMap((file) => ownProblems(file).map((problem) => problemIn(file, problem)));
  return own.length > 0 ? own : doubled(files);
}

/** What is wrong with a file by itself. */
export function ownProblems({ content, id }: ResourceFile): readonly DocumentProblem[] {
  const stated = content.values.get("id");
  return stated === undefined || stated.value === id
    ? content.problems
    : [
        ...content.problems,
        {
          code: "document/value",
          message: l10n.t("The file's name says that the id is {0}.", JSON.stringify(id)),
          span: stated.span,
        },
      ];
}

/** A problem of the file as a whole. */
export function wholeFile(code: DocumentProblem["code"], message: string): DocumentProblem {
  return { code, message, span: { offset: 0, length: 1 } };
}

function doubled(files: readonly ResourceFile[]): readonly string[] {
  const first = new Map<string, ResourceFile>();
  return files.flatMap((file) => {
    const key = JSON.stringify([file.kind, file.id]);
    const other = first.get(key);
    first.set(key, other ?? file);
    return other === undefined
      ? []
      : [placed(file.path, 1, l10n.t("{0} is a file of {1} too.", other.path, file.id))];
  });
}
