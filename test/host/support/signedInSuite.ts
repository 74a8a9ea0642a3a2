import { QuickInputDriver } from "./person.ts";
import { type SignedIn, signIn } from "./signedIn.ts";

/** What the tests of a suite have: one account for all, and a person for each. */
export interface SignedInSuite {
  readonly account: SignedIn;
  readonly person: QuickInputDriver;
}

/**
 * Sets up the suite that calls it: signs in once, puts somebody in front of the window for each
 * test, and leaves neither switches nor a log to the next.
 * @param also what else goes after each test, when the switches are back and the person is there
 */
export function signedInSuite(also?: () => PromiseLike<unknown>): SignedInSuite {
  let account: SignedIn;
  let person: QuickInputDriver;
  before(async () => {
    account = await signIn();
  });
  beforeEach(() => {
    person = new QuickInputDriver();
  });
  afterEach(async () => {
    await account.emulator.reset();
    await also?.();
    person.leave();
    await account.emulator.clearLog();
  });
  after(() => account.signOut());
  return {
    get account() {
      return account;
    },
    get person() {
      return person;
    },
  };
}
