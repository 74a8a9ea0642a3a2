import * as vscode from "vscode";
import { checkedInput } from "../ui/forms/checkedInput.ts";
import { askSteps, BACK, type Back, type Step } from "../ui/forms/steps.ts";
import { textStep } from "../ui/forms/textStep.ts";
import {
  type Asked,
  type Checked,
  checkCredential,
  type SignInContext,
} from "./checkCredential.ts";
import { credentialProblem } from "./credentialProblem.ts";
import { explainSignIn } from "./tokenWords.ts";
import { verifyKey } from "./verify.ts";

type Key = "email" | "key";

/** Asks for an email and its Global API Key until Cloudflare takes them. */
export async function askKey(context: SignInContext, back: Back): Asked {
  let checked: Checked | undefined;
  const answers = await askSteps<Key>(
    [
      textStep<Key>({
        key: "email",
        title: title(),
        prompt: vscode.l10n.t("The email of your Cloudflare user"),
        problem: (email) =>
          email.includes("@")
            ? credentialProblem(email)
            : vscode.l10n.t("An email has an @ in it."),
      }),
      keyStep(async (email, key) => {
        checked = await checkCredential(context, { kind: "key", email, key }, verifyKey);
      }),
    ],
    { at: { step: 1, total: 1 }, back },
  );
  return checked ?? (answers === BACK ? BACK : undefined);
}

function keyStep(check: (email: string, key: string) => Promise<void>): Step<Key> {
  return {
    key: "key",
    ask: ({ answers, at, back }) =>
      checkedInput<{ readonly text: string } | typeof BACK>({
        title: title(),
        prompt: vscode.l10n.t(
          "Paste the Global API Key. It is checked with Cloudflare and kept in the system's secret storage.",
        ),
        password: true,
        at,
        back,
        validate: (text) => credentialProblem(text.trim()),
        accept: async (text) => {
          await check(answers.get("email") ?? "", text.trim());
          return { text: "" };
        },
        explain: explainSignIn,
      }),
  };
}

function title(): string {
  return vscode.l10n.t("Sign in with an email and Global API Key");
}
