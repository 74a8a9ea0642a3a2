import * as l10n from "@vscode/l10n";
import { element } from "../shared/elements.ts";
import type { Chain, Field, ShownQuestion } from "./protocol.ts";

/** Who is asked about: a person, a service token and a client, all of them optional. */
export class QuestionForm {
  readonly #email = element("input", {
    id: "email",
    type: "email",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: l10n.t("of the person who can't see it"),
  });
  readonly #serviceToken = element("input", {
    id: "serviceToken",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: l10n.t("its id, not its client id"),
  });
  readonly #client = element("select", { id: "client" });
  readonly element: HTMLFormElement;

  constructor(ask: (question: ShownQuestion) => void) {
    this.element = element(
      "form",
      { class: "question", "aria-label": l10n.t("Who can't see it") },
      field(this.#email, l10n.t("Email")),
      field(this.#client, l10n.t("Client")),
      field(this.#serviceToken, l10n.t("Service token")),
      // Enter in a field asks too.
      element("button", { type: "submit", class: "secondary" }, l10n.t("Ask")),
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(this.#question());
    });
    this.element.addEventListener("change", () => ask(this.#question()));
    // A text that isn't an email lets nobody in, which the answer says.
    this.element.noValidate = true;
  }

  show({ question, clients }: Chain): void {
    if (this.#client.childElementCount === 0) {
      const none = element("option", { value: "" }, l10n.t("any client"));
      const options = clients.map(({ id, name }) => element("option", { value: id }, name));
      this.#client.append(none, ...options);
    }
    // What is being typed stays.
    setValue(this.#email, question.email);
    setValue(this.#serviceToken, question.serviceToken);
    setValue(this.#client, question.client);
  }

  focus(field: Field): void {
    const controls = { email: this.#email, serviceToken: this.#serviceToken, client: this.#client };
    controls[field].focus();
  }

  #question(): ShownQuestion {
    return {
      email: this.#email.value,
      serviceToken: this.#serviceToken.value,
      client: this.#client.value,
    };
  }
}

function setValue(control: HTMLInputElement | HTMLSelectElement, value: string): void {
  if (document.activeElement !== control) {
    control.value = value;
  }
}

function field(control: HTMLElement, label: string): HTMLElement {
  return element("div", { class: "field" }, element("label", { for: control.id }, label), control);
}
