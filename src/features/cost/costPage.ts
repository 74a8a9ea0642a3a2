import { memoize } from "../../base/memo.ts";
import { Pages } from "../../editor/pages.ts";
import { PAGES } from "../../manifest.ts";
import { readSubject, readToExtension } from "../../pages/cost/protocol.ts";
import { CostContent, type CostContext } from "./costContent.ts";

/** The pages of a window. */
export const costPages = memoize(
  (app: CostContext) =>
    new Pages(
      {
        viewType: PAGES.cost,
        folder: "cost",
        readSubject,
        readMessage: readToExtension,
        contentOf: (subject) => new CostContent(app, subject),
      },
      app.extensionUri,
    ),
);
