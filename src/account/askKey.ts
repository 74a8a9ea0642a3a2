import * as vscode from "vscode";
import { checkedInput } from "../ui/forms/checkedInput.ts";
import type { Answer, Step } from "../ui/forms/steps.ts";
import { textStep } from "../ui/forms/textStep.ts";
import { checkCredential, type Found, type SignInContext } from "./checkCredential.ts";
import { credentialProblem } from "./credentialProblem.ts";
import { explainSignIn } from "./tokenWords.ts";
import { verifyKey } from "./verify.ts";

type Key = "email" | "key";

/** Ask for an email and its Global API Key until Cloudflare takes them. */
export function keySteps(context: SignInContext, found: Found): readonly Step<Key>[] {
  const title = vscode.l10n.t("Sign in with an email and Global API Key");
  return [
    textStep<Key>({
      key: "email",
      title,
      prompt: vscode.l10n.t("The email of your Cloudflare user"),
      problem: (email) =>
        email.includes("@") ? credentialProblem(email) : vscode.l10n.t("An email has an @ in it."),
    }),
    {
      key: "key",
      ask: ({ answers, value = "", back }) =>
        checkedInput<Answer>({
          title,
          prompt: vscode.l10n.t(
            "Paste the Global API Key. It is checked with Cloudflare and kept in the system's secret storage.",
          ),
          value,
          password: true,
          back,
          validate: (text) => credentialProblem(text.trim()),
          accept: async (text) => {
            const key = text.trim();
            const email = answers.get("email") ?? "";
            found(await checkCredential(context, { kind: "key", email, key }, verifyKey));
            return { text: key };
          },
          explain: explainSignIn,
        }),
    },
  ];
}
